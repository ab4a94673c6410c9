import { Box, Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import type { PanelLocale } from '../../../contract';
import { useText } from '../hooks/useText';

interface Props {
  locales: readonly PanelLocale[];
  value: string;
  onChange(code: string): void;
}

/** In which language the website's pages are; nothing where there is no choice. */
export const LocaleSelect = ({ locales, value, onChange }: Props) => {
  const text = useText();
  if (locales.length < 2) return null;
  return (
    <Box paddingBottom={4} maxWidth="32rem">
      <Field.Root>
        <Field.Label>{text('script.locale')}</Field.Label>
        <SingleSelect value={value} onChange={(next) => onChange(String(next))}>
          {locales.map(({ code, name }) => (
            <SingleSelectOption key={code} value={code}>
              {name}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
    </Box>
  );
};
