import { Badge, Box, Button, Flex, Typography } from '@strapi/design-system';
import { useRef, useState, type FormEvent } from 'react';
import { styled } from 'styled-components';
import { MAIL_PLACEHOLDERS, templateProblems, type MailTemplate, type StoredTemplate } from '../../../../contract';
import { fieldErrorsOf } from '../../api/errors';
import { useSaveTemplateMutation } from '../../api/requests';
import { TextField } from '../../components/FormField';
import { Panel } from '../../components/Panel';
import { useUnsavedChanges } from '../../components/UnsavedChanges';
import { useFieldErrors } from '../../hooks/useFieldErrors';
import { useNotify } from '../../hooks/useNotify';
import { useText } from '../../hooks/useText';
import { MailPreview } from './MailPreview';

const MOST_SUBJECT = 200;
const MOST_BODY = 10_000;

const Placeholder = styled.button`
  padding: 0.4rem 0.8rem;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral100};
  color: ${({ theme }) => theme.colors.neutral800};
  font-family: monospace;
  font-size: ${({ theme }) => theme.fontSizes[1]};
  cursor: pointer;

  &:hover {
    border-color: ${({ theme }) => theme.colors.primary500};
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
  }
`;

/** Writes a mail of one language, and shows what becomes of it. */
export const TemplateEditor = ({ template }: { template: StoredTemplate }) => {
  const text = useText();
  const notify = useNotify();
  const { form, errors, show, clear } = useFieldErrors();
  const [save, { isLoading }] = useSaveTemplateMutation();
  const { kind, locale, builtIn } = template;
  const stored: MailTemplate = { subject: template.subject, body: template.body };
  const [typed, setTyped] = useState<Partial<MailTemplate>>({});
  const written = { ...stored, ...typed };
  const dirty = written.subject !== stored.subject || written.body !== stored.body;
  const { question } = useUnsavedChanges(dirty && !isLoading);
  const body = useRef<HTMLDivElement>(null);

  const write = (field: keyof MailTemplate, value: string) => {
    setTyped((before) => ({ ...before, [field]: value }));
    clear(field);
  };
  /** Puts a placeholder where the cursor is, or was. */
  const insert = (name: string) => {
    const area = body.current?.querySelector('textarea');
    if (!area) return;
    const { selectionStart: start, selectionEnd: end } = area;
    write('body', `${written.body.slice(0, start)}{${name}}${written.body.slice(end)}`);
    requestAnimationFrame(() => {
      area.focus();
      area.setSelectionRange(start + name.length + 2, start + name.length + 2);
    });
  };
  const problemsOf = (): Record<string, string> => ({
    ...Object.fromEntries(
      templateProblems(kind, written).map(({ field, missing, unknown }) => [
        field,
        missing
          ? text('requests.template.missing', { name: `{${missing}}` })
          : text('requests.template.unknown', { name: `{${unknown}}` }),
      ]),
    ),
    ...Object.fromEntries(
      (['subject', 'body'] as const)
        .filter((field) => !written[field].trim())
        .map((field) => [field, text('requests.template.empty')]),
    ),
  });
  const send = async (change: MailTemplate | null) => {
    const result = await save({ kind, locale, change });
    if (!('error' in result)) {
      setTyped({});
      clear();
      return notify.done(text(change ? 'requests.template.saved' : 'requests.template.restored'));
    }
    const refused = fieldErrorsOf(result.error);
    if (Object.keys(refused).length > 0) show(refused);
    else notify.failed(result.error);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const problems = problemsOf();
    if (Object.keys(problems).length > 0) show(problems);
    else void send(written);
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      {question}
      <Panel
        title={text(`requests.mail.${kind}`)}
        note={<Badge>{text(builtIn ? 'requests.template.builtIn' : 'requests.template.own')}</Badge>}
      >
        <form ref={form} noValidate onSubmit={submit}>
          <Flex direction="column" alignItems="stretch" gap={4}>
            <Typography tag="p" textColor="neutral600">
              {text(`requests.mail.${kind}.when`)}
            </Typography>
            <TextField
              name="subject"
              label={text('requests.template.subject')}
              required
              lang={locale}
              dir={undefined}
              maxLength={MOST_SUBJECT}
              value={written.subject}
              error={errors.subject}
              onChange={(value) => write('subject', value)}
            />
            <div ref={body}>
              <TextField
                name="body"
                label={text('requests.template.body')}
                hint={text('requests.template.hint')}
                required
                lang={locale}
                rows={14}
                maxLength={MOST_BODY}
                value={written.body}
                error={errors.body}
                onChange={(value) => write('body', value)}
              />
            </div>
            <Box>
              <Typography tag="p" variant="pi" textColor="neutral600">
                {text('requests.template.placeholders')}
              </Typography>
              <Flex tag="ul" gap={2} wrap="wrap" paddingTop={2}>
                {MAIL_PLACEHOLDERS[kind].map((placeholder) => {
                  const name = placeholder.replace('!', '');
                  return (
                    <li key={name}>
                      <Placeholder
                        type="button"
                        aria-label={text('requests.template.insert', { name: `{${name}}` })}
                        title={text(`requests.placeholder.${name as 'reference'}`)}
                        onClick={() => insert(name)}
                      >
                        {`{${name}}${placeholder.endsWith('!') ? ' *' : ''}`}
                      </Placeholder>
                    </li>
                  );
                })}
              </Flex>
            </Box>
            <Flex gap={2} wrap="wrap" justifyContent="flex-end">
              {!builtIn && (
                <Button variant="tertiary" disabled={isLoading} onClick={() => void send(null)}>
                  {text('requests.template.restore')}
                </Button>
              )}
              {dirty && (
                <Button
                  variant="tertiary"
                  onClick={() => {
                    setTyped({});
                    clear();
                  }}
                >
                  {text('appearance.discard')}
                </Button>
              )}
              <Button type="submit" loading={isLoading} disabled={!dirty}>
                {text('entry.save')}
              </Button>
            </Flex>
          </Flex>
        </form>
      </Panel>
      <Panel title={text('publish.preview')}>
        <MailPreview kind={kind} locale={locale} template={written} />
      </Panel>
    </Flex>
  );
};
