import { useFetchClient } from '@strapi/strapi/admin';
import { useEffect, useState } from 'react';
import { useParams } from 'react-router-dom';
import { useEditedLocale } from '../../hooks/useEditedLocale';
import { rowsOf, type StorageRow } from './StorageRow';

/** The same tracking item's rows in the default language. */
export interface OtherLanguage {
  locale: string;
  rows: StorageRow[];
}

/**
 * What the edit view's language is, and what the rows say in the default one: the source to translate from,
 * and the facts to start with where this language has no rows yet.
 */
export const useOtherLanguage = (): { locale: string | undefined; other: OtherLanguage | null } => {
  const { slug, id } = useParams();
  const { get } = useFetchClient();
  const [other, setOther] = useState<OtherLanguage | null>(null);
  const locale = useEditedLocale();
  const isTranslation = slug === 'plugin::privacy-desk.tracking-item' && id && id !== 'create' && locale;

  useEffect(() => {
    setOther(null);
    if (!isTranslation) return;
    let current = true;
    get<{ data?: { locale?: string; storage?: unknown } }>(`/content-manager/collection-types/${slug}/${id}`).then(
      ({ data: { data } }) => {
        if (current && data?.locale && data.locale !== locale)
          setOther({ locale: data.locale, rows: rowsOf(data.storage) });
      },
      () => {}, // only a help for translators: without it the editor works as well
    );
    return () => {
      current = false;
    };
  }, [get, id, isTranslation, locale, slug]);

  return { locale, other };
};
