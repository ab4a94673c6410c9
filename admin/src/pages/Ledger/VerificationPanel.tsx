import { Box, Button, Status, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { VerificationRun } from '../../../../contract';
import type { ApiError } from '../../api/errors';
import { useVerificationQuery, useVerifyMutation } from '../../api/ledger';
import { Loaded } from '../../components/PageStates';
import { Panel } from '../../components/Panel';
import { useNotify } from '../../hooks/useNotify';
import { useText } from '../../hooks/useText';

const LOOK_EVERY_MS = 2000;

const Run = ({ run, onOpen }: { run: VerificationRun; onOpen: (id: string) => void }) => {
  const text = useText();
  const { formatDate } = useIntl();
  const said = {
    running: () => text('ledger.verify.running', { consents: run.consents }),
    intact: () => text('ledger.verify.intact', { consents: run.consents, checkpoints: run.checkpoints }),
    problems: () => text('ledger.verify.problems', { count: run.problemCount }),
    failed: () => text('ledger.verify.failed', { error: run.error ?? '' }),
  }[run.status]();
  const variant = ({ intact: 'success', problems: 'danger', failed: 'warning', running: 'secondary' } as const)[
    run.status
  ];
  return (
    <Box>
      <Status variant={variant} size="S">
        <Typography>{said}</Typography>
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
};

/** Whether the whole ledger is as it was written. */
export const VerificationPanel = ({ onOpen }: { onOpen: (id: string) => void }) => {
  const text = useText();
  const notify = useNotify();
  const [verify, { isLoading }] = useVerifyMutation();
  const state = useVerificationQuery(undefined, { refetchOnMountOrArgChange: true });
  // The same data: only while it runs it is asked for again and again.
  useVerificationQuery(undefined, { pollingInterval: LOOK_EVERY_MS, skip: !state.data?.running });
  const running = Boolean(state.data?.running);

  const start = async () => {
    const result = await verify();
    if ('error' in result && (result.error as ApiError).status !== 409) return notify.failed(result.error);
    void state.refetch();
  };
  return (
    <Panel
      title={text('ledger.verify.title')}
      actions={
        <Button variant="secondary" size="S" loading={isLoading || running} onClick={() => void start()}>
          {text('ledger.verify')}
        </Button>
      }
    >
      <Typography tag="p" textColor="neutral600" paddingBottom={4}>
        {text('ledger.verify.explain')}
      </Typography>
      <Loaded query={state} failed={text('ledger.failed')}>
        {({ running: current, last }) => (
          <div role="status">
            {(current ?? last) ? (
              <Run run={(current ?? last)!} onOpen={onOpen} />
            ) : (
              <Typography textColor="neutral800">{text('ledger.verify.never')}</Typography>
            )}
          </div>
        )}
      </Loaded>
    </Panel>
  );
};
