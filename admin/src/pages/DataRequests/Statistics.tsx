import { Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { HandlingTimes, RequestStatistics } from '../../../../contract';
import { useRequestStatisticsQuery } from '../../api/requests';
import { Figure } from '../../components/Figure';
import { NumberTable } from '../../components/NumberTable';
import { Loaded } from '../../components/PageStates';
import { Panel } from '../../components/Panel';
import { useText } from '../../hooks/useText';
import { HandlingChart } from './HandlingChart';

/** Handling times as they are read. */
export const useTimes = () => {
  const text = useText();
  const { formatNumber } = useIntl();
  const days = (value: number | null): string => (value === null ? '–' : text('requests.days', { days: value }));
  const share = (value: number | null): string =>
    value === null ? '–' : text('number.percent', { percent: formatNumber(Math.round(value * 1000) / 10) });
  return {
    headings: [
      text('requests.stats.handled'),
      text('requests.stats.median'),
      text('requests.stats.p90'),
      text('requests.stats.onTime'),
    ],
    values: ({ requests, medianDays, p90Days, onTimeShare }: HandlingTimes): string[] => [
      formatNumber(requests),
      days(medianDays),
      days(p90Days),
      share(onTimeShare),
    ],
  };
};

const Figures = ({ statistics: { all, byType, byMonth } }: { statistics: RequestStatistics }) => {
  const text = useText();
  const times = useTimes();
  const values = times.values(all);
  return (
    <>
      <Panel title={text('requests.stats.times')}>
        <Typography tag="p" textColor="neutral600" paddingBottom={4}>
          {text('requests.stats.explain')}
        </Typography>
        <Flex tag="dl" gap={6} wrap="wrap">
          {times.headings.map((name, index) => (
            <Figure key={name} name={name} value={values[index]!} />
          ))}
        </Flex>
      </Panel>
      <Panel title={text('requests.stats.byMonth')}>
        {byMonth.some(({ received }) => received > 0) ? (
          <HandlingChart months={byMonth} />
        ) : (
          <Typography textColor="neutral600">{text('requests.stats.none')}</Typography>
        )}
      </Panel>
      <Panel title={text('requests.stats.byType')}>
        <NumberTable
          label={text('requests.stats.byType')}
          headings={[text('requests.column.type'), ...times.headings]}
          rows={byType.map(({ type, ...row }) => ({
            key: type,
            name: text(`requests.type.${type}`),
            values: times.values(row),
          }))}
        />
      </Panel>
    </>
  );
};

/** How long requests took; no person is in it. */
const Statistics = () => {
  const text = useText();
  const query = useRequestStatisticsQuery(undefined, { refetchOnMountOrArgChange: true });
  return (
    <Flex direction="column" alignItems="stretch" gap={6} paddingBottom={8}>
      <Loaded query={query} failed={text('requests.stats.failed')}>
        {(statistics) => <Figures statistics={statistics} />}
      </Loaded>
    </Flex>
  );
};

export default Statistics;
