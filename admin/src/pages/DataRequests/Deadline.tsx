import { Flex, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { isDue, type RequestSummary } from '../../../../contract';
import { useRequestSetupQuery } from '../../api/requests';
import { useText } from '../../hooks/useText';

const DAY_MS = 86_400_000;

/** Days as the controller counts them: a period ends there at midnight. */
export const useDay = (): ((value: string) => string) => {
  const { formatDate } = useIntl();
  const { data } = useRequestSetupQuery();
  return (value) => formatDate(value, { dateStyle: 'medium', ...(data && { timeZone: data.timeZone }) });
};

/** Until when a request has to be answered, and how long that is. */
export const Deadline = ({ request }: { request: RequestSummary }) => {
  const text = useText();
  const day = useDay();
  const { data: setup } = useRequestSetupQuery();
  const { state, dueAt, overdue, extended } = request;
  if (!isDue(state)) return <Typography textColor="neutral600">–</Typography>;
  const left = (Date.parse(dueAt) - Date.now()) / DAY_MS;
  const soon = !overdue && left <= (setup?.reminderDays ?? 0);
  return (
    <Flex direction="column" alignItems="flex-start">
      <Flex gap={1}>
        {(overdue || soon) && <WarningCircle fill={overdue ? 'danger600' : 'warning600'} aria-hidden />}
        <Typography fontWeight={overdue || soon ? 'bold' : undefined} textColor={overdue ? 'danger600' : 'neutral800'}>
          {overdue
            ? text('requests.late', { days: Math.max(1, Math.ceil(-left)) })
            : text('requests.left', { days: Math.max(0, Math.floor(left)) })}
        </Typography>
      </Flex>
      <Typography variant="pi" textColor="neutral600">
        {day(dueAt)}
        {extended && ` · ${text('requests.extended')}`}
      </Typography>
    </Flex>
  );
};
