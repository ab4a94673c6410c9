import { Status, Typography } from '@strapi/design-system';
import { useText } from '../hooks/useText';

/** Whether visitors are told of a tracking item. */
export const EnabledMark = ({ enabled }: { enabled: boolean }) => {
  const text = useText();
  return (
    <Status variant={enabled ? 'success' : 'secondary'} size="S" width="fit-content">
      <Typography variant="pi">{text(enabled ? 'items.enabled' : 'items.disabled')}</Typography>
    </Status>
  );
};
