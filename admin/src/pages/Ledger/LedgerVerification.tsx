import type { VerificationRun } from '../../../../contract';
import { useVerificationQuery, useVerifyMutation } from '../../api/ledger';
import { VerificationPanel } from '../../components/VerificationPanel';
import { useText } from '../../hooks/useText';

/** Whether the whole ledger is as it was written. */
export const LedgerVerification = ({ onOpen }: { onOpen: (id: string) => void }) => {
  const text = useText();
  const say = ({ status, consents, checkpoints, problemCount, error }: Omit<VerificationRun, 'problems'>): string =>
    ({
      running: () => text('ledger.verify.running', { consents }),
      intact: () => text('ledger.verify.intact', { consents, checkpoints }),
      problems: () => text('ledger.verify.problems', { count: problemCount }),
      failed: () => text('ledger.verify.failed', { error: error ?? '' }),
    })[status]();
  return (
    <VerificationPanel
      useStatus={useVerificationQuery}
      useStart={useVerifyMutation}
      texts={{
        title: text('ledger.verify.title'),
        explain: text('ledger.verify.explain'),
        never: text('ledger.verify.never'),
        start: text('ledger.verify'),
        failed: text('ledger.failed'),
      }}
      say={say}
      onOpen={onOpen}
    />
  );
};
