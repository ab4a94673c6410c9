import type { Core, Modules } from '@strapi/strapi';
import { validationError, type FieldProblem } from '../errors';
import { isEntry, type Entry, type FieldMap, type FieldMaps } from './map';
import { problemsOf, readWrite, type WrittenValue } from './validation';

type Middleware = Modules.Documents.Middleware.Middleware;

interface Context {
  uid: string;
  action: string;
  params: { data?: Entry; documentId?: string; locale?: string; populate?: unknown };
}

interface Tools {
  maps: FieldMaps;
  /** Opens all values of an entry, in place. */
  openAll: (map: FieldMap, entry: Entry) => Promise<void> | void;
}

const writing: readonly string[] = ['create', 'update', 'clone'];

/** The entries of what a document action answers with: one, a list, or `{ documentId, entries }`. */
const entriesOf = (result: unknown): Entry[] => {
  if (Array.isArray(result)) return result as Entry[];
  if (!isEntry(result)) return [];
  return Array.isArray(result.entries) && 'documentId' in result && !('id' in result)
    ? (result.entries as Entry[])
    : [result];
};

/** The document service takes and gives plain text: what is written is checked here, what is read is opened. */
export const createFieldsMiddleware = (strapi: Core.Strapi, { maps, openAll }: Tools): Middleware => {
  /** Another document with the same value, in any language that could be read in its place. */
  const uniqueProblems = async (context: Context, values: WrittenValue[]): Promise<FieldProblem[]> => {
    const problems: FieldProblem[] = [];
    const { documentId } = context.params;
    for (const { attribute, value, path } of values) {
      if (!attribute.unique || value === '') continue;
      const other: unknown = await strapi.db.query(attribute.uid).findOne({
        select: ['id'],
        where: {
          [attribute.name]: value,
          ...(documentId && context.action === 'update' && { documentId: { $ne: documentId } }),
          ...(attribute.localized && context.params.locale && { locale: context.params.locale }),
        },
      });
      if (other) problems.push({ path, message: 'is already the value of another entry' });
    }
    return problems;
  };

  const middleware = async (context: Context, next: () => Promise<unknown>): Promise<unknown> => {
    const map = maps.get(context.uid);
    if (!map) return next();
    const { params, action } = context;
    if (writing.includes(action) && isEntry(params.data)) {
      const { data, values } = readWrite(maps, map, params.data);
      const problems = [...problemsOf(values)];
      if (problems.length === 0) problems.push(...(await uniqueProblems(context, values)));
      if (problems.length > 0) throw validationError(strapi, problems);
      context.params = { ...params, data };
    }
    const result = await next();
    if (map.attributes.length > 0 || params.populate) for (const entry of entriesOf(result)) await openAll(map, entry);
    return result;
  };
  // Strapi's own type says that every middleware returns what every action returns.
  return middleware as unknown as Middleware;
};
