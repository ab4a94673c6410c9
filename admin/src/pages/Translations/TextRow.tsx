import { Badge, Field, Flex, Textarea, TextButton, TextInput, Typography } from '@strapi/design-system';
import { memo } from 'react';
import { styled } from 'styled-components';
import type { TranslationRow } from '../../../../contract';
import { useText } from '../../hooks/useText';
import { useFieldName } from './useFieldName';

const Row = styled.li`
  padding-block: ${({ theme }) => theme.spaces[4]};
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
`;

const Sides = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr));
  align-items: start;
  gap: ${({ theme }) => theme.spaces[4]};
  padding-block-start: ${({ theme }) => theme.spaces[2]};
`;

const Original = styled.p`
  padding: ${({ theme }) => theme.spaces[3]};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral100};
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: ${({ theme }) => theme.fontSizes[2]};
  line-height: 1.43;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
`;

const SHOWN_CHARACTERS = 160;
const shorten = (text: string): string =>
  text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;

interface Props {
  row: TranslationRow;
  value: string;
  error: string | undefined;
  locale: string;
  language: string;
  sourceLocale: string;
  writable: boolean;
  onChange: (row: TranslationRow, value: string) => void;
}

/** A text beside its translation. */
export const TextRow = memo(({ row, value, error, locale, language, sourceLocale, writable, onChange }: Props) => {
  const text = useText();
  const fieldName = useFieldName();
  const props = {
    'aria-label': text('translations.input', { name: row.name, field: fieldName(row), language }),
    lang: locale,
    dir: 'auto' as const,
    value,
    disabled: !writable,
    maxLength: row.maxLength,
  };
  const open = row.state === 'missing' || row.state === 'inherited';
  return (
    <Row data-text={row.id}>
      <Flex justifyContent="space-between" gap={2} wrap="wrap">
        <Flex gap={2} wrap="wrap">
          <Typography variant="pi" fontWeight="bold" textColor="neutral800">
            {fieldName(row)}
          </Typography>
          {row.state !== 'translated' && (
            <Badge size="S" {...(row.state === 'missing' && { backgroundColor: 'danger100', textColor: 'danger700' })}>
              {text(`translations.state.${row.state}`)}
            </Badge>
          )}
        </Flex>
        {writable && open && value.trim() === '' && (
          <TextButton onClick={() => onChange(row, row.source)}>{text('translations.copy')}</TextButton>
        )}
      </Flex>
      <Sides>
        <Original lang={sourceLocale} dir="auto">
          {row.source}
        </Original>
        <Field.Root
          name={row.id}
          error={error}
          hint={
            value.trim() === '' && (open || row.state === 'built-in')
              ? text('translations.shown', { text: shorten(row.shown) })
              : row.rich && value
                ? text('translations.markup')
                : undefined
          }
        >
          {row.long ? (
            <Textarea
              {...props}
              rows={Math.min(12, Math.max(2, Math.ceil(row.source.length / 60) + row.source.split('\n').length - 1))}
              onChange={({ target }) => onChange(row, (target as HTMLTextAreaElement).value)}
            />
          ) : (
            <TextInput {...props} autoComplete="off" onChange={({ target }) => onChange(row, target.value)} />
          )}
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      </Sides>
    </Row>
  );
});
