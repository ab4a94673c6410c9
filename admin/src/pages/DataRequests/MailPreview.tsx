import { Box, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { MAIL_PLACEHOLDERS, type MailTemplate, type RequestMail } from '../../../../contract';
import { useText } from '../../hooks/useText';

const Sheet = styled(Box)`
  white-space: pre-wrap;
  overflow-wrap: anywhere;

  mark {
    background: ${({ theme }) => theme.colors.primary100};
    color: ${({ theme }) => theme.colors.primary700};
    border-radius: 2px;
  }
`;

/** A mail as it may arrive: what is filled in stands for itself, made up or described. */
export const MailPreview = ({
  kind,
  locale,
  template,
}: {
  kind: RequestMail;
  locale: string;
  template: MailTemplate;
}) => {
  const text = useText();
  const day = (inDays: number): string =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(Date.now() + inDays * 86_400_000);
  const examples: Record<string, string> = {
    reference: '7KQ2-M9XD',
    received: day(0),
    due: day(30),
    until: day(2),
    link: 'https://www.example.com/…',
  };
  const known = MAIL_PLACEHOLDERS[kind].map((placeholder) => placeholder.replace('!', ''));
  const filled = (source: string) =>
    source.split(/(\{[^{}]*\})/).map((part, index) => {
      const name = /^\{([^{}]*)\}$/.exec(part)?.[1];
      if (!name || !known.includes(name)) return part;
      return <mark key={index}>{examples[name] ?? text(`requests.placeholder.${name as 'reference'}`)}</mark>;
    });
  return (
    <Sheet lang={locale} dir="auto" borderColor="neutral200" hasRadius padding={5}>
      <Typography tag="p" fontWeight="bold" textColor="neutral800" paddingBottom={4}>
        {filled(template.subject)}
      </Typography>
      <Typography tag="div" textColor="neutral800">
        {filled(template.body)}
      </Typography>
    </Sheet>
  );
};
