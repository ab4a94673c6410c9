import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { NumberTable } from '../../components/NumberTable';
import { useText } from '../../hooks/useText';

interface Props {
  label: string;
  /** Heading of the first column. */
  first: string;
  categories: { key: string; name: string }[];
  rows: { key: string; name: ReactNode; decisions: number; percents: Record<string, number | null> }[];
}

/** Numbers of decisions and opt-in rates by category. */
export const CountTable = ({ label, first, categories, rows }: Props) => {
  const text = useText();
  const { formatNumber } = useIntl();
  const rate = (percent: number | null) => (percent === null ? '–' : text('number.percent', { percent }));
  return (
    <NumberTable
      label={label}
      headings={[first, text('ledger.decisions'), ...categories.map(({ name }) => name)]}
      rows={rows.map(({ key, name, decisions, percents }) => ({
        key,
        name,
        values: [formatNumber(decisions), ...categories.map((category) => rate(percents[category.key] ?? null))],
      }))}
    />
  );
};
