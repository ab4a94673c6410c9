import { Box, Field, Textarea, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { LabelledPurpose, STACKED } from './StorageTable';

interface Props {
  /** Shown beside the input. */
  label: string;
  accessibleLabel: string;
  name: string;
  lang: string | undefined;
  value: string;
  disabled: boolean;
  error: string | undefined;
  /** What it says in another language, to translate from. */
  otherText: string | undefined;
  otherLanguage: string | undefined;
  otherLang: string | undefined;
  onChange: (purpose: string) => void;
}

const GrowingTextarea = styled(Textarea)`
  && {
    display: block;
    min-height: 3.2rem;
    padding: ${({ theme }) => `0.5rem ${theme.spaces[2]}`};
    resize: none;
    field-sizing: content;
  }
`;

/** On the line of the input's first line of text. */
const Label = styled(Typography)`
  padding-block-start: 0.7rem;

  @container (width < ${STACKED}) {
    padding-block-start: 0;
  }
`;

/** What a storage entry is for, in the language of the edit view; as tall as its text. */
export const PurposeInput = (props: Props) => {
  const { label, accessibleLabel, name, lang, value, disabled, error, otherText, otherLanguage, otherLang, onChange } =
    props;
  return (
    <Field.Root name={name} error={error} flex="1" alignItems="stretch" gap={1}>
      <LabelledPurpose>
        <Label variant="pi" textColor="neutral600" aria-hidden>
          {label}
        </Label>
        <div>
          <GrowingTextarea
            rows={1}
            maxLength={1000}
            resizable={false}
            aria-label={accessibleLabel}
            lang={lang}
            value={value}
            disabled={disabled}
            onChange={({ target }) => onChange((target as HTMLTextAreaElement).value)}
          />
          {otherText && (
            <Box paddingTop={1}>
              <Typography variant="pi" textColor="neutral600">
                {otherLanguage}: <span lang={otherLang}>{otherText}</span>
              </Typography>
            </Box>
          )}
        </div>
      </LabelledPurpose>
      <Field.Error />
    </Field.Root>
  );
};
