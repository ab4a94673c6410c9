import { useIntl } from 'react-intl';
import type { RequestStatistics } from '../../../../contract';
import { NumberTable } from '../../components/NumberTable';
import { TimeChart } from '../../components/TimeChart';
import { useText } from '../../hooks/useText';
import { useTimes } from './Statistics';

const STEPS = 3;
const lines = ['medianDays', 'p90Days'] as const;
const names = { medianDays: 'requests.stats.median', p90Days: 'requests.stats.p90' } as const;

/** A round number of days that the axis ends with: one that can be divided by its steps. */
const axisEnd = (days: number): number => Math.max(STEPS, Math.ceil(days / STEPS) * STEPS);

/** How long requests took by the month of their receipt, and how many there were. */
export const HandlingChart = ({ months }: { months: RequestStatistics['byMonth'] }) => {
  const text = useText();
  const times = useTimes();
  const { formatDate, formatNumber } = useIntl();
  const end = axisEnd(Math.max(...months.map(({ p90Days }) => p90Days ?? 0)));
  const most = Math.max(1, ...months.map(({ received }) => received));
  const month = (value: string, name: 'short' | 'long'): string =>
    formatDate(`${value}-01T00:00:00Z`, { timeZone: 'UTC', month: name, ...(name === 'long' && { year: 'numeric' }) });
  const told = (row: (typeof months)[number]): string => {
    const values = times.values(row);
    return [
      month(row.month, 'long'),
      `${text('requests.received')}: ${formatNumber(row.received)}`,
      ...times.headings.map((heading, index) => `${heading}: ${values[index]}`),
    ].join('\n');
  };
  return (
    <TimeChart
      label={text('requests.stats.byMonth')}
      columns={months.map((row) => ({
        key: row.month,
        label: { text: month(row.month, 'short') },
        bar: row.received / most,
        told: told(row),
      }))}
      lines={lines.map((line) => ({
        key: line,
        name: text('requests.stats.inDays', { name: text(names[line]) }),
        values: months.map(({ [line]: days }) => (days === null ? null : days / end)),
      }))}
      marks={Array.from({ length: STEPS + 1 }, (_, index) => ({
        at: index / STEPS,
        text: formatNumber((end / STEPS) * index),
      }))}
      bars={text('requests.stats.bars', { most })}
      asTable={text('requests.stats.asTable')}
    >
      <NumberTable
        label={text('requests.stats.byMonth')}
        headings={[text('requests.stats.month'), text('requests.received'), ...times.headings]}
        rows={months.map((row) => ({
          key: row.month,
          name: month(row.month, 'long'),
          values: [formatNumber(row.received), ...times.values(row)],
        }))}
      />
    </TimeChart>
  );
};
