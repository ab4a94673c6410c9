import type { Core } from '@strapi/strapi';
import type {
  ImportedChange,
  ImportPreview,
  StaleText,
  StorageEntryRow,
  TextChange,
  TranslatableText,
  TranslationFormat,
  TranslationRow,
  TranslationsQuery,
} from '../../../contract';
import { installedLocales } from '../catalogue/installed-locales';
import { lockDocument } from '../catalogue/lock-document';
import type { CatalogueUid } from '../constants';
import { validationError, type FieldProblem } from '../errors';
import { StaleSave } from '../http/versions';
import { isSiteText } from '../overview/completeness';
import { writeCsv } from './csv';
import type { FileProblem, TranslationFile } from './file';
import { UnreadableFile } from './file';
import { readTranslationFile } from './read-file';
import { createTranslationsReader, textVersion } from './reader';
import { readText, slotOf, storageOf, textsOf, uidOf, wordsOf, type TextRow } from './text-fields';
import { writeXliff } from './xliff';

interface Documents {
  update(params: { documentId: string; locale: string; data: Record<string, unknown> }): Promise<unknown>;
}

interface StoredRow extends TextRow {
  id: number;
  key: string;
  name: string | null;
}

/** A change with the text it is of. */
interface FoundChange extends TextChange {
  of: TranslatableText;
  value: unknown;
}

const MAX_PROBLEMS = 100;
const GONE = 'does not exist (any more)';

const placeholdersOf = (text: string): Set<string> => new Set(text.match(/\{\w+\}/g));

/** Placeholders that only one of the two has. */
const differingPlaceholders = ({ field, source }: TranslatableText, target: string): string[] => {
  if (!isSiteText(field)) return [];
  const [wanted, given] = [placeholdersOf(source), placeholdersOf(target)];
  return [...wanted].filter((name) => !given.has(name)).concat([...given].filter((name) => !wanted.has(name)));
};

