import type { Core } from '@strapi/strapi';
import type { SealedValues } from '../keys/service';
import { recordKeyContext } from './ingest';
import { SUBJECTS } from './tables';

const PAGE_ROWS = 500;

/** The keys of personal parts, for a rotation of the master key. */
export const recordKeys = (strapi: Core.Strapi): SealedValues => ({
  async reseal(activeKeyId, reseal) {
    const table = () => strapi.db.getConnection(SUBJECTS);
    let count = 0;
    for (;;) {
      const rows: { subject_hash: string; consent_id: string; sealed_key: string }[] = await table()
        .whereNotNull('sealed_key')
        .whereNot('sealed_key', 'like', `1.${activeKeyId.replace(/[_%\\]/g, '_')}.%`)
        .limit(PAGE_ROWS)
        .select('subject_hash', 'consent_id', 'sealed_key');
      for (const { subject_hash, consent_id, sealed_key } of rows)
        await table()
          .where({ subject_hash, consent_id })
          .update({ sealed_key: reseal(sealed_key, recordKeyContext(consent_id)) });
      count += rows.length;
      if (rows.length < PAGE_ROWS) return count;
    }
  },
});
