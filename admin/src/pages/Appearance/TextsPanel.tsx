import { Badge, Box, Field, Flex, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { siteTextKeys, type AppearanceLocale, type SiteTextKey, type SiteTexts } from '../../../../contract';
import { TextField } from '../../components/FormField';
import { Panel } from '../../components/Panel';
import { useText, type TextKey } from '../../hooks/useText';

const longTexts: readonly SiteTextKey[] = ['bannerText', 'settingsText'];
const parts = {
  banner: ['bannerTitle', 'bannerText', 'acceptAll', 'rejectAll', 'openSettings'],
  dialog: ['settingsTitle', 'settingsText', 'save'],
} as const satisfies Record<string, readonly SiteTextKey[]>;
// Every text has its place.
siteTextKeys satisfies readonly (typeof parts)[keyof typeof parts][number][];

interface Props {
  locales: AppearanceLocale[];
  /** The language that is edited. */
  locale: AppearanceLocale;
  onLocale: (code: string) => void;
  texts: SiteTexts;
  errors: Record<string, string>;
  disabled: boolean;
  onChange: (key: SiteTextKey, value: string) => void;
}

/** The words of banner and dialog in one language. */
export const TextsPanel = ({ locales, locale, onLocale, texts, errors, disabled, onChange }: Props) => {
  const text = useText();
  const own = siteTextKeys.filter((key) => texts[key]?.trim()).length;
  return (
    <Panel
      title={text('appearance.texts')}
      note={own > 0 && <Badge>{text('appearance.texts.own', { own, count: siteTextKeys.length })}</Badge>}
    >
      <Flex direction="column" alignItems="stretch" gap={5}>
        <Typography tag="p" textColor="neutral600">
          {text('appearance.texts.explain')}
        </Typography>
        {locales.length > 1 && (
          <Field.Root name="locale">
            <Field.Label>{text('appearance.language')}</Field.Label>
            <SingleSelect value={locale.code} onChange={(code) => onLocale(String(code))}>
              {locales.map(({ code, name }) => (
                <SingleSelectOption key={code} value={code}>
                  {name}
                </SingleSelectOption>
              ))}
            </SingleSelect>
          </Field.Root>
        )}
        {Object.entries(parts).map(([part, keys]) => (
          <Box key={part} tag="fieldset" style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
            <Typography tag="legend" variant="sigma" textColor="neutral600">
              {text(`preview.view.${part}` as TextKey)}
            </Typography>
            <Flex direction="column" alignItems="stretch" gap={4} paddingTop={3}>
              {keys.map((key) => {
                const name = `texts.${locale.code}.${key}`;
                const long = longTexts.includes(key);
                return (
                  <TextField
                    key={name}
                    name={name}
                    label={text(`appearance.text.${key}`)}
                    hint={key === 'bannerText' ? text('appearance.text.placeholders') : undefined}
                    value={texts[key] ?? ''}
                    placeholder={locale.builtIn[key]}
                    rows={long ? 4 : 1}
                    maxLength={long ? 2000 : 100}
                    lang={locale.code}
                    dir={locale.dir}
                    error={errors[name]}
                    disabled={disabled}
                    onChange={(value) => onChange(key, value)}
                  />
                );
              })}
            </Flex>
          </Box>
        ))}
      </Flex>
    </Panel>
  );
};
