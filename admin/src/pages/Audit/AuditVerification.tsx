import type { AuditVerification as State } from '../../../../contract';
import { useAuditVerificationQuery, useAuditVerifyMutation } from '../../api/audit';
import { VerificationPanel } from '../../components/VerificationPanel';
import { useText } from '../../hooks/useText';

/** Whether the whole trail is as it was written. */
export const AuditVerification = ({ onOpen }: { onOpen: (id: string) => void }) => {
  const text = useText();
  const say = ({
    status,
    entries,
    checkpoints,
    problemCount,
    error,
  }: Omit<NonNullable<State['last']>, 'problems'>): string =>
    ({
      running: () => text('audit.verify.running', { entries }),
      intact: () => text('audit.verify.intact', { entries, checkpoints }),
      problems: () => text('audit.verify.problems', { count: problemCount }),
      failed: () => text('audit.verify.failed', { error: error ?? '' }),
    })[status]();
  return (
    <VerificationPanel
      useStatus={useAuditVerificationQuery}
      useStart={useAuditVerifyMutation}
      texts={{
        title: text('audit.verify.title'),
        explain: text('audit.verify.explain'),
        never: text('audit.verify.never'),
        start: text('audit.verify'),
        failed: text('audit.failed'),
      }}
      say={say}
      onOpen={onOpen}
    />
  );
};
