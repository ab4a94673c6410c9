import type { Core } from '@strapi/strapi';
import type { ErasureItem } from '../../../contract';
import { getService } from '../get-service';
import type { ExportedEntry, Json, PersonalSource } from './sources';

const ABOUT = {
  type: 'consents',
  name: 'Consents',
  purpose: 'Proof of consent (GDPR, article 7 (1))',
  legalBasis: 'legal-obligation',
  retentionDays: null,
} as const;

/** The ledger, as a source of personal data: receipts go out, and erasure destroys whose they are. */
export const consentsSource = (strapi: Core.Strapi): PersonalSource => {
  const ledger = () => getService('ledger', { strapi }).stored().ofSubjects;
  const item = (entries: number): ErasureItem | null =>
    entries === 0
      ? null
      : {
          type: ABOUT.type,
          name: ABOUT.name,
          action: 'anonymise',
          entries,
          files: 0,
          replaced: ['subject', 'personal parts'],
          kept: [],
          reason: 'What is left proves that somebody consented, and tells of nobody',
        };
  return {
    async read({ subjectHashes }) {
      if ((await ledger().count(subjectHashes)) === 0) return null;
      async function* entries(): AsyncGenerator<ExportedEntry> {
        for await (const { id, recordedAt, receipt, jws } of ledger().receipts(subjectHashes))
          yield { id, locale: null, status: null, fields: { recordedAt, receipt: receipt as Json, jws }, files: [] };
      }
      return { ...ABOUT, columns: ['recordedAt', 'receipt', 'jws'], entries: entries() };
    },
    plan: async ({ subjectHashes }) => item(await ledger().count(subjectHashes)),
    erase: async ({ subjectHashes }, trx) => item(await ledger().erase(subjectHashes, trx)),
  };
};
