import type { Core } from '@strapi/strapi';
import { qualified } from '../database/own-tables';
import { getService } from '../get-service';
import { recordHash } from './ingest';
import { CONSENT_COLUMNS, fromDatabase, type ConsentRow } from './record';
import { CONSENTS, SUBJECTS, TOMBSTONES } from './tables';
import type { TokenScope } from './token';

/** A history is answered as a whole; nobody decides more often. */
const MOST_RECORDS = 1000;

/** What those who hold a receipt token may do with the records it opens. */
export const createSubjectAccess = (strapi: Core.Strapi, hashKey: Buffer) => {
  const db = () => strapi.db.connection;
  const columns = CONSENT_COLUMNS.map((column) => `c.${column}`);

  /** Whose consents, by the row that says so. */
  const owned = (narrow: Record<string, string>) =>
    strapi.db
      .getConnection(`${SUBJECTS} as s`)
      .join(`${qualified(strapi, CONSENTS)} as c`, (on) =>
        on.on('c.id', '=', 's.consent_id').andOn('c.decided_at_ms', '=', 's.decided_at_ms'),
      )
      .where(narrow)
      .orderBy('s.decided_at_ms', 'desc')
      .limit(MOST_RECORDS)
      .select(columns);

  return {
    /** The consents that a token opens, the latest first; none once they are erased. */
    async read({ history, id, decidedAtMs, subjectHash }: TokenScope): Promise<ConsentRow[]> {
      let rows: ConsentRow[];
      if (subjectHash !== null)
        rows = await owned({ 's.subject_hash': subjectHash, ...(!history && { 's.consent_id': id }) });
      else {
        const erased: unknown[] = await strapi.db
          .getConnection(TOMBSTONES)
          .where({ hash: recordHash(hashKey, id) })
          .select('hash');
        if (erased.length > 0) return [];
        rows = await strapi.db
          .getConnection(`${CONSENTS} as c`)
          .where({ 'c.id': id, 'c.decided_at_ms': decidedAtMs })
          .select(columns);
      }
      return rows.map(fromDatabase);
    },

    /**
     * Erases what a token opens: whose the consents are, and the keys of their personal parts. What is left tells of nobody,
     * and the chain still verifies. A keyed hash remains, so that a retry from a queue does not bring it back.
     */
    async erase({ history, id, subjectHash }: TokenScope): Promise<void> {
      const record = recordHash(hashKey, id);
      const tombstone = history && subjectHash !== null ? subjectHash : record;
      await db().transaction(async (trx) => {
        const erased_at_ms = Date.now();
        await trx(qualified(strapi, TOMBSTONES)).insert({ hash: tombstone, erased_at_ms }).onConflict('hash').merge();
        const owners = trx(qualified(strapi, SUBJECTS));
        const erased = await owners
          .where(
            subjectHash === null
              ? { subject_hash: record }
              : { subject_hash: subjectHash, ...(!history && { consent_id: id }) },
          )
          .delete();
        // Whose they were is what was erased. Once more is nothing more.
        if (Number(erased) > 0)
          await getService('audit', { strapi }).record(
            {
              action: 'consent.erasure',
              actor: { type: 'visitor' },
              detail: { consents: Number(erased) },
              request: { method: 'DELETE', route: '/consents' },
            },
            trx,
          );
      });
    },
  };
};

export type SubjectAccess = ReturnType<typeof createSubjectAccess>;
