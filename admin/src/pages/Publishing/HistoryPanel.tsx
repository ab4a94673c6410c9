import { Badge, Box, Button, Dialog, Field, Flex, Textarea, Typography } from '@strapi/design-system';
import { ArrowsCounterClockwise, Eye } from '@strapi/icons';
import { lazy, Suspense, useState } from 'react';
import { styled } from 'styled-components';
import type { Publication, PublishingState } from '../../../../contract';
import type { ApiError } from '../../api/errors';
import { useHistoryQuery, usePublicationQuery, useRollBackMutation } from '../../api/publishing';
import { Loaded, LoadingState } from '../../components/PageStates';
import { Panel } from '../../components/Panel';
import { useNotify } from '../../hooks/useNotify';
import { useText } from '../../hooks/useText';
import { Diff } from './Diff';
import { PublishedBy } from './PublishedBy';

const VersionPreview = lazy(() => import('./VersionPreview'));

const Row = styled.li`
  padding-block: ${({ theme }) => theme.spaces[4]};
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
`;

const Details = ({ site, number }: { site: string; number: number }) => {
  const text = useText();
  const query = usePublicationQuery({ site, number });
  return (
    <Box paddingTop={4}>
      <Loaded query={query} failed={text('history.failed')}>
        {({ publication, diff }) => (
          <Flex direction="column" alignItems="stretch" gap={4}>
            {diff.total > 0 || diff.askedAgain.length > 0 ? (
              <Diff diff={diff} />
            ) : (
              <Typography textColor="neutral600">{text('history.noDiff')}</Typography>
            )}
            {publication.acknowledged.length > 0 && (
              <Box>
                <Typography tag="h3" variant="omega" fontWeight="bold">
                  {text('history.acknowledged')}
                </Typography>
                <ul>
                  {publication.acknowledged.map(({ rule, path, locale, message, reason }) => (
                    <li key={`${rule} ${path} ${locale ?? ''}`}>
                      <Typography tag="p" textColor="neutral800">
                        {message}
                      </Typography>
                      <Typography tag="p" variant="pi" textColor="neutral600">
                        {text('publish.reason')}: {reason}
                      </Typography>
                    </li>
                  ))}
                </ul>
              </Box>
            )}
          </Flex>
        )}
      </Loaded>
    </Box>
  );
};

/** Asks, and says what rolling back does. */
const RollBack = ({ site, target, live }: { site: string; target: Publication; live: Publication }) => {
  const text = useText();
  const notify = useNotify();
  const [rollBack, { isLoading }] = useRollBackMutation();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState('');

  const confirm = async () => {
    const result = await rollBack({ site, number: target.number, live: live.number, note });
    setOpen(false);
    if (!('error' in result)) return notify.done(text('rollBack.done', { number: target.number }));
    if ((result.error as ApiError).status === 409) notify.warn(text('rollBack.stale'));
    else notify.failed(result.error);
  };

  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger>
        <Button variant="tertiary" size="S" startIcon={<ArrowsCounterClockwise />}>
          {text('rollBack.button')}
        </Button>
      </Dialog.Trigger>
      <Dialog.Content>
        <Dialog.Header>{text('rollBack.title', { number: target.number })}</Dialog.Header>
        <Dialog.Body>
          <Flex direction="column" alignItems="stretch" gap={4} width="100%">
            <Typography textAlign="center">{text('rollBack.explain')}</Typography>
            <Field.Root name="note">
              <Field.Label>{text('publish.note')}</Field.Label>
              <Textarea
                value={note}
                maxLength={2000}
                onChange={({ target: { value } }: { target: { value: string } }) => setNote(value)}
              />
            </Field.Root>
          </Flex>
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button variant="tertiary" fullWidth>
              {text('rollBack.cancel')}
            </Button>
          </Dialog.Cancel>
          <Button variant="danger-light" fullWidth loading={isLoading} onClick={confirm}>
            {text('rollBack.button')}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
};

const Entry = ({ publication, state }: { publication: Publication; state: PublishingState }) => {
  const text = useText();
  const { site, live, canRollBack } = state;
  const { number, kind, note, versions, rolledBackTo } = publication;
  const [opened, setOpened] = useState(false);
  const [previewed, setPreviewed] = useState(false);
  const isLive = live?.number === number;
  const hasContent = Object.keys(versions).length > 0;

  return (
    <Row>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={4} wrap="wrap">
        <Box flex="1" minWidth="20rem">
          <Flex gap={2} wrap="wrap">
            <Typography fontWeight="bold" textColor="neutral800">
              {text('publish.number', { number })}
            </Typography>
            <Badge>{text(`history.kind.${kind}`, { number: rolledBackTo ?? 0 })}</Badge>
            {isLive && (
              <Badge backgroundColor="success100" textColor="success700">
                {text('publishing.status.live')}
              </Badge>
            )}
          </Flex>
          <Typography tag="p" variant="pi" textColor="neutral600">
            <PublishedBy publication={publication} />
          </Typography>
          {note && (
            <Typography tag="p" textColor="neutral800">
              {note}
            </Typography>
          )}
        </Box>
        <Flex gap={2} wrap="wrap">
          <Button variant="ghost" size="S" aria-expanded={opened} onClick={() => setOpened(!opened)}>
            {text('history.changes')}
          </Button>
          {hasContent && (
            <Button variant="tertiary" size="S" startIcon={<Eye />} onClick={() => setPreviewed(true)}>
              {text('history.show')}
            </Button>
          )}
          {hasContent && live && !isLive && canRollBack && <RollBack site={site} target={publication} live={live} />}
        </Flex>
      </Flex>
      {opened && <Details site={site} number={number} />}
      {previewed && (
        <Suspense fallback={<LoadingState />}>
          <VersionPreview publication={publication} onClose={() => setPreviewed(false)} />
        </Suspense>
      )}
    </Row>
  );
};

/** Every publication of the site, newest first. */
export const HistoryPanel = ({ state }: { state: PublishingState }) => {
  const text = useText();
  const [page, setPage] = useState(1);
  const query = useHistoryQuery({ site: state.site, page }, { refetchOnMountOrArgChange: true });
  return (
    <Panel title={text('history.title')}>
      <Loaded query={query} failed={text('history.failed')}>
        {({ publications, pageCount }) =>
          publications.length === 0 ? (
            <Typography textColor="neutral600">{text('history.empty')}</Typography>
          ) : (
            <>
              <ul>
                {publications.map((publication) => (
                  <Entry key={publication.number} publication={publication} state={state} />
                ))}
              </ul>
              {pageCount > 1 && (
                <Flex justifyContent="center" gap={2} paddingTop={4}>
                  <Button variant="tertiary" disabled={page === 1} onClick={() => setPage(page - 1)}>
                    {text('history.newer')}
                  </Button>
                  <Typography textColor="neutral600">{text('history.page', { page, pageCount })}</Typography>
                  <Button variant="tertiary" disabled={page >= pageCount} onClick={() => setPage(page + 1)}>
                    {text('history.older')}
                  </Button>
                </Flex>
              )}
            </>
          )
        }
      </Loaded>
    </Panel>
  );
};
