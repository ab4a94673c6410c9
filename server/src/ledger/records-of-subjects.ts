import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type { ConsentReceipt } from '../../../contract';
import { qualified } from '../database/own-tables';
import type { Place } from './place';
import type { Receipts } from './receipts';
import { CONSENT_COLUMNS, fromDatabase, type ConsentRow } from './record';
import { CONSENTS, SUBJECTS, TOMBSTONES } from './tables';

const PAGE = 500;

/** What the rights of a person reach in the ledger, by the keyed hashes of their subjects. */
export const createRecordsOfSubjects = (strapi: Core.Strapi, receipts: Receipts) => {
  const columns = CONSENT_COLUMNS.map((column) => `c.${column}`);
  const page = async (subjectHash: string, after: Place | null): Promise<ConsentRow[]> => {
    const query = strapi.db
      .getConnection(`${SUBJECTS} as s`)
      .join(`${qualified(strapi, CONSENTS)} as c`, (on) =>
        on.on('c.id', '=', 's.consent_id').andOn('c.decided_at_ms', '=', 's.decided_at_ms'),
      )
      .where({ 's.subject_hash': subjectHash });
    if (after)
      query
        .where('s.decided_at_ms', '>=', after.decidedAtMs)
        .where((where) =>
          where.where('s.decided_at_ms', '>', after.decidedAtMs).orWhere('s.consent_id', '>', after.id),
        );
    const rows = await query.orderBy('s.decided_at_ms').orderBy('s.consent_id').limit(PAGE).select(columns);
    return (rows as ConsentRow[]).map(fromDatabase);
  };

  return {
    /** Signed receipts of all their consents, oldest first. */
    async *receipts(subjectHashes: readonly string[]): AsyncGenerator<ConsentReceipt> {
      for (const hash of subjectHashes)
        for (let after: Place | null = null; ;) {
          const rows: ConsentRow[] = await page(hash, after);
          for (const row of rows) yield await receipts.make(row);
          if (rows.length < PAGE) break;
          const last = rows.at(-1)!;
          after = { decidedAtMs: last.decided_at_ms, id: last.id };
        }
    },

    async count(subjectHashes: readonly string[]): Promise<number> {
      if (subjectHashes.length === 0) return 0;
      const [counted]: { count: number | string }[] = await strapi.db
        .getConnection(SUBJECTS)
        .whereIn('subject_hash', [...subjectHashes])
        .count({ count: '*' });
      return Number(counted!.count);
    },

    /**
     * Destroys whose the consents are and the keys of their personal parts; the chain still verifies. A keyed hash remains,
     * so that a retry from a queue does not bring them back.
     *
     * @returns how many consents there were
     */
    async erase(subjectHashes: readonly string[], trx: Knex.Transaction): Promise<number> {
      let erased = 0;
      for (const hash of subjectHashes) {
        await trx(qualified(strapi, TOMBSTONES)).insert({ hash, erased_at_ms: Date.now() }).onConflict('hash').merge();
        erased += await trx(qualified(strapi, SUBJECTS)).where({ subject_hash: hash }).delete();
      }
      return erased;
    },
  };
};

export type RecordsOfSubjects = ReturnType<typeof createRecordsOfSubjects>;
