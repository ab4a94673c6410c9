import { Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { REQUEST_MAILS, type RequestEvent, type RequestEventKind, type RequestMail } from '../../../../contract';
import { useText } from '../../hooks/useText';

const List = styled.ol`
  position: relative;

  li {
    position: relative;
    padding-inline-start: ${({ theme }) => theme.spaces[5]};
    padding-block-end: ${({ theme }) => theme.spaces[4]};
  }

  /* What happened hangs on a line, the line ends with what happened last. */
  li::before {
    content: '';
    position: absolute;
    inset-block-start: 0.5rem;
    inset-inline-start: 0;
    width: 1rem;
    height: 1rem;
    border-radius: 50%;
    background: ${({ theme }) => theme.colors.primary600};
  }

  li[data-tone='quiet']::before {
    background: ${({ theme }) => theme.colors.neutral300};
  }

  li[data-tone='bad']::before {
    background: ${({ theme }) => theme.colors.danger600};
  }

  li:not(:last-child)::after {
    content: '';
    position: absolute;
    inset-block: 1.7rem -0.3rem;
    inset-inline-start: 0.4rem;
    width: 0.2rem;
    background: ${({ theme }) => theme.colors.neutral200};
  }
`;

const Written = styled(Typography)`
  margin-block-start: ${({ theme }) => theme.spaces[1]};
  padding: ${({ theme }) => `${theme.spaces[2]} ${theme.spaces[3]}`};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral100};
  white-space: pre-wrap;
  overflow-wrap: anywhere;
`;

const quiet: readonly RequestEventKind[] = [
  'mail-sent',
  'reminded',
  'resent',
  'assigned',
  'downloaded',
  'content-removed',
];
const byPerson: readonly RequestEventKind[] = ['received', 'confirmed', 'downloaded', 'withdrawn'];
/** What the person was told, in their language. */
const toPerson: readonly RequestEventKind[] = ['answered', 'refused', 'extended'];

const isMail = (text: string | null): text is RequestMail =>
  (REQUEST_MAILS as readonly (string | null)[]).includes(text);

/** Everything that happened to a request, the oldest first. */
export const History = ({ events, locale }: { events: RequestEvent[]; locale: string }) => {
  const text = useText();
  const { formatDate } = useIntl();
  const titleOf = ({ kind, text: said }: RequestEvent): string => {
    if (kind === 'assigned')
      return said ? text('requests.event.assigned', { name: said }) : text('requests.event.unassigned');
    const title = text(`requests.event.${kind}`);
    return (kind === 'mail-sent' || kind === 'mail-failed') && isMail(said)
      ? `${title}: ${text(`requests.mail.${said}`)}`
      : title;
  };
  const byOf = ({ kind, actor }: RequestEvent): string =>
    actor?.name ?? text(byPerson.includes(kind) ? 'requests.by.person' : 'requests.by.itself');
  return (
    <List>
      {events.map((event, index) => {
        const { at, kind } = event;
        const said = ['assigned', 'mail-sent', 'mail-failed'].includes(kind) ? null : event.text;
        return (
          <li key={index} data-tone={kind === 'mail-failed' ? 'bad' : quiet.includes(kind) ? 'quiet' : undefined}>
            <Flex gap={2} wrap="wrap" justifyContent="space-between">
              <Typography fontWeight={quiet.includes(kind) ? undefined : 'bold'} textColor="neutral800">
                {titleOf(event)}
              </Typography>
              <Typography variant="pi" textColor="neutral600">
                <time dateTime={at}>{formatDate(at, { dateStyle: 'medium', timeStyle: 'short' })}</time> · {byOf(event)}
              </Typography>
            </Flex>
            {said && (
              <Written tag="p" textColor="neutral800" dir="auto" lang={toPerson.includes(kind) ? locale : undefined}>
                {kind === 'erased' ? text('requests.event.proof', { id: said }) : said}
              </Written>
            )}
          </li>
        );
      })}
    </List>
  );
};
