import type { Core } from '@strapi/strapi';
import { validationError } from '../errors';
import { populated, type Entry, type FieldMap, type FieldMaps } from './map';
import { QueryProblem, type createConditions } from './query';
import { isStored, type FieldCipher } from './sealed-value';

/** What the database layer is asked for, as far as it is looked at here. */
interface Params {
  data?: Entry | Entry[];
  where?: unknown;
  filters?: unknown;
  orderBy?: unknown;
  populate?: unknown;
}
interface LifecycleEvent {
  model: { uid: string };
  params: Params;
}

interface Tools {
  maps: FieldMaps;
  /** Resolves when the key ring is open. */
  tools: () => Promise<{ cipher: FieldCipher; conditions: ReturnType<typeof createConditions> }>;
}

/**
 * The last gate before the database: whatever way an entry is written (documents, components, `strapi.db.query`), its
 * encrypted attributes are sealed here, and conditions on them become conditions on their blind index. Reading is left
 * alone, so that what Strapi copies by itself (publishing, languages, history) it copies as it is stored.
 */
export const guardDatabase = (strapi: Core.Strapi, { maps, tools }: Tools): (() => void) => {
  const refuse = (path: (string | number)[], message: string): never => {
    throw validationError(strapi, [{ path, message }]);
  };

  /** Whoever got hold of an encrypted value must not have it opened by sending it in as one of their own. */
  const refuseForeign = (path: string, value: unknown): void => {
    const body = strapi.requestContext.get()?.request.body as unknown;
    if (body === undefined || body === null) return;
    const text = typeof value === 'string' ? value : (value as { sealed: string }).sealed;
    if (JSON.stringify(body).includes(text)) refuse([path], 'must not be an encrypted value');
  };

  const seal = async ({ model, params }: LifecycleEvent): Promise<void> => {
    const { attributes } = maps.get(model.uid)!;
    if (attributes.length === 0 || !params.data) return;
    const { cipher } = await tools();
    const sealed = (data: Entry): Entry => {
      const copy = { ...data };
      for (const attribute of attributes) {
        const value = data[attribute.name];
        if (value === undefined || value === null) continue;
        if (isStored(value)) refuseForeign(attribute.name, value);
        else copy[attribute.name] = cipher.seal(attribute, value);
      }
      return copy;
    };
    params.data = Array.isArray(params.data) ? params.data.map(sealed) : sealed(params.data);
  };

  // One object of parameters serves several queries: findPage counts with it, too.
  const done = new WeakSet<object>();

  const rewritten = async (map: FieldMap, params: Params): Promise<void> => {
    if (!params.where && !params.filters && !params.orderBy && !params.populate) return;
    const { conditions } = await tools();
    const visit = (at: FieldMap, query: Params): void => {
      for (const key of ['where', 'filters'] as const) {
        const asked = query[key];
        if (typeof asked !== 'object' || asked === null || done.has(asked)) continue;
        query[key] = conditions.rewrite(at, asked);
        done.add(query[key] as object);
      }
      if (query.orderBy) conditions.refuseOrder(at, query.orderBy);
      if (typeof query.populate !== 'object' || query.populate === null) return;
      for (const link of at.links)
        for (const [target, below] of populated(maps, link, query.populate as Entry)) visit(target, below as Params);
    };
    try {
      visit(map, params);
    } catch (error) {
      if (error instanceof QueryProblem) refuse(error.path, error.reason);
      throw error;
    }
  };

  const ask = ({ model, params }: LifecycleEvent): Promise<void> => rewritten(maps.get(model.uid)!, params);
  const change = async (event: LifecycleEvent): Promise<void> => {
    await ask(event);
    await seal(event);
  };
  return strapi.db.lifecycles.subscribe({
    models: [...maps.keys()],
    beforeCreate: seal,
    beforeCreateMany: seal,
    beforeUpdate: change,
    beforeUpdateMany: change,
    beforeFindOne: ask,
    beforeFindMany: ask,
    beforeCount: ask,
    beforeDelete: ask,
    beforeDeleteMany: ask,
  } as never) as () => void;
};
