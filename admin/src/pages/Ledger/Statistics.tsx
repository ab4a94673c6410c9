import { Flex, Typography } from '@strapi/design-system';
import { useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type { DecisionCounts, LedgerStatistics, StatisticsQuery } from '../../../../contract';
import { fieldErrorsOf } from '../../api/errors';
import { useStatisticsQuery } from '../../api/ledger';
import { Choice } from '../../components/Choice';
import { Figure } from '../../components/Figure';
import { DayField } from '../../components/DayField';
import { FilterRow } from '../../components/FilterRow';
import { Loaded } from '../../components/PageStates';
import { Panel } from '../../components/Panel';
import { ProgressBar } from '../../components/ProgressBar';
import { useText } from '../../hooks/useText';
import { CountTable } from './CountTable';
import { percentOf } from './rates';
import { TrendChart } from './TrendChart';

const rowOf = (key: string, name: ReactNode, { decisions, categories }: DecisionCounts) => ({
  key,
  name,
  decisions,
  percents: Object.fromEntries(categories.map((counts) => [counts.category, percentOf(counts)])),
});

const Figures = ({ statistics }: { statistics: LedgerStatistics }) => {
  const text = useText();
  const { formatNumber, formatDate, formatDisplayName } = useIntl();
  const { categories, categoryNames, impressions } = statistics;
  const columns = categories.map(({ category }) => ({ key: category, name: categoryNames[category] ?? category }));
  const language = (code: string): string => formatDisplayName(code, { type: 'language', fallback: 'code' }) ?? code;
  const day = (value: string): string => formatDate(`${value}T00:00:00Z`, { timeZone: 'UTC', dateStyle: 'medium' });
  const tables = [
    {
      name: text('ledger.bySource'),
      rows: statistics.sources.map((row) => rowOf(row.source, text(`ledger.source.${row.source}`), row)),
    },
    {
      name: text('ledger.byLocale'),
      rows: statistics.locales.map((row) => rowOf(row.locale, language(row.locale), row)),
    },
    {
      name: text('ledger.byRegime'),
      rows: statistics.regimes.map((row) =>
        rowOf(row.regime ?? '', row.regime ? text(`regime.${row.regime}`) : '–', row),
      ),
    },
    {
      name: text('ledger.byVersion'),
      rows: statistics.versions.map((row) =>
        rowOf(
          row.version,
          <>
            <code>{row.version.slice(0, 12)}</code>, {language(row.locale)}, {day(row.firstDay)} – {day(row.lastDay)}
          </>,
          row,
        ),
      ),
    },
  ];
  return (
    <>
      <Panel title={text('ledger.optIn')}>
        <Flex tag="dl" gap={6} wrap="wrap" paddingBottom={5}>
          <Figure name={text('ledger.decisions')} value={formatNumber(statistics.decisions)} />
          {impressions && <Figure name={text('ledger.impressions')} value={formatNumber(impressions.estimated)} />}
        </Flex>
        {statistics.decisions === 0 ? (
          <Typography textColor="neutral600">{text('ledger.none')}</Typography>
        ) : (
          <Flex tag="ul" direction="column" alignItems="stretch" gap={4}>
            {categories.map((counts) => {
              const name = categoryNames[counts.category] ?? counts.category;
              return (
                <li key={counts.category}>
                  <Flex justifyContent="space-between" gap={2} paddingBottom={1}>
                    <Typography fontWeight="bold" textColor="neutral800">
                      {name}
                    </Typography>
                    <Typography textColor="neutral600">
                      {text('ledger.rate', { percent: percentOf(counts) ?? '–' })} ({formatNumber(counts.granted)} /{' '}
                      {formatNumber(counts.granted + counts.refused)})
                    </Typography>
                  </Flex>
                  <ProgressBar
                    value={counts.granted}
                    max={Math.max(1, counts.granted + counts.refused)}
                    aria-label={name}
                  />
                </li>
              );
            })}
          </Flex>
        )}
      </Panel>
      {statistics.decisions > 0 && (
        <>
          <Panel title={text('ledger.trend')}>
            <TrendChart statistics={statistics} />
          </Panel>
          {tables.map(({ name, rows }) => (
            <Panel key={name} title={name}>
              <CountTable label={name} first={name} categories={columns} rows={rows} />
            </Panel>
          ))}
        </>
      )}
    </>
  );
};

/** What visitors decided, in numbers: no person is in them. */
const Statistics = ({ site }: { site: string }) => {
  const text = useText();
  const { formatDisplayName } = useIntl();
  const [narrowed, setNarrowed] = useState<Omit<StatisticsQuery, 'site'>>({});
  const { data, currentData, ...query } = useStatisticsQuery(
    { site, ...narrowed },
    { refetchOnMountOrArgChange: true },
  );
  const errors = fieldErrorsOf(query.error);
  const shown = query.error ? currentData : (currentData ?? data);
  const set = (changes: Omit<StatisticsQuery, 'site'>) =>
    setNarrowed((before) => Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value)));
  return (
    <Flex direction="column" alignItems="stretch" gap={6} paddingBottom={8} aria-busy={query.isFetching}>
      <FilterRow alignItems="flex-end">
        <DayField
          name="from"
          label={text('ledger.from')}
          value={narrowed.from ?? data?.from ?? ''}
          error={errors.from}
          onChange={(from) => set({ from })}
        />
        <DayField
          name="to"
          label={text('ledger.to')}
          value={narrowed.to ?? data?.to ?? ''}
          error={errors.to}
          onChange={(to) => set({ to })}
        />
        <Choice
          label={text('inventory.anyLanguage')}
          value={narrowed.locale}
          options={(data?.filters.locales ?? []).map((value) => ({
            value,
            label: formatDisplayName(value, { type: 'language', fallback: 'code' }) ?? value,
          }))}
          onChoose={(locale) => set({ locale })}
        />
        <Choice
          label={text('ledger.anyRegime')}
          value={narrowed.regime}
          options={(data?.filters.regimes ?? []).map((value) => ({ value, label: text(`regime.${value}`) }))}
          onChoose={(regime) => set({ regime: regime as StatisticsQuery['regime'] })}
        />
        <Choice
          label={text('ledger.anySource')}
          value={narrowed.source}
          options={(data?.filters.sources ?? []).map((value) => ({ value, label: text(`ledger.source.${value}`) }))}
          onChoose={(source) => set({ source: source as StatisticsQuery['source'] })}
        />
      </FilterRow>
      {Object.keys(errors).length === 0 && (
        <Loaded query={{ ...query, currentData: shown }} failed={text('ledger.failed')}>
          {(statistics) => <Figures statistics={statistics} />}
        </Loaded>
      )}
    </Flex>
  );
};

export default Statistics;
