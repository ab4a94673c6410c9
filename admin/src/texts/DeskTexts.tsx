import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import { PLUGIN_ID } from '../pluginId';

type Texts = Record<string, string>;

const load = (locale: string): Promise<Texts> => import(`../translations/${locale}.json`).then((file) => file.default);

/** Files are asked for once, however many parts of the panel are ours; a failed request may be tried again. */
const loading = new Map<string, Promise<Texts>>();
const textsIn = (locale: string): Promise<Texts> => {
  const known = loading.get(locale);
  if (known) return known;
  // A variety of a language (pt-BR), or one that we do not speak, for instance because an application has added it to Strapi.
  const texts = load(locale)
    .catch(() => load(locale.split('-')[0]!))
    .catch(() => load('en'))
    .then((file) => Object.fromEntries(Object.entries(file).map(([key, text]) => [`${PLUGIN_ID}.${key}`, text])));
  loading.set(locale, texts);
  texts.catch(() => loading.delete(locale));
  return texts;
};

/**
 * Gives what is inside our texts in the admin user's language. Strapi loads the texts of all plugins at its start; ours are
 * many, so only those that it shows by itself are among them (translations/menu), and the rest comes when it is needed.
 */
export const DeskTexts = ({ children, fallback = null }: { children: ReactNode; fallback?: ReactNode }) => {
  const { locale, messages, onError } = useIntl();
  const [texts, setTexts] = useState<Texts | null>(null);

  useEffect(() => {
    let current = true;
    textsIn(locale).then(
      (loaded) => current && setTexts(loaded),
      () => current && setTexts({}), // keys stand for the texts: better than no page at all
    );
    return () => {
      current = false;
    };
  }, [locale]);

  const all = useMemo(() => ({ ...(messages as Texts), ...texts }), [messages, texts]);
  if (!texts) return fallback;
  return (
    <IntlProvider locale={locale} messages={all} onError={onError}>
      {children}
    </IntlProvider>
  );
};
