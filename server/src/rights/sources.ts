import type { Core } from '@strapi/strapi';
import type { ErasureItem, ExportedGroup } from '../../../contract';
import type { Person } from './person';

type Transaction = Parameters<Parameters<Core.Strapi['db']['connection']['transaction']>[0]>[0];

/** What an export writes: plain JSON values; `file` and `reference` as the writers know them. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** One entry of a person. */
export interface ExportedEntry {
  id: string;
  locale: string | null;
  /** null: its type knows no drafts. */
  status: 'draft' | 'published' | null;
  fields: Record<string, Json>;
  /** Files that belong to it. */
  files: ExportedFile[];
}

/** A media file, by its place in the archive. */
export interface ExportedFile {
  path: string;
  url: string;
  provider: string;
  /** In the upload plugin. Not its whole row: there may be as many files as entries, and they are kept until all are read. */
  id: number;
}

/** Entries of one type. */
export interface ReadableGroup extends ExportedGroup {
  /** Names of the columns in CSV; fields that are objects are taken apart: `address.city`. */
  columns: string[];
  entries: AsyncIterable<ExportedEntry>;
}

/** Personal data outside of content types, in tables of the plugin's own. */
export interface PersonalSource {
  /** null: there is nothing of the person. */
  read(person: Person): Promise<ReadableGroup | null>;
  /** What `erase` would do; null: nothing. */
  plan(person: Person): Promise<ErasureItem | null>;
  /** Erases within the transaction; can be called again. */
  erase(person: Person, trx: Transaction): Promise<ErasureItem | null>;
}

export type { Transaction };
