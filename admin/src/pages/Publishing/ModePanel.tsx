import { Button, Dialog, Flex, Status, Typography } from '@strapi/design-system';
import { ConfirmDialog } from '@strapi/strapi/admin';
import type { PublishingMode, PublishingState } from '../../../../contract';
import { useSetModeMutation } from '../../api/publishing';
import { Fact } from '../../components/Fact';
import { Panel } from '../../components/Panel';
import { useNotify } from '../../hooks/useNotify';
import { useText } from '../../hooks/useText';
import { PublishedBy } from './PublishedBy';

/** What visitors get now, and how it comes to be. */
export const ModePanel = ({ state: { site, mode, live, canPublish } }: { state: PublishingState }) => {
  const text = useText();
  const notify = useNotify();
  const [setMode] = useSetModeMutation();
  const other: PublishingMode = mode === 'auto' ? 'manual' : 'auto';

  const confirm = async () => {
    const result = await setMode({ site, mode: other });
    if ('error' in result) notify.failed(result.error);
    else notify.done(text(`publish.mode.${other}.done`));
  };

  return (
    <Panel
      title={text('publish.live')}
      note={
        <Status variant={live ? 'success' : 'secondary'} size="S">
          <Typography variant="omega" fontWeight="bold">
            {text(live ? 'publishing.status.live' : 'publishing.status.never')}
          </Typography>
        </Status>
      }
      actions={
        canPublish && (
          <Dialog.Root>
            <Dialog.Trigger>
              <Button variant="tertiary" size="S">
                {text(`publish.mode.${other}.choose`)}
              </Button>
            </Dialog.Trigger>
            <ConfirmDialog variant="default" title={text(`publish.mode.${other}.choose`)} onConfirm={confirm}>
              <Typography textAlign="center">{text(`publish.mode.${other}.explain`)}</Typography>
            </ConfirmDialog>
          </Dialog.Root>
        )
      }
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography tag="p" textColor="neutral600">
          {text(`publish.mode.${mode}.now`)}
        </Typography>
        {live && (
          <Flex tag="dl" gap={6} wrap="wrap" alignItems="flex-start">
            <Fact name={text('publish.publication')}>{text('publish.number', { number: live.number })}</Fact>
            <Fact name={text('publishing.since')}>
              <PublishedBy publication={live} />
            </Fact>
            <Fact name={text('publishing.version')}>
              <code title={live.versions[live.defaultLocale]}>{live.versions[live.defaultLocale]?.slice(0, 12)}</code>
            </Fact>
          </Flex>
        )}
      </Flex>
    </Panel>
  );
};
