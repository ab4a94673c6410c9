import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { isUniqueViolation } from '../../database/conflict';
import { dialectOf, qualified } from '../../database/own-tables';
import { runStatements } from '../../database/raw-insert';
import type { Replace } from '../generators';
import { createBatchUpdate, type ChangedRow } from './batch-update';
import { replaceCell, textsOf } from './cells';
import type { IdSet } from './ids';
import type { Collector } from './leftovers/originals';
import type { Progress, StepState } from './progress';
import type { Target } from './targets';

/** Beyond that many, a column has no room for as many different values. */
const MOST_ATTEMPTS = 200;

/** Of each column. */
const MOST_RECENT = 5000;

type Row = Record<string, unknown> & { id: number };

/** What a run works with. */
export interface Workshop {
  strapi: Core.Strapi;
  replace: Replace;
  /** null: nothing is looked for afterwards. */
  collector: Collector | null;
  progress: Progress;
  batchRows: number;
  /** @param rows done of this step so far */
  report(step: string, rows: number): void;
}

/**
 * Gives the columns of a target their replacements, in batches by id. While the database writes one, the next one is read and
 * made. Each batch commits together with how far it is, so no value is replaced twice: that would be another replacement.
 *
 * @param rows which of the table's rows; null: all
 */
export const replaceRows = async (
  { strapi, replace, collector, progress, batchRows, report }: Workshop,
  { id: step, table, columns }: Target,
  rows: IdSet | null,
): Promise<void> => {
  if (columns.length === 0 || rows?.size === 0) return;
  const { client } = dialectOf(strapi);
  const { connection } = strapi.db;
  const names = columns.map(({ column }) => column);
  const statementsFor = createBatchUpdate(strapi, table, columns);
  let state: StepState = await progress.stateOf(step);
  if (state.done) return;

  const read = (after: number): Promise<Row[]> =>
    connection(qualified(strapi, table))
      .where('id', '>', after)
      .orderBy('id')
      .limit(batchRows)
      .select('id', ...names) as unknown as Promise<Row[]>;
  // Most values of a column come again soon: cities, the addresses of regular customers.
  const recent = columns.map(() => new Map<string, unknown>());
  const firstReplacement = (index: number, raw: unknown): unknown => {
    const target = columns[index]!;
    // What is encrypted looks different each time.
    if (typeof raw !== 'string' || target.codec) return replaceCell(replace, client, target, raw, 0);
    const known = recent[index]!.get(raw);
    if (known !== undefined) return known;
    if (recent[index]!.size >= MOST_RECENT) recent[index]!.clear();
    const made = replaceCell(replace, client, target, raw, 0);
    recent[index]!.set(raw, made);
    return made;
  };
  const changed = (row: Row, attempt = 0): ChangedRow => ({
    id: Number(row.id),
    values: columns.map((target, index) => {
      const { attribute, column } = target;
      const isTried = attempt > 0 && (attribute.unique || !columns.some((other) => other.attribute.unique));
      return isTried
        ? replaceCell(replace, client, target, row[column], attempt)
        : firstReplacement(index, row[column]);
    }),
  });
  const remember = (row: Row): void => {
    for (const target of columns)
      textsOf(row[target.column], target, (text) => collector!.add({ text, generator: target.generator }));
  };

  /** For where a replacement is another row's value: one by one, so that it is always the later row that gives way. */
  const writeEach = async (trx: Knex.Transaction, some: readonly Row[]): Promise<void> => {
    for (const row of some)
      for (let attempt = 0; ; attempt++)
        try {
          await trx.transaction((savepoint) => runStatements(savepoint, statementsFor([changed(row, attempt)])));
          break;
        } catch (error) {
          if (!isUniqueViolation(error) || attempt === MOST_ATTEMPTS) throw error;
        }
  };
  const write = async (some: readonly Row[], values: readonly ChangedRow[], next: StepState, hashes: Buffer | null) => {
    const within = (change: (trx: Knex.Transaction) => Promise<void>): Promise<void> =>
      connection.transaction(async (trx) => {
        await change(trx);
        await progress.advance(trx, step, next, hashes);
      });
    try {
      await within((trx) => runStatements(trx, values.length > 0 ? statementsFor(values) : []));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      await within((trx) => writeEach(trx, some));
    }
    report(step, next.rows);
  };

  let writing = Promise.resolve();
  let reading = read(state.lastId);
  for (;;) {
    const page = await reading;
    if (page.length === 0) break;
    const lastId = Number(page.at(-1)!.id);
    reading = read(lastId);
    // Awaited below, or not any more if writing fails.
    reading.catch(() => {});
    const some = rows === null ? page : page.filter(({ id }) => rows.has(Number(id)));
    const values = some.map((row) => changed(row));
    if (collector) some.forEach(remember);
    const hashes = collector?.take() ?? null;
    state = { lastId, rows: state.rows + some.length, done: false };
    await writing;
    writing = write(some, values, state, hashes);
    writing.catch(() => {});
  }
  await writing;
  await progress.advance(connection, step, { ...state, done: true }, null);
};
