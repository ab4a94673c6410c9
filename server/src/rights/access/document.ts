import type { ExportedGroup } from '../../../../contract';
import type { ExportedEntry, ExportedFile, Json, ReadableGroup } from '../sources';

/** An export before it is written: what it is, and everything of the person. */
export interface ExportDocument {
  head: Record<string, Json>;
  groups: AsyncIterable<ReadableGroup>;
}

/** Entries of a group that the summary shows. */
const SHOWN = 25;

/** What is seen while an export is written, for the summary and the files that come after it. */
export interface Seen {
  groups: (ExportedGroup & { count: number; shown: ExportedEntry[] })[];
  files: Map<string, ExportedFile>;
}

/** Lets a document be written and notes what goes by. */
export const watched = (document: ExportDocument): { document: ExportDocument; seen: Seen } => {
  const seen: Seen = { groups: [], files: new Map() };
  async function* groups(): AsyncGenerator<ReadableGroup> {
    for await (const group of document.groups) {
      const { type, name, purpose, legalBasis, retentionDays } = group;
      const noted: Seen['groups'][number] = { type, name, purpose, legalBasis, retentionDays, count: 0, shown: [] };
      seen.groups.push(noted);
      async function* entries(): AsyncGenerator<ExportedEntry> {
        for await (const entry of group.entries) {
          noted.count += 1;
          if (noted.shown.length < SHOWN) noted.shown.push(entry);
          for (const file of entry.files) seen.files.set(file.path, file);
          yield entry;
        }
      }
      yield { ...group, entries: entries() };
    }
  }
  return { document: { head: document.head, groups: groups() }, seen };
};
