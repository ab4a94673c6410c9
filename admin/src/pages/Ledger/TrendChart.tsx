import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import type { LedgerStatistics } from '../../../../contract';
import { TimeChart } from '../../components/TimeChart';
import { useText } from '../../hooks/useText';
import { bucketsOf, type Bucket } from './rates';
import { CountTable } from './CountTable';

const MOST_POINTS = 60;

/** Opt-in rates and numbers of decisions over time. */
export const TrendChart = ({ statistics: { days, categories, categoryNames } }: { statistics: LedgerStatistics }) => {
  const text = useText();
  const { formatDate, formatNumber } = useIntl();
  const buckets = useMemo(() => bucketsOf(days, MOST_POINTS), [days]);
  const most = Math.max(1, ...buckets.map(({ decisions }) => decisions));
  const last = buckets.length - 1;
  const day = (value: string): string =>
    formatDate(`${value}T00:00:00Z`, { timeZone: 'UTC', month: 'short', day: 'numeric' });
  const name = (category: string): string => categoryNames[category] ?? category;
  const period = (bucket: Bucket): string =>
    bucket.first === bucket.last ? day(bucket.first) : `${day(bucket.first)} – ${day(bucket.last)}`;
  const told = (bucket: Bucket): string =>
    [
      `${period(bucket)}: ${formatNumber(bucket.decisions)}`,
      ...categories.map(({ category }) => {
        const percent = bucket.percents[category] ?? null;
        return `${name(category)}: ${percent === null ? '–' : text('number.percent', { percent })}`;
      }),
    ].join('\n');
  /** First, middle and last. */
  const anchors = new Map<number, 'start' | 'middle' | 'end'>([
    [last, 'end'],
    [Math.floor(buckets.length / 2), 'middle'],
    [0, 'start'],
  ]);
  return (
    <TimeChart
      label={text('ledger.trend')}
      columns={buckets.map((bucket, index) => ({
        key: bucket.first,
        bar: bucket.decisions / most,
        told: told(bucket),
        ...(anchors.has(index) && { label: { text: day(bucket.first), anchor: anchors.get(index) } }),
      }))}
      lines={categories.map(({ category }) => ({
        key: category,
        name: name(category),
        values: buckets.map(({ percents }) => {
          const percent = percents[category] ?? null;
          return percent === null ? null : percent / 100;
        }),
      }))}
      marks={[0, 50, 100].map((percent) => ({ at: percent / 100, text: text('number.percent', { percent }) }))}
      bars={`${text('ledger.trend.bars')} (≤ ${formatNumber(most)})`}
      asTable={text('ledger.asTable')}
    >
      <CountTable
        label={text('ledger.trend')}
        first={text('ledger.day')}
        categories={categories.map(({ category }) => ({ key: category, name: name(category) }))}
        rows={buckets.map((bucket) => ({
          key: bucket.first,
          name: period(bucket),
          decisions: bucket.decisions,
          percents: bucket.percents,
        }))}
      />
    </TimeChart>
  );
};
