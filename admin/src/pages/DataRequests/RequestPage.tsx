import { Box, Button, Flex, IconButton, Link, Typography } from '@strapi/design-system';
import { ArrowClockwise, ArrowLeft } from '@strapi/icons';
import { useState } from 'react';
import { Link as RouterLink, useLocation, useParams } from 'react-router-dom';
import { styled } from 'styled-components';
import { isDue, type RequestDetails } from '../../../../contract';
import type { ApiError } from '../../api/errors';
import { useActMutation, useRequestQuery } from '../../api/requests';
import { DeskPage } from '../../components/DeskPage';
import { EmptyState, Loaded } from '../../components/PageStates';
import { Panel } from '../../components/Panel';
import { useNotify } from '../../hooks/useNotify';
import { usePanel } from '../../hooks/usePanel';
import { useSearch } from '../../hooks/useSearch';
import { useText } from '../../hooks/useText';
import { PLUGIN_ID } from '../../pluginId';
import { ActionDialog } from './ActionDialog';
import { actionsFor, type DialogAction, type PlainAction } from './actions';
import { useDay } from './Deadline';
import { ErasureDialog } from './ErasureDialog';
import { Facts } from './Facts';
import { History } from './History';

const Layout = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: ${({ theme }) => theme.spaces[6]};
  align-items: start;
  padding-block-end: ${({ theme }) => theme.spaces[8]};

  ${({ theme }) => theme.breakpoints.large} {
    grid-template-columns: minmax(0, 1fr) 32rem;

    & > aside {
      grid-column: 2;
      grid-row: 1;
    }
  }
`;

const Message = styled(Typography)`
  white-space: pre-wrap;
  overflow-wrap: anywhere;
`;

/** What is done at once, without a dialog. */
const useDoNow = ({ id, version }: RequestDetails) => {
  const text = useText();
  const notify = useNotify();
  const [act, { isLoading, originalArgs }] = useActMutation();
  return {
    doing: isLoading ? originalArgs?.action : undefined,
    async doNow(action: PlainAction) {
      const result = await act({ id, version, action, input: {} });
      if (!('error' in result)) return notify.done(text(`requests.done.${action}`));
      if ((result.error as ApiError).status === 409) notify.warn(text('stale.title'));
      else notify.failed(result.error);
    },
  };
};

const UnsentMails = ({ request }: { request: RequestDetails }) => {
  const text = useText();
  const { can } = usePanel();
  const { doNow, doing } = useDoNow(request);
  return (
    <Box role="status" background="danger100" borderColor="danger200" hasRadius padding={4}>
      <Flex gap={4} wrap="wrap" justifyContent="space-between">
        <Box flex="1" minWidth="24rem">
          <Typography tag="p" fontWeight="bold" textColor="danger700">
            {text('requests.unsent', { count: request.unsentMails })}
          </Typography>
          <Typography tag="p" textColor="neutral800">
            {text('requests.unsent.explain')}
          </Typography>
        </Box>
        {can('requests.handle') && (
          <Button variant="secondary" loading={doing === 'retry'} onClick={() => void doNow('retry')}>
            {text('requests.action.retry')}
          </Button>
        )}
      </Flex>
    </Box>
  );
};

const Todo = ({ request }: { request: RequestDetails }) => {
  const text = useText();
  const day = useDay();
  const { can } = usePanel();
  const { doNow, doing } = useDoNow(request);
  const [opened, setOpened] = useState<DialogAction | null>(null);
  const actions = actionsFor(request, can);

  const close = () => setOpened(null);
  return (
    <Panel title={text('requests.todo')}>
      <Typography tag="p" textColor="neutral800">
        {isDue(request.state)
          ? text('requests.todo.due', { date: day(request.dueAt) })
          : text(request.state === 'received' ? 'requests.todo.received' : 'requests.todo.closed')}
      </Typography>
      {actions.length > 0 ? (
        <Flex gap={2} wrap="wrap" paddingTop={4}>
          {actions.map((action, index) => (
            <Button
              key={action}
              variant={index === 0 ? (action === 'erase' ? 'danger-light' : 'default') : 'tertiary'}
              loading={doing === action}
              onClick={() => (action === 'start' || action === 'resend' ? doNow(action) : setOpened(action))}
            >
              {text(`requests.action.${action}`)}
            </Button>
          ))}
        </Flex>
      ) : (
        !can('requests.handle') && (
          <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={2}>
            {text('requests.readOnly')}
          </Typography>
        )
      )}
      {opened === 'erase' ? (
        <ErasureDialog request={request} onClose={close} />
      ) : (
        opened && <ActionDialog request={request} action={opened} onClose={close} />
      )}
    </Panel>
  );
};

const Details = ({ request }: { request: RequestDetails }) => {
  const text = useText();
  const { can } = usePanel();
  const [noting, setNoting] = useState(false);
  const { locale, message, hasContent, unsentMails, events } = request;
  return (
    <Layout>
      <Facts request={request} />
      <Flex direction="column" alignItems="stretch" gap={6}>
        {unsentMails > 0 && <UnsentMails request={request} />}
        <Panel title={text('requests.message')}>
          {message ? (
            <Message tag="p" textColor="neutral800" lang={locale} dir="auto">
              {message}
            </Message>
          ) : (
            <Typography textColor="neutral600">
              {text(hasContent ? 'requests.message.none' : 'requests.message.gone')}
            </Typography>
          )}
        </Panel>
        <Todo request={request} />
        <Panel
          title={text('requests.history')}
          actions={
            can('requests.handle') &&
            hasContent && (
              <Button variant="tertiary" size="S" onClick={() => setNoting(true)}>
                {text('requests.action.note')}
              </Button>
            )
          }
        >
          <History events={events} locale={locale} />
          {noting && <ActionDialog request={request} action="note" onClose={() => setNoting(false)} />}
        </Panel>
      </Flex>
    </Layout>
  );
};

/** One request: what is asked, what was done, and what can be done next. */
const RequestPage = () => {
  const text = useText();
  const { id = '' } = useParams();
  const { search } = useSearch();
  const { state } = useLocation();
  const query = useRequestQuery(id, { refetchOnMountOrArgChange: true });
  const request = query.currentData;
  const back = { pathname: `/plugins/${PLUGIN_ID}/requests`, search: `${search}` };
  return (
    <DeskPage
      title={request?.reference ?? text('nav.requests')}
      subtitle={request && text(`requests.type.${request.type}`)}
      busy={query.isFetching}
      back={
        <Link tag={RouterLink} startIcon={<ArrowLeft />} to={back} state={state}>
          {text('nav.requests')}
        </Link>
      }
      actions={
        request && (
          <IconButton label={text('requests.reload')} onClick={() => void query.refetch()}>
            <ArrowClockwise />
          </IconButton>
        )
      }
    >
      {(query.error as ApiError | undefined)?.status === 404 ? (
        <EmptyState content={text('requests.gone')} />
      ) : (
        <Loaded query={query} failed={text('requests.failed')}>
          {(details) => <Details key={details.id} request={details} />}
        </Loaded>
      )}
    </DeskPage>
  );
};

export default RequestPage;
