import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { createTables, qualified } from '../../database/own-tables';
import { RECORD_BYTES, type Share } from './leftovers/originals';
import { anonymisationTables, ORIGINALS, PROGRESS } from './tables';

/** What a run was started with; the same when it is resumed. */
export interface RunState {
  /** What the seed became; without one given, random. */
  key: string;
  /** Tells another map or other options from those the run began with. */
  plan: string;
  /** What is remembered of originals; null: nothing. */
  share: Share | null;
  startedAtMs: number;
}

/** How far a step is. */
export interface StepState {
  lastId: number;
  rows: number;
  done: boolean;
}

const RUN = '(run)';
const NOT_BEGUN: StepState = { lastId: 0, rows: 0, done: false };

/** How far a run has come: written in the transactions of what was done, so that it is neither done twice nor left out. */
export const createProgress = (strapi: Core.Strapi) => {
  const table = (connection: Knex, name = PROGRESS) => connection(qualified(strapi, name));
  const read = async <State>(step: string): Promise<State | null> => {
    const row: { state: string } | undefined = await table(strapi.db.connection).where({ step }).first('state');
    return row ? (JSON.parse(row.state) as State) : null;
  };
  const write = (connection: Knex, step: string, state: object): Promise<unknown> =>
    table(connection)
      .insert({ step, state: JSON.stringify(state) })
      .onConflict('step')
      .merge();

  return {
    /** The run that was interrupted; null: there is none. */
    async interrupted(): Promise<RunState | null> {
      if (!(await strapi.db.getSchemaConnection().hasTable(PROGRESS))) return null;
      return read<RunState>(RUN);
    },
    async begin(state: RunState): Promise<void> {
      await createTables(strapi, anonymisationTables);
      await write(strapi.db.connection, RUN, state);
    },
    stateOf: async (step: string): Promise<StepState> => (await read<StepState>(step)) ?? NOT_BEGUN,

    /** To be called in the transaction of what was done. */
    async advance(connection: Knex, step: string, state: StepState, hashes: Buffer | null): Promise<void> {
      await write(connection, step, state);
      if (hashes && hashes.length > 0)
        await table(connection, ORIGINALS).insert({ step, last_id: state.lastId, hashes });
    },

    /** How many originals are remembered; the same one may be so more than once. */
    async countOriginals(): Promise<number> {
      const [row] = await table(strapi.db.connection, ORIGINALS).select(
        strapi.db.connection.raw('sum(length(hashes)) as bytes'),
      );
      return Number((row as { bytes: number | string | null }).bytes ?? 0) / RECORD_BYTES;
    },

    /** What was remembered of originals, bit by bit. */
    async *originals(): AsyncGenerator<Buffer> {
      for (let after: { step: string; last_id: number } | null = null; ;) {
        const query = table(strapi.db.connection, ORIGINALS).orderBy(['step', 'last_id']).limit(20);
        const rows: { step: string; last_id: number; hashes: Buffer }[] = await (after
          ? query.whereRaw('(step, last_id) > (?, ?)', [after.step, after.last_id])
          : query);
        for (const { hashes } of rows) yield hashes;
        if (rows.length < 20) return;
        const last: { step: string; last_id: number } = rows.at(-1)!;
        after = { step: last.step, last_id: last.last_id };
      }
    },

    /** Forgets it all: the key with it, so that nothing leads back to the originals. */
    async end(): Promise<void> {
      for (const name of [ORIGINALS, PROGRESS]) await strapi.db.getSchemaConnection().dropTableIfExists(name);
    },
  };
};
export type Progress = ReturnType<typeof createProgress>;

export const newKey = (): string => randomBytes(32).toString('base64');
