import { Button, Dialog, Typography } from '@strapi/design-system';
import { ArrowsCounterClockwise } from '@strapi/icons';
import { ConfirmDialog, useAPIErrorHandler, useNotification } from '@strapi/strapi/admin';
import type { CategorySummary } from '../../../../contract';
import { useAskAgainMutation } from '../../api/overview';
import { useText } from '../../hooks/useText';

/** Raises the revision of a category, after saying what that does. */
export const AskAgainButton = ({ site, category }: { site: string; category: CategorySummary }) => {
  const text = useText();
  const { toggleNotification } = useNotification();
  const { _unstableFormatAPIError: formatError } = useAPIErrorHandler();
  const [askAgain] = useAskAgainMutation();

  const confirm = async () => {
    const result = await askAgain({ site, category: category.key });
    toggleNotification(
      'error' in result
        ? { type: 'danger', message: formatError(result.error as Parameters<typeof formatError>[0]) }
        : { type: 'success', message: text('askAgain.done', { category: category.name }) },
    );
  };

  return (
    <Dialog.Root>
      <Dialog.Trigger>
        <Button variant="tertiary" size="S" startIcon={<ArrowsCounterClockwise />}>
          {text('askAgain.button')}
        </Button>
      </Dialog.Trigger>
      <ConfirmDialog
        variant="default"
        icon={<ArrowsCounterClockwise width="24px" height="24px" />}
        title={text('askAgain.title', { category: category.name })}
        onConfirm={confirm}
      >
        <Typography textAlign="center">{text('askAgain.explain')}</Typography>
      </ConfirmDialog>
    </Dialog.Root>
  );
};
