import type { Core } from '@strapi/strapi';
import { validationError } from '../errors';
import { REVEAL } from './kinds';
import { isEntry, type Entry, type FieldMap, type FieldMaps } from './map';
import { askedFor } from './query';
import { withoutUnseen } from './validation';

/** Who asks, as Strapi's content API knows it. */
type Auth = object | undefined;
type Handler = (data: unknown, schema: { uid?: string } | null | undefined, options?: { auth?: Auth }) => unknown;

interface Tools {
  maps: FieldMaps;
  openAll: (map: FieldMap, entry: Entry) => Promise<void> | void;
  maskAll: (map: FieldMap, entry: Entry, mask: string | null) => void;
}

/**
 * REST and GraphQL take and give everything through the content API's sanitizers. Who has the permission
 * (`plugin::privacy-desk.fields.reveal`, for a role or an API token) gets plain values; everybody else gets null, cannot
 * search by them, and keeps what is stored when they send that null back.
 */
export const guardContentApi = (strapi: Core.Strapi, { maps, openAll, maskAll }: Tools): void => {
  const known = new WeakMap<object, Promise<boolean>>();
  const mayReveal = (auth: Auth): Promise<boolean> => {
    // Without a strategy Strapi would let everything pass.
    if (!auth || !('strategy' in auth)) return Promise.resolve(false);
    let answer = known.get(auth);
    if (!answer) {
      answer = Promise.resolve(strapi.get('auth').verify(auth, { scope: [REVEAL] })).then(
        () => true,
        () => false,
      );
      known.set(auth, answer);
    }
    return answer;
  };

  const { sanitize, validate } = strapi.contentAPI as unknown as Record<
    'sanitize' | 'validate',
    Record<string, Handler>
  >;
  const mapOf = (schema: Parameters<Handler>[1]): FieldMap | undefined => maps.get(schema?.uid ?? '');
  const entriesOf = (data: unknown): Entry[] => (Array.isArray(data) ? data : [data]).filter(isEntry);

  const output = sanitize.output!;
  sanitize.output = async (data, schema, options) => {
    const result = await output(data, schema, options);
    const map = mapOf(schema);
    if (!map) return result;
    const may = await mayReveal(options?.auth);
    for (const entry of entriesOf(result)) {
      if (may) await openAll(map, entry);
      else maskAll(map, entry, null);
    }
    return result;
  };

  const input = sanitize.input!;
  sanitize.input = async (data, schema, options) => {
    const result = await input(data, schema, options);
    const map = mapOf(schema);
    if (!map || (await mayReveal(options?.auth))) return result;
    return Array.isArray(result)
      ? result.map((entry) => (isEntry(entry) ? withoutUnseen(maps, map, entry) : entry))
      : isEntry(result)
        ? withoutUnseen(maps, map, result)
        : result;
  };

  for (const [handlers, name] of [
    [sanitize, 'query'],
    [validate, 'query'],
  ] as const) {
    const query = handlers[name]!;
    handlers[name] = async (asked, schema, options) => {
      const map = mapOf(schema);
      const path = map && isEntry(asked) ? askedFor(maps, map, asked) : null;
      if (path && !(await mayReveal(options?.auth)))
        throw validationError(strapi, [{ path, message: 'is encrypted, and you may not search by it' }]);
      return query(asked, schema, options);
    };
  }
};
