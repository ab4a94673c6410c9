import type { Core } from '@strapi/strapi';
import type { Randomness } from '../../generators';
import { scrambled } from '../../generators/shape';
import { ORIGINALS, PROGRESS } from '../tables';
import { createFinder, type Certainty } from './originals';
import { isCertain, scanTable, type Change, type Place, type Replaced } from './scan';
import { textTables } from './text-columns';

/** Originals that are looked for at once, with about 100 MiB; more of them are looked for one pass after the other. */
const MOST_AT_ONCE = 4_000_000;
/** Places that are told; there may be more. */
const MOST_PLACES = 10_000;
/** A text that stands in so many places is no secret: “Thank you!” */
const COMMON = 100;

/** What the check found. */
export interface CheckReport {
  /** Different originals that were looked for. */
  originals: number;
  /** Rows that were looked through. */
  rows: number;
  /** Where originals still are. */
  leftovers: Place[];
  /** Beyond those that are listed. */
  more: number;
  /** Short or common values, names and places, by column: a person has to tell whether they are chance. */
  possible: { table: string; column: string; cells: number }[];
  /** Cells in which leftovers were replaced, too. */
  scrubbed: number;
}

/**
 * Looks for originals in the whole database, in tables that nobody mapped, too, and in texts of any kind.
 *
 * @param scrub what is found is replaced by letters and digits of the same shape
 */
export const checkLeftovers = async (
  strapi: Core.Strapi,
  key: Buffer,
  { count, all }: { count: number; all: AsyncIterable<Buffer> },
  replaced: Replaced,
  { scrub, onRows }: { scrub: Randomness | null; onRows: (table: string, rows: number) => void },
): Promise<CheckReport> => {
  const report: CheckReport = { originals: 0, rows: 0, leftovers: [], more: 0, possible: [], scrubbed: 0 };
  const possible = new Map<string, { table: string; column: string; cells: number }>();
  const texts = new Map<number, Place[]>();
  const cells = new Map<number, number>();
  const seen = new Set<string>();

  const tell = (place: Place): void => {
    const name = `${place.table} ${place.column} ${place.id}`;
    if (seen.has(name)) return;
    if (report.leftovers.length < MOST_PLACES) {
      seen.add(name);
      report.leftovers.push(place);
    } else report.more += 1;
  };
  const mayBe = ({ table, column }: Place): void => {
    const name = `${table} ${column}`;
    const known = possible.get(name) ?? { table, column, cells: 0 };
    possible.set(name, known);
    known.cells += 1;
  };
  const change: Change | null =
    scrub &&
    ((text, found) => {
      let made = text;
      for (const { from, to } of found.filter(isCertain)) {
        // Never half of a character.
        const end = /[\udc00-\udfff]/.test(made[to] ?? '') ? to + 1 : to;
        made = made.slice(0, from) + scrambled(made.slice(from, end), 'leftover', scrub) + made.slice(end);
      }
      return made;
    });

  const tables = (await textTables(strapi)).filter(({ name }) => name !== ORIGINALS && name !== PROGRESS);
  const pass = async (finder: ReturnType<typeof createFinder>): Promise<void> => {
    report.originals += finder.size;
    for (const table of tables)
      for await (const { found, changed, ...place } of scanTable(strapi, finder, table, replaced, change, (rows) => {
        report.rows += rows;
        onRows(table.name, rows);
      })) {
        const kinds = new Set<Certainty>(found.map(({ certainty }) => certainty));
        if (changed) report.scrubbed += 1;
        else if (kinds.has('certain')) tell(place);
        else if (kinds.has('text'))
          for (const { hash, certainty } of found) {
            if (certainty !== 'text') continue;
            cells.set(hash, (cells.get(hash) ?? 0) + 1);
            const places = texts.get(hash) ?? [];
            texts.set(hash, places);
            if (places.length <= COMMON) places.push(place);
          }
        else mayBe(place);
      }
  };

  let finder: ReturnType<typeof createFinder> | null = null;
  for await (const bytes of all) {
    finder ??= createFinder(key, Math.min(count, MOST_AT_ONCE));
    finder.add(bytes);
    if (!finder.full) continue;
    await pass(finder);
    finder = null;
  }
  if (finder) await pass(finder);

  for (const [hash, places] of texts)
    if (cells.get(hash)! > COMMON) for (const place of places) mayBe(place);
    else places.forEach(tell);
  report.possible = [...possible.values()];
  return report;
};
