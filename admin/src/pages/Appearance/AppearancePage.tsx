import { Box, Button, Flex } from '@strapi/design-system';
import { useState } from 'react';
import { styled } from 'styled-components';
import type { Appearance, AppearanceForm, SiteTextKey, Theme } from '../../../../contract';
import { useAppearanceQuery, useSaveAppearanceMutation } from '../../api/appearance';
import { fieldErrorsOf, staleOf, type Stale } from '../../api/errors';
import { ConfigPreview } from '../../components/ConfigPreview';
import { DeskPage } from '../../components/DeskPage';
import { EmptyState, Loaded } from '../../components/PageStates';
import { Panel } from '../../components/Panel';
import { StaleNotice } from '../../components/StaleNotice';
import { useUnsavedChanges } from '../../components/UnsavedChanges';
import { useFieldErrors } from '../../hooks/useFieldErrors';
import { useNotify } from '../../hooks/useNotify';
import { usePanel } from '../../hooks/usePanel';
import { useSite } from '../../hooks/useSite';
import { useText, type TextKey } from '../../hooks/useText';
import { TextsPanel } from './TextsPanel';
import { ThemePanel } from './ThemePanel';

const Columns = styled(Box)`
  display: grid;
  gap: ${({ theme }) => theme.spaces[6]};
  grid-template-columns: minmax(0, 1fr);
  align-items: start;

  ${({ theme }) => theme.breakpoints.large} {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  }
`;

/** In sight while the form beside it is scrolled. */
const Beside = styled.div`
  order: -1;

  ${({ theme }) => theme.breakpoints.large} {
    order: 0;
    position: sticky;
    inset-block-start: ${({ theme }) => theme.spaces[4]};
  }
`;

/** A form that says the same is the same, however it came about. */
const plain = ({ theme, texts }: AppearanceForm): string => {
  const sorted = (values: object | undefined) =>
    Object.entries(values ?? {})
      .filter(([, value]) => String(value).trim())
      .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    theme.position ?? null,
    sorted(theme.tokens),
    sorted(theme.dark),
    Object.entries(texts)
      .map(([locale, words]) => [locale, sorted(words)])
      .sort(),
  ]);
};

const differingParts = (a: AppearanceForm, b: AppearanceForm): TextKey[] => [
  ...(plain({ ...a, texts: {} }) === plain({ ...b, texts: {} }) ? [] : ['appearance.look' as const]),
  ...(plain({ ...a, theme: {} }) === plain({ ...b, theme: {} }) ? [] : ['appearance.texts' as const]),
];

interface FormProps {
  site: string;
  appearance: Appearance;
  onSaved: (appearance: Appearance) => void;
  /** Fills the form with what is stored now. */
  onReload: () => void;
}

const Form = ({ site, appearance, onSaved, onReload }: FormProps) => {
  const text = useText();
  const notify = useNotify();
  const writable = usePanel().can('appearance.write');
  const { form: saved, locales, regimes, version } = appearance;
  const [values, setValues] = useState(saved);
  const [code, setCode] = useState(locales[0]!.code);
  const [stale, setStale] = useState<Stale<AppearanceForm> | null>(null);
  const { form, errors, show, clear } = useFieldErrors();
  const [save, { isLoading }] = useSaveAppearanceMutation();
  const locale = locales.find((one) => one.code === code) ?? locales[0]!;
  const changed = plain(values) !== plain(saved);
  const { question, leave } = useUnsavedChanges(writable && changed && !isLoading);

  const changeTheme = (theme: Theme, field?: string) => {
    setValues((before) => ({ ...before, theme }));
    clear(field);
  };
  const changeText = (key: SiteTextKey, value: string) => {
    setValues((before) => ({
      ...before,
      texts: { ...before.texts, [locale.code]: { ...before.texts[locale.code], [key]: value } },
    }));
    clear(`texts.${locale.code}.${key}`);
  };

  const submit = async (onto = version) => {
    const result = await save({ site, save: { version: onto, form: values } });
    if (!('error' in result)) {
      notify.done(text('appearance.saved'));
      return onSaved(result.data!);
    }
    const conflict = staleOf<AppearanceForm>(result.error);
    if (conflict) return setStale(conflict);
    const problems = Object.fromEntries(
      Object.entries(fieldErrorsOf(result.error)).map(([path, message]) => [path.replace(/^form\./, ''), message]),
    );
    // A language that is not shown has to be, before its field can get the focus.
    const [, elsewhere] = Object.keys(problems)[0]?.match(/^texts\.([\w-]+)\./) ?? [];
    if (elsewhere) setCode(elsewhere);
    show(problems);
    if (Object.keys(problems).length === 0) notify.failed(result.error);
  };

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {question}
      <Flex direction="column" alignItems="stretch" gap={4} paddingBottom={8}>
        {stale && (
          <StaleNotice
            fields={differingParts(stale.current, values).map((key) => text(key))}
            onReload={onReload}
            onOverwrite={() => {
              setStale(null);
              void submit(stale.version);
            }}
            onDismiss={() => setStale(null)}
          />
        )}
        <Columns>
          <Flex direction="column" alignItems="stretch" gap={6}>
            <ThemePanel theme={values.theme} errors={errors} disabled={!writable} onChange={changeTheme} />
            <TextsPanel
              locales={locales}
              locale={locale}
              onLocale={setCode}
              texts={values.texts[locale.code] ?? {}}
              errors={errors}
              disabled={!writable}
              onChange={changeText}
            />
          </Flex>
          <Beside>
            <Panel
              title={text('publish.preview')}
              actions={
                writable && (
                  <>
                    <Button
                      variant="tertiary"
                      size="S"
                      disabled={!changed || isLoading}
                      onClick={() =>
                        leave(() => {
                          setValues(saved);
                          clear();
                        })
                      }
                    >
                      {text('appearance.discard')}
                    </Button>
                    <Button type="submit" size="S" loading={isLoading} disabled={!changed}>
                      {text('entry.save')}
                    </Button>
                  </>
                )
              }
            >
              <ConfigPreview
                site={site}
                form={values}
                locales={locales.map((one) => one.code)}
                locale={locale.code}
                onLocale={setCode}
                regime={regimes[0]!}
              />
            </Panel>
          </Beside>
        </Columns>
      </Flex>
    </form>
  );
};

const Content = ({ site }: { site: string }) => {
  const text = useText();
  const query = useAppearanceQuery(site, { refetchOnMountOrArgChange: true });
  const [saved, setSaved] = useState<Appearance | null>(null);
  return (
    <Loaded query={query} failed={text('appearance.failed')}>
      {(loaded) => {
        const appearance = saved ?? loaded;
        return (
          <Form
            key={appearance.version}
            site={site}
            appearance={appearance}
            onSaved={setSaved}
            onReload={() => {
              setSaved(null);
              void query.refetch();
            }}
          />
        );
      }}
    </Loaded>
  );
};

/** Looks and words of a site's banner and dialog, with the real client beside them. */
export const AppearancePage = () => {
  const text = useText();
  const { site, asked } = useSite();
  const key = site?.key ?? asked;
  return (
    <DeskPage title={text('nav.appearance')} subtitle={text('appearance.subtitle')} perSite>
      {key ? <Content key={key} site={key} /> : <EmptyState content={text('empty.site')} />}
    </DeskPage>
  );
};
