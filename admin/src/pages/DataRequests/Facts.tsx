import { Box, Button, Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { RequestDetails } from '../../../../contract';
import type { ApiError } from '../../api/errors';
import { useActMutation, useRequestSetupQuery } from '../../api/requests';
import { Fact } from '../../components/Fact';
import { useLanguageName } from '../../hooks/useLanguageName';
import { useNotify } from '../../hooks/useNotify';
import { usePanel } from '../../hooks/usePanel';
import { useText } from '../../hooks/useText';
import { PLUGIN_ID } from '../../pluginId';
import { Deadline } from './Deadline';
import { StateMark } from './StateMark';
import type { InboxState } from './useRequestFilters';

const Values = styled(Box)`
  overflow-wrap: anywhere;

  /* Beside the request one below the other, above it side by side. */
  dl {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr));
    gap: ${({ theme }) => theme.spaces[4]};
  }

  a {
    color: ${({ theme }) => theme.colors.primary700};
  }
`;

const NOBODY = 'none';

/** Who takes care of a request. */
const Assignee = ({ request }: { request: RequestDetails }) => {
  const text = useText();
  const notify = useNotify();
  const { data: setup } = useRequestSetupQuery();
  const [act, { isLoading }] = useActMutation();
  const { id, version, assignee } = request;
  const mayBe = setup?.assignees ?? [];
  // Who may no longer handle requests is shown all the same.
  const shown =
    assignee && !mayBe.some((admin) => String(admin.id) === String(assignee.id)) ? [assignee, ...mayBe] : mayBe;
  const me = mayBe.find((admin) => String(admin.id) === String(setup?.me.id));

  const assign = async (to: string) => {
    const result = await act({ id, version, action: 'assign', input: { assignee: to === NOBODY ? null : to } });
    if (!('error' in result)) return notify.done(text('requests.done.assign'));
    if ((result.error as ApiError).status === 409) notify.warn(text('stale.title'));
    else notify.failed(result.error);
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <Field.Root name="assignee">
        <Field.Label>{text('requests.column.assignee')}</Field.Label>
        <SingleSelect
          value={assignee ? String(assignee.id) : NOBODY}
          disabled={isLoading}
          onChange={(to) => void assign(String(to))}
        >
          <SingleSelectOption value={NOBODY}>{text('requests.nobody')}</SingleSelectOption>
          {shown.map(({ id: admin, name }) => (
            <SingleSelectOption key={admin} value={String(admin)}>
              {name}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
      {me && String(assignee?.id) !== String(me.id) && (
        <Button variant="secondary" size="S" loading={isLoading} onClick={() => void assign(String(me.id))}>
          {text('requests.assign.me')}
        </Button>
      )}
    </Flex>
  );
};

/** What is known of a request, and who takes care of it. */
export const Facts = ({ request }: { request: RequestDetails }) => {
  const text = useText();
  const { formatDate } = useIntl();
  const languageName = useLanguageName();
  const { can, sites } = usePanel();
  const { email, others, locale, site, receivedAt, confirmedAt, closedAt, state } = request;
  const moment = (value: string): string => formatDate(value, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <Values
      tag="aside"
      aria-label={text('requests.facts')}
      background="neutral0"
      shadow="tableShadow"
      hasRadius
      padding={6}
    >
      <dl>
        <Fact name={text('requests.column.state')}>
          <StateMark state={state} />
        </Fact>
        {closedAt === null && (
          <Fact name={text('requests.column.due')}>
            <Deadline request={request} />
          </Fact>
        )}
        <Fact name={text('requests.email')}>
          {email ?? text('requests.forgotten')}
          {others > 0 && (
            <>
              <br />
              {email ? (
                <Link to={`/plugins/${PLUGIN_ID}/requests`} state={{ email } satisfies InboxState}>
                  {text('requests.others', { count: others })}
                </Link>
              ) : (
                text('requests.others', { count: others })
              )}
            </>
          )}
        </Fact>
        <Fact name={text('requests.received')}>{moment(receivedAt)}</Fact>
        {confirmedAt && <Fact name={text('requests.confirmed')}>{moment(confirmedAt)}</Fact>}
        {closedAt && <Fact name={text('requests.closed')}>{moment(closedAt)}</Fact>}
        <Fact name={text('site.picker')}>{sites.find(({ key }) => key === site)?.name ?? site}</Fact>
        <Fact name={text('requests.locale')}>{languageName(locale)}</Fact>
        {!can('requests.handle') && (
          <Fact name={text('requests.column.assignee')}>{request.assignee?.name ?? text('requests.nobody')}</Fact>
        )}
      </dl>
      {can('requests.handle') && (
        <Box paddingTop={5}>
          <Assignee request={request} />
        </Box>
      )}
    </Values>
  );
};
