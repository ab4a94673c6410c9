import { useAuth, useFetchClient, useForm, useQueryParams } from '@strapi/strapi/admin';
import { useParams } from 'react-router-dom';
import type { RevealAnswer, RevealRequest } from '../../../../contract';
import { useEditedLocale } from '../../hooks/useEditedLocale';
import { PLUGIN_ID } from '../../pluginId';

type Values = Record<string, unknown>;

/**
 * The field's path as the server knows it: lists are gone through by the ids of their components, not by their places, as
 * somebody may have moved them.
 *
 * @returns null: the component is not saved yet
 */
export const storedPath = (name: string, values: unknown): string | null => {
  const path: string[] = [];
  let value = values;
  for (const step of name.split('.')) {
    value = (value as Values | undefined)?.[step];
    if (!/^\d+$/.test(step)) path.push(step);
    else {
      const id = (value as { id?: number } | undefined)?.id;
      if (id === undefined) return null;
      path.push(String(id));
    }
  }
  return path.join('.');
};

/** How the stored value of a field is seen; null: this admin user may not. */
export const useReveal = (name: string): (() => Promise<unknown>) | null => {
  const permissions = useAuth('EncryptedField', (state) => state.permissions);
  const values = useForm('EncryptedField', (state) => state.values as Values);
  const [{ query }] = useQueryParams<{ status?: string }>();
  const locale = useEditedLocale();
  const { slug } = useParams();
  const { post } = useFetchClient();
  const path = storedPath(name, values);
  const { documentId } = values;
  const isAllowed = permissions.some(({ action }) => action === `plugin::${PLUGIN_ID}.fields.reveal`);
  if (!isAllowed || path === null || typeof documentId !== 'string' || !slug) return null;
  return async () => {
    const request: RevealRequest = {
      uid: slug,
      documentId,
      locale: typeof values.locale === 'string' ? values.locale : (locale ?? null),
      status: query.status === 'published' ? 'published' : 'draft',
      path,
    };
    const { data } = await post<RevealAnswer>('/privacy-desk/fields/reveal', request);
    return data.value;
  };
};
