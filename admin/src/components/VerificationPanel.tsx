import { Box, Button, Status, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { VerificationOf, VerificationRunOf } from '../../../contract';
import type { ApiError } from '../api/errors';
import { useNotify } from '../hooks/useNotify';
import { Loaded, type QueryState } from './PageStates';
import { Panel } from './Panel';

const LOOK_EVERY_MS = 2000;

interface Problem {
  message: string;
  id?: string;
}

type State<Counts extends object> = VerificationOf<Counts, Problem>;

interface Props<Counts extends object> {
  /** Query of how it goes, with the options of RTK Query. */
  useStatus: (
    argument: undefined,
    options: { refetchOnMountOrArgChange?: boolean; pollingInterval?: number; skip?: boolean },
  ) => QueryState<State<Counts>> & { data?: State<Counts> };
  useStart: () => readonly [() => PromiseLike<object>, { isLoading: boolean }];
  texts: { title: string; explain: string; never: string; start: string; failed: string };
  /** A sentence on a run. */
  say: (run: Omit<VerificationRunOf<Counts, Problem>, 'problems'>) => string;
  /** Shows what a problem is of. */
  onOpen: (id: string) => void;
}

const variants = { intact: 'success', problems: 'danger', failed: 'warning', running: 'secondary' } as const;

/** Whether a whole chain is as it was written: what the last verification found, and a button for another one. */
export const VerificationPanel = <Counts extends object>(props: Props<Counts>) => {
  const { texts, say, onOpen, useStatus, useStart } = props;
  const { formatDate } = useIntl();
  const notify = useNotify();
  const [verify, { isLoading }] = useStart();
  const state = useStatus(undefined, { refetchOnMountOrArgChange: true });
  // The same data: only while it runs it is asked for again and again.
  useStatus(undefined, { pollingInterval: LOOK_EVERY_MS, skip: !state.data?.running });

  const start = async () => {
    const result = (await verify()) as { error?: ApiError };
    if (result.error && result.error.status !== 409) return notify.failed(result.error);
    void state.refetch();
  };
  const told = (run: VerificationRunOf<Counts, Problem>) => (
    <Box>
      <Status variant={variants[run.status]} size="S">
        <Typography>{say(run)}</Typography>
      </Status>
      {run.finishedAt && (
        <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={1}>
          {formatDate(run.finishedAt, { dateStyle: 'medium', timeStyle: 'short' })}
        </Typography>
      )}
      {run.problems.length > 0 && (
        <ul>
          {run.problems.map(({ message, id }, index) => (
            <li key={index}>
              <Typography textColor="neutral800">{message}</Typography>{' '}
              {id && (
                <Button variant="ghost" size="S" onClick={() => onOpen(id)}>
                  {id}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Box>
  );
  return (
    <Panel
      title={texts.title}
      actions={
        <Button
          variant="secondary"
          size="S"
          loading={isLoading || Boolean(state.data?.running)}
          onClick={() => void start()}
        >
          {texts.start}
        </Button>
      }
    >
      <Typography tag="p" textColor="neutral600" paddingBottom={4}>
        {texts.explain}
      </Typography>
      <Loaded query={state} failed={texts.failed}>
        {({ running, last }) => {
          const run = running ?? last;
          return (
            <div role="status">{run ? told(run) : <Typography textColor="neutral800">{texts.never}</Typography>}</div>
          );
        }}
      </Loaded>
    </Panel>
  );
};