const sameLocale = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** What the Translations page shows and changes. Texts are saved by the document service, so the catalogue's rules apply. */
export const createTranslationsService = ({ strapi }: { strapi: Core.Strapi }) => {
  const reader = createTranslationsReader(strapi);
  const documents = (uid: CatalogueUid) => strapi.documents(uid as never) as unknown as Documents;

  /** The rows of the entry that a text's id names, the one that is translated from first. */
  const rowsOf = async (id: string, locales: string[]): Promise<{ uid: CatalogueUid; rows: StoredRow[] } | null> => {
    const [type, key] = id.split(':', 2);
    const uid = Object.hasOwn(uidOf, type!) ? uidOf[type as keyof typeof uidOf] : null;
    if (!uid || !key) return null;
    const named: StoredRow[] = await strapi.db.query(uid).findMany({ where: { key }, orderBy: { id: 'asc' } });
    const first = named.find(({ locale }) => locale === locales[0]) ?? named[0];
    if (!first) return null;
    const rows: StoredRow[] = await strapi.db.query(uid).findMany({ where: { documentId: first.documentId } });
    return { uid, rows: rows.sort((a, b) => Number(b.id === first.id) - Number(a.id === first.id)) };
  };

  /** The data that the document service is given. */
  const dataOf = (changes: FoundChange[], source: StoredRow, own: StoredRow | undefined): Record<string, unknown> => {
    const data: Record<string, unknown> = {};
    const purposes = new Map<string, unknown>();
    for (const { of, value } of changes)
      if (of.field === 'purpose') purposes.set(slotOf(of).slice('purpose.'.length), value);
      else data[of.field] = value;
    // No language is without a name: until it is translated it is the one in the language translated from.
    if (!own) data.name ??= source.name;
    if (purposes.size > 0) {
      const said = new Map(storageOf(own).map(({ id, purpose }) => [id, purpose as unknown]));
      data.storage = storageOf(source).map(({ purpose: _, ...facts }): Partial<StorageEntryRow> => {
        const purpose = purposes.has(facts.id) ? purposes.get(facts.id) : said.get(facts.id);
        return purpose ? { ...facts, purpose: String(purpose) } : facts;
      });
    }
    return data;
  };

  const byEntry = (changes: TextChange[]): Map<string, TextChange[]> => {
    const groups = new Map<string, TextChange[]>();
    for (const change of changes) {
      const entry = change.id.split(':', 2).join(':');
      groups.set(entry, [...(groups.get(entry) ?? []), change]);
    }
    return groups;
  };

  /** What a file would change, and what is wrong with it. */
  const compare = (
    { texts, ...file }: TranslationFile,
    known: TranslationRow[],
    [sourceLocale, targetLocale]: [string, string],
  ): ImportPreview => {
    const problems: FileProblem[] = [];
    if (!sameLocale(file.sourceLocale, sourceLocale))
      problems.push({
        line: file.line,
        message: `is translated from “${file.sourceLocale}”, and the default language is “${sourceLocale}”`,
      });
    if (!sameLocale(file.targetLocale, targetLocale))
      problems.push({
        line: file.line,
        message: `is translated into “${file.targetLocale}”, and not “${targetLocale}”`,
      });
    const byId = new Map(known.map((row) => [row.id, row]));
    const seen = new Map<string, number>();
    const preview: ImportPreview = { changes: [], unchanged: 0, empty: 0 };
    for (const { id, source, target, version, line } of texts) {
      const row = byId.get(id);
      const first = seen.get(id);
      seen.set(id, line);
      if (!row) problems.push({ line, message: `the key “${id}” ${GONE}` });
      else if (first !== undefined)
        problems.push({ line, message: `the key “${id}” is there twice, first in line ${first}` });
      else if (target.trim() === '') preview.empty += 1;
      else if (target === row.target) preview.unchanged += 1;
      // Nobody has touched it in the file, and somebody has in Strapi.
      else if (version !== undefined && version === textVersion(target)) preview.unchanged += 1;
      else {
        const read = readText(row, target);
        if ('problem' in read) problems.push({ line, message: `“${id}”: ${read.problem}` });
        else preview.changes.push(changeOf(row, { source, target, version }));
      }
    }
    if (problems.length > 0) throw new UnreadableFile(problems.slice(0, MAX_PROBLEMS));
    return preview;
  };

  const changeOf = (
    { target: before, version: current, state: _state, shown: _shown, ...text }: TranslationRow,
    { source, target, version }: { source: string; target: string; version?: string },
  ): ImportedChange => ({
    ...text,
    before,
    after: target,
    version: current,
    conflict: version !== undefined && version !== current,
    sourceChanged: source !== text.source,
    placeholders: differingPlaceholders(text, target),
  });

  return {
    find: reader.find,
    matrix: reader.matrix,
    progress: reader.progress,

    /**
     * Saves translations into a locale, all or nothing. Returns how many there were; null if Strapi does not have the locale,
     * or translates from it.
     * @throws Strapi's validation error with the texts' ids as paths, StaleSave with `StaleText[]`
     */
    async save(locale: string, changes: TextChange[]): Promise<number | null> {
      const locales = (await installedLocales(strapi)).map(({ code }) => code);
      if (!locales.slice(1).includes(locale)) return null;
      const problems: FieldProblem[] = [];
      const stale: StaleText[] = [];
      const groups = [...byEntry(changes).values()];
      // Locks come before everything that is read in the transaction: MySQL goes on reading what there was at the first reading.
      const locked = new Map<string, CatalogueUid>();
      for (const [first] of groups) {
        const found = await rowsOf(first!.id, locales);
        if (found) locked.set(found.rows[0]!.documentId, found.uid);
      }
      await strapi.db.transaction(async ({ trx }) => {
        for (const [documentId, uid] of [...locked].sort(([x], [y]) => (x < y ? -1 : 1)))
          await lockDocument(strapi, uid, documentId, trx);
        for (const group of groups) {
          const found = await rowsOf(group[0]!.id, locales);
          if (!found || !locked.has(found.rows[0]!.documentId)) {
            problems.push(...group.map(({ id }) => ({ path: [id], message: GONE })));
            continue;
          }
          const { uid } = found;
          const [source, ...others] = found.rows;
          const { documentId, key, name } = source!;
          const entry = { uid, documentId, key, name: name ?? key, enabled: true };
          const texts = new Map(textsOf(strapi, entry, source!, source!.locale).map((text) => [text.id, text]));
          const own = [source!, ...others].find((row) => row.locale === locale);
          const words = wordsOf(uid, own);
          const accepted: FoundChange[] = [];
          for (const change of group) {
            const of = texts.get(change.id);
            const current = of ? (words.get(slotOf(of)) ?? '') : '';
            const version = textVersion(current);
            const read = of ? readText(of, change.text) : { problem: GONE };
            if ('problem' in read) problems.push({ path: [change.id], message: read.problem });
            else if (change.version !== undefined && change.version !== version)
              stale.push({ id: change.id, text: current, version });
            else accepted.push({ ...change, of: of!, value: read.value });
          }
          if (problems.length === 0 && stale.length === 0 && accepted.length > 0)
            await documents(uid).update({ documentId, locale, data: dataOf(accepted, source!, own) });
        }
        if (problems.length > 0) throw validationError(strapi, problems);
        if (stale.length > 0) throw new StaleSave(stale, '');
      });
      return changes.length;
    },

    /** A file for translators; null as `save`. */
    async export(locale: string, format: TranslationFormat, query: TranslationsQuery): Promise<string | null> {
      const [first] = await installedLocales(strapi);
      const rows = await reader.translations(locale, query);
      const write = format === 'csv' ? writeCsv : writeXliff;
      return rows && write(first!.code, locale, rows);
    },

    /**
     * What a file of translators would change; null as `save`. Changes nothing.
     * @throws UnreadableFile if anything is wrong with it
     */
    async preview(locale: string, bytes: Uint8Array): Promise<ImportPreview | null> {
      const [first] = await installedLocales(strapi);
      const rows = await reader.translations(locale, {});
      return rows && compare(readTranslationFile(bytes), rows, [first!.code, locale]);
    },
  };
};
