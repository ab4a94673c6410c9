import { Box, Button, Field, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { useClipboard, useNotification } from '@strapi/strapi/admin';
import { useState } from 'react';
import { styled } from 'styled-components';
import type { PanelLocale } from '../../../../contract';
import { useText } from '../../hooks/useText';
import { Panel } from '../../components/Panel';

const Code = styled.pre`
  margin: 0;
  padding: ${({ theme }) => theme.spaces[4]};
  max-height: 32rem;
  overflow: auto;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  font-size: ${({ theme }) => theme.fontSizes[1]};
  line-height: 1.5;
  color: ${({ theme }) => theme.colors.neutral800};
  background: ${({ theme }) => theme.colors.neutral100};
  border: 1px solid ${({ theme }) => theme.colors.neutral150};
  border-radius: ${({ theme }) => theme.borderRadius};
`;

interface Props {
  locales: PanelLocale[];
  /** By locale. */
  scriptTags: Record<string, string>;
}

/** What to put into the website's pages, ready to copy. */
export const ScriptPanel = ({ locales, scriptTags }: Props) => {
  const text = useText();
  const { copy } = useClipboard();
  const { toggleNotification } = useNotification();
  const [chosen, setChosen] = useState<string>();
  const locale = chosen && scriptTags[chosen] ? chosen : locales[0]!.code;
  const tag = scriptTags[locale] ?? '';

  const copyTag = async () => {
    const copied = await copy(tag);
    toggleNotification(
      copied
        ? { type: 'success', message: text('script.copied') }
        : { type: 'warning', message: text('script.notCopied') },
    );
  };

  return (
    <Panel
      title={text('script.title')}
      actions={
        <Button variant="secondary" size="S" startIcon={<Duplicate />} onClick={copyTag}>
          {text('script.copy')}
        </Button>
      }
    >
      <Typography tag="p" textColor="neutral600" paddingBottom={4}>
        {text('script.explain')}
      </Typography>
      {locales.length > 1 && (
        <Box paddingBottom={4}>
          <Field.Root>
            <Field.Label>{text('script.locale')}</Field.Label>
            <SingleSelect value={locale} onChange={(next) => setChosen(String(next))}>
              {locales.map(({ code, name }) => (
                <SingleSelectOption key={code} value={code}>
                  {name}
                </SingleSelectOption>
              ))}
            </SingleSelect>
          </Field.Root>
        </Box>
      )}
      <Code tabIndex={0} role="region" aria-label={text('script.code')}>
        <code>{tag}</code>
      </Code>
    </Panel>
  );
};
