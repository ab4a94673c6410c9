import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { IntlProvider, useIntl } from 'react-intl';
import { PLUGIN_ID } from '../pluginId';

type Texts = Record<string, string>;

/** Loads the file of a language; fails for a language that we do not speak. */
export type LoadTexts = (locale: string) => Promise<Texts>;

const load: LoadTexts = (locale) => import(`../translations/${locale}.json`).then((file) => file.default);

/** Files are asked for once, however many parts of the panel are ours; a failed request may be tried again. */
const loading = new Map<LoadTexts, Map<string, Promise<Texts>>>();
const textsIn = (load: LoadTexts, locale: string): Promise<Texts> => {
  const files = loading.get(load) ?? new Map<string, Promise<Texts>>();
  loading.set(load, files);
  const known = files.get(locale);
  if (known) return known;
  // A variety of a language (pt-BR), or one that we do not speak, for instance because an application has added it to Strapi.
  const texts = load(locale)
    .catch(() => load(locale.split('-')[0]!))
    .catch(() => load('en'))
    .then((file) => Object.fromEntries(Object.entries(file).map(([key, text]) => [`${PLUGIN_ID}.${key}`, text])));
  files.set(locale, texts);
  texts.catch(() => files.delete(locale));
  return texts;
};

interface Props {
  children: ReactNode;
  fallback?: ReactNode;
  /** Further texts, of a part that few open. */
  more?: LoadTexts;
}

/**
 * Gives what is inside our texts in the admin user's language. Strapi loads the texts of all plugins at its start; ours are
 * many, so only those that it shows by itself are among them (translations/menu), and the rest comes when it is needed.
 */
export const DeskTexts = ({ children, fallback = null, more }: Props) => {
  const { locale, messages, onError } = useIntl();
  const [texts, setTexts] = useState<Texts | null>(null);

  useEffect(() => {
    let current = true;
    Promise.all([textsIn(load, locale), more && textsIn(more, locale)]).then(
      ([loaded, further]) => current && setTexts({ ...loaded, ...further }),
      () => current && setTexts({}), // keys stand for the texts: better than no page at all
    );
    return () => {
      current = false;
    };
  }, [locale, more]);

  const all = useMemo(() => ({ ...(messages as Texts), ...texts }), [messages, texts]);
  if (!texts) return fallback;
  return (
    <IntlProvider locale={locale} messages={all} onError={onError}>
      {children}
    </IntlProvider>
  );
};
