import { Box, Flex, Typography } from '@strapi/design-system';
import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import type { LedgerStatistics } from '../../../../contract';
import { Chart, CHART, ChartLine, linePath } from '../../components/TimeChart';
import { useText } from '../../hooks/useText';
import { bucketsOf, type Bucket } from './rates';
import { CountTable } from './CountTable';

const MOST_POINTS = 60;
const { width: WIDTH, height: HEIGHT, left: LEFT, bottom: BOTTOM, top: TOP } = CHART;

/** Opt-in rates and numbers of decisions over time: as a picture, and as a table for those who cannot see it. */
export const TrendChart = ({ statistics: { days, categories, categoryNames } }: { statistics: LedgerStatistics }) => {
  const text = useText();
  const { formatDate, formatNumber } = useIntl();
  const buckets = useMemo(() => bucketsOf(days, MOST_POINTS), [days]);
  const most = Math.max(1, ...buckets.map(({ decisions }) => decisions));
  const step = (WIDTH - LEFT) / buckets.length;
  const x = (index: number): number => LEFT + step * (index + 0.5);
  const y = (percent: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - percent / 100);
  const day = (value: string): string =>
    formatDate(`${value}T00:00:00Z`, { timeZone: 'UTC', month: 'short', day: 'numeric' });
  const name = (category: string): string => categoryNames[category] ?? category;
  const period = ({ first, last }: Pick<Bucket, 'first' | 'last'>): string =>
    first === last ? day(first) : `${day(first)} – ${day(last)}`;
  /** What the pointer is told above a bar. */
  const told = (bucket: Bucket): string =>
    [
      `${period(bucket)}: ${formatNumber(bucket.decisions)}`,
      ...categories.map(({ category }) => {
        const percent = bucket.percents[category] ?? null;
        return `${name(category)}: ${percent === null ? '–' : text('number.percent', { percent })}`;
      }),
    ].join('\n');
  const shown = [...new Set([0, Math.floor(buckets.length / 2), buckets.length - 1])];
  return (
    <Box>
      <Chart viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={text('ledger.trend')}>
        {[0, 50, 100].map((percent) => (
          <g key={percent}>
            <line className="grid" x1={LEFT} x2={WIDTH} y1={y(percent)} y2={y(percent)} />
            <text x={LEFT - 6} y={y(percent) + 4} textAnchor="end">
              {text('number.percent', { percent })}
            </text>
          </g>
        ))}
        {buckets.map(({ first, decisions }, index) => (
          <rect
            key={first}
            x={LEFT + step * index + step * 0.1}
            width={step * 0.8}
            y={y((100 * decisions) / most)}
            height={HEIGHT - BOTTOM - y((100 * decisions) / most)}
          />
        ))}
        {categories.map(({ category }, index) => (
          <ChartLine
            key={category}
            $index={index}
            d={linePath(
              buckets.map(({ percents }) => percents[category] ?? null),
              x,
              y,
            )}
          />
        ))}
        {shown.map((index) => (
          <text
            key={index}
            x={x(index)}
            y={HEIGHT - 6}
            textAnchor={index === 0 ? 'start' : index === buckets.length - 1 ? 'end' : 'middle'}
          >
            {day(buckets[index]!.first)}
          </text>
        ))}
        {buckets.map((bucket, index) => (
          <rect
            key={bucket.first}
            className="pointed"
            x={LEFT + step * index}
            width={step}
            y={TOP}
            height={HEIGHT - TOP - BOTTOM}
          >
            <title>{told(bucket)}</title>
          </rect>
        ))}
      </Chart>
      <Flex gap={4} wrap="wrap" paddingTop={2} aria-hidden>
        {categories.map(({ category }, index) => (
          <Flex key={category} gap={2}>
            <svg width="28" height="4">
              <ChartLine $index={index} d="M0 2H28" />
            </svg>
            <Typography variant="pi" textColor="neutral600">
              {name(category)}
            </Typography>
          </Flex>
        ))}
        <Typography variant="pi" textColor="neutral600">
          {text('ledger.trend.bars')} (≤ {formatNumber(most)})
        </Typography>
      </Flex>
      <Box tag="details" paddingTop={3}>
        <summary>
          <Typography variant="pi" textColor="neutral800">
            {text('ledger.asTable')}
          </Typography>
        </summary>
        <CountTable
          label={text('ledger.trend')}
          first={text('ledger.day')}
          categories={categories.map(({ category }) => ({ key: category, name: name(category) }))}
          rows={buckets.map(({ first, last, decisions, percents }) => ({
            key: first,
            name: period({ first, last }),
            decisions,
            percents,
          }))}
        />
      </Box>
    </Box>
  );
};
