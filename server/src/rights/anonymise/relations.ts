import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { qualified } from '../../database/own-tables';
import type { Target } from './targets';

const AT_ONCE = 1000;

const inPieces = async (ids: readonly number[], run: (some: number[]) => Promise<unknown>): Promise<void> => {
  for (let start = 0; start < ids.length; start += AT_ONCE) await run(ids.slice(start, start + AT_ONCE));
};

/** Cuts the relations of a target; it may be repeated. */
export const cutRelations = async (
  strapi: Core.Strapi,
  { table, relations }: Target,
  rows: Iterable<number> | null,
  connection: Knex = strapi.db.connection,
): Promise<void> => {
  for (const { cut } of relations) {
    const own = 'own' in cut;
    const [from, column] = own ? [table, 'id'] : [cut.table, cut.column];
    const rowsOf = () => connection(qualified(strapi, from));
    const sever = (query: ReturnType<typeof rowsOf>): Promise<unknown> =>
      Promise.resolve(own ? query.update({ [cut.own]: null }) : query.delete());
    if (rows === null) await sever(rowsOf());
    else await inPieces([...rows], (some) => sever(rowsOf().whereIn(column, some)));
  }
};
