import { Box, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { RequestStatistics } from '../../../../contract';
import { NumberTable } from '../../components/NumberTable';
import { Chart, CHART, ChartLine, linePath } from '../../components/TimeChart';
import { useText } from '../../hooks/useText';
import { useTimes } from './Statistics';

const { width, height, left, bottom, top } = CHART;
const STEPS = 3;
const lines = ['medianDays', 'p90Days'] as const;
const names = { medianDays: 'requests.stats.median', p90Days: 'requests.stats.p90' } as const;

/** A round number of days that the axis ends with: one that can be divided by its steps. */
const axisEnd = (days: number): number => Math.max(STEPS, Math.ceil(days / STEPS) * STEPS);

/** How long requests took by the month of their receipt, and how many there were: as a picture, and as a table. */
export const HandlingChart = ({ months }: { months: RequestStatistics['byMonth'] }) => {
  const text = useText();
  const times = useTimes();
  const { formatDate, formatNumber } = useIntl();
  const end = axisEnd(Math.max(...months.map(({ p90Days }) => p90Days ?? 0)));
  const most = Math.max(1, ...months.map(({ received }) => received));
  const step = (width - left) / months.length;
  const x = (index: number): number => left + step * (index + 0.5);
  const y = (days: number): number => top + (height - top - bottom) * (1 - days / end);
  const month = (value: string, name: 'short' | 'long'): string =>
    formatDate(`${value}-01T00:00:00Z`, { timeZone: 'UTC', month: name, ...(name === 'long' && { year: 'numeric' }) });
  /** What the pointer is told above a month. */
  const told = (row: (typeof months)[number]): string => {
    const values = times.values(row);
    return [
      month(row.month, 'long'),
      `${text('requests.received')}: ${formatNumber(row.received)}`,
      ...times.headings.map((heading, index) => `${heading}: ${values[index]}`),
    ].join('\n');
  };
  return (
    <Box>
      <Chart viewBox={`0 0 ${width} ${height}`} role="img" aria-label={text('requests.stats.byMonth')}>
        {Array.from({ length: STEPS + 1 }, (_, index) => (end / STEPS) * index).map((days) => (
          <g key={days}>
            <line className="grid" x1={left} x2={width} y1={y(days)} y2={y(days)} />
            <text x={left - 6} y={y(days) + 4} textAnchor="end">
              {formatNumber(days)}
            </text>
          </g>
        ))}
        {months.map((row, index) => {
          const bar = ((height - top - bottom) * row.received) / most;
          return (
            <rect
              key={row.month}
              x={x(index) - step * 0.35}
              width={step * 0.7}
              y={height - bottom - bar}
              height={bar}
            />
          );
        })}
        {lines.map((line, index) => (
          <ChartLine
            key={line}
            $index={index}
            d={linePath(
              months.map((row) => row[line]),
              x,
              y,
            )}
          />
        ))}
        {months.map((row, index) => (
          <text key={row.month} x={x(index)} y={height - 6} textAnchor="middle">
            {month(row.month, 'short')}
          </text>
        ))}
        {months.map((row, index) => (
          <rect
            key={row.month}
            className="pointed"
            x={left + step * index}
            width={step}
            y={top}
            height={height - top - bottom}
          >
            <title>{told(row)}</title>
          </rect>
        ))}
      </Chart>
      <Flex gap={4} wrap="wrap" paddingTop={2} aria-hidden>
        {lines.map((line, index) => (
          <Flex key={line} gap={2}>
            <svg width="28" height="4">
              <ChartLine $index={index} d="M0 2H28" />
            </svg>
            <Typography variant="pi" textColor="neutral600">
              {text('requests.stats.inDays', { name: text(names[line]) })}
            </Typography>
          </Flex>
        ))}
        <Typography variant="pi" textColor="neutral600">
          {text('requests.stats.bars', { most })}
        </Typography>
      </Flex>
      <Box tag="details" paddingTop={3}>
        <summary>
          <Typography variant="pi" textColor="neutral800">
            {text('requests.stats.asTable')}
          </Typography>
        </summary>
        <NumberTable
          label={text('requests.stats.byMonth')}
          headings={[text('requests.stats.month'), text('requests.received'), ...times.headings]}
          rows={months.map((row) => ({
            key: row.month,
            name: month(row.month, 'long'),
            values: [formatNumber(row.received), ...times.values(row)],
          }))}
        />
      </Box>
    </Box>
  );
};
