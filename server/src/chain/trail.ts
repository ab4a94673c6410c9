import type { Core } from '@strapi/strapi';
import type { SegmentHead } from './checkpoint';

/** What a row has for its place in a chain. */
export interface ChainedColumns {
  recorded_at_ms: number;
  segment: string;
  /** Place in its segment, from 1. */
  seq: number;
  /** seq of the last row of the same group commit, which has the signature. */
  sealed_seq: number;
  previous_hash: Buffer;
  hash: Buffer;
  /** `<key id>.<signature>` */
  seal: string | null;
}

/** Where a chain lies: the tables of its rows, of its segments and of its checkpoints. */
export interface Trail {
  /** What its checkpoints say they are of; undefined: of consents. */
  of?: 'audit';
  rows: string;
  segments: string;
  checkpoints: string;
}

/** Drivers give large numbers as text and bytes as their own kinds. */
export const chainedFromDatabase = (row: Record<keyof ChainedColumns, unknown>): ChainedColumns => ({
  recorded_at_ms: Number(row.recorded_at_ms),
  segment: row.segment as string,
  seq: Number(row.seq),
  sealed_seq: Number(row.sealed_seq),
  previous_hash: Buffer.from(row.previous_hash as Uint8Array),
  hash: Buffer.from(row.hash as Uint8Array),
  seal: row.seal as string | null,
});

/** How far a segment has come; null if it has no row. */
export const headOf = async (
  strapi: Core.Strapi,
  { rows }: Trail,
  { segment, site }: Pick<SegmentHead, 'segment' | 'site'>,
): Promise<SegmentHead | null> => {
  const [row]: { seq: number | string; hash: Uint8Array }[] = await strapi.db
    .getConnection(rows)
    .where({ segment })
    .orderBy('seq', 'desc')
    .limit(1)
    .select('seq', 'hash');
  return row ? { segment, site, seq: Number(row.seq), hash: Buffer.from(row.hash).toString('base64url') } : null;
};
