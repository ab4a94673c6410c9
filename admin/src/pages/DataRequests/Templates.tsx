import { Badge, Box, Field, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { useId } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { PERSON_MAILS, REQUEST_MAILS, STAFF_MAILS, type RequestTemplates } from '../../../../contract';
import { useTemplatesQuery } from '../../api/requests';
import { Card, Columns } from '../../components/Columns';
import { Loaded } from '../../components/PageStates';
import { useAddress } from '../../hooks/useAddress';
import { useLanguageName } from '../../hooks/useLanguageName';
import { useText } from '../../hooks/useText';
import { TemplateEditor } from './TemplateEditor';

const names = ['mail', 'locale'] as const;

const Entry = styled.button`
  display: flex;
  justify-content: space-between;
  align-items: center;
  gap: ${({ theme }) => theme.spaces[2]};
  width: 100%;
  padding: ${({ theme }) => theme.spaces[2]};
  border: 0;
  border-radius: ${({ theme }) => theme.borderRadius};
  background: none;
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: ${({ theme }) => theme.fontSizes[2]};
  text-align: start;
  cursor: pointer;

  & > * {
    flex: none;
  }

  &:hover {
    background: ${({ theme }) => theme.colors.neutral100};
  }

  &[aria-current] {
    background: ${({ theme }) => theme.colors.primary100};
    color: ${({ theme }) => theme.colors.primary700};
    font-weight: 500;
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;

const groups = [
  { name: 'person', mails: PERSON_MAILS },
  { name: 'staff', mails: STAFF_MAILS },
] as const;

const Editing = ({ locales, templates }: RequestTemplates) => {
  const text = useText();
  const id = useId();
  const { locale: uiLocale } = useIntl();
  const languageName = useLanguageName();
  const { values, set } = useAddress(names);
  const kind = REQUEST_MAILS.find((mail) => mail === values.mail) ?? REQUEST_MAILS[0];
  const locale =
    [values.locale, uiLocale, uiLocale.split('-')[0]].find((code) => code && locales.includes(code)) ?? 'en';
  const inLocale = templates.filter((template) => template.locale === locale);
  const template = inLocale.find((one) => one.kind === kind)!;
  return (
    <Columns>
      <Card padding={4}>
        <Field.Root name="locale">
          <Field.Label>{text('requests.locale')}</Field.Label>
          <SingleSelect value={locale} onChange={(code) => set({ locale: String(code) })}>
            {locales.map((code) => (
              <SingleSelectOption key={code} value={code}>
                {languageName(code)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </Field.Root>
        <nav aria-label={text('requests.tab.templates')}>
          {groups.map(({ name, mails }) => (
            <Box key={name} paddingTop={5}>
              <Typography id={`${id}-${name}`} tag="h2" variant="sigma" textColor="neutral600">
                {text(`requests.mails.${name}`)}
              </Typography>
              <Flex
                tag="ul"
                direction="column"
                alignItems="stretch"
                gap={1}
                paddingTop={2}
                aria-labelledby={`${id}-${name}`}
              >
                {mails.map((mail) => (
                  <li key={mail}>
                    <Entry type="button" aria-current={mail === kind || undefined} onClick={() => set({ mail })}>
                      {text(`requests.mail.${mail}`)}
                      {inLocale.some((one) => one.kind === mail && !one.builtIn) && (
                        <Badge size="S">{text('requests.template.own')}</Badge>
                      )}
                    </Entry>
                  </li>
                ))}
              </Flex>
            </Box>
          ))}
        </nav>
      </Card>
      <TemplateEditor key={`${kind} ${locale}`} template={template} />
    </Columns>
  );
};

/** What mails say, each in every language. */
const Templates = () => {
  const text = useText();
  const query = useTemplatesQuery(undefined, { refetchOnMountOrArgChange: true });
  return (
    <Box paddingBottom={8}>
      <Loaded query={query} failed={text('requests.templates.failed')}>
        {(loaded) => <Editing {...loaded} />}
      </Loaded>
    </Box>
  );
};

export default Templates;
