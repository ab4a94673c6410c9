import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Core } from '@strapi/strapi';
import type { Erasure, ErasureItem, ErasurePlan } from '../../../../contract';
import { getService } from '../../get-service';
import type { FollowUp } from '../erasure/service';
import { findPerson, type Person } from '../person';
import type { ExportedEntry, PersonalSource } from '../sources';
import type { RequestRow } from './row';
import type { RequestStore } from './store';

/** What is done with the data of who asks: the address is proved by the link, so it is what the person is found by. */
export const createPersonData = (strapi: Core.Strapi, store: RequestStore) => {
  /** @throws Error if the address is no longer stored */
  const personOf = (row: RequestRow): Promise<Person> => {
    const content = store.contentOf(row);
    if (!content) throw new Error(`The address of ${row.reference} is no longer stored`);
    return findPerson(strapi, { email: content.email });
  };
  const rights = () => getService('rights', { strapi });

  return {
    /** Sends everything as an attachment, as it is at this moment: no copy lies around. */
    async download(row: RequestRow, response: ServerResponse): Promise<void> {
      const { contentType, fileName, stream } = await rights().access.archive(await personOf(row), 'json', row.locale);
      response.writeHead(200, {
        'Content-Type': contentType,
        'Content-Disposition': `attachment; filename="${fileName}"`,
        'Cache-Control': 'no-store',
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
      });
      await pipeline(stream, response);
    },

    /** What erasure would do. */
    plan: async (row: RequestRow): Promise<ErasurePlan> => rights().erasures.plan(await personOf(row)),

    erase: async (row: RequestRow, followUp: FollowUp): Promise<Erasure> =>
      rights().erasures.erase(await personOf(row), 'data-request', followUp),
  };
};

export type PersonData = ReturnType<typeof createPersonData>;

const ABOUT = {
  type: 'data-requests',
  name: 'Data requests',
  purpose: 'Answering requests of persons in time (GDPR, article 12)',
  legalBasis: 'legal-obligation',
} as const;

/** The requests themselves, as a source of personal data: they go into exports, and erasure empties those that are closed. */
export const requestsSource = (
  store: RequestStore,
  hashOf: (email: string) => string,
  retentionDays: number,
): PersonalSource => {
  const hashes = ({ emails }: Person): string[] => emails.map(hashOf);
  const item = (entries: number): ErasureItem | null =>
    entries === 0
      ? null
      : {
          type: ABOUT.type,
          name: ABOUT.name,
          action: 'anonymise',
          entries,
          files: 0,
          replaced: ['email', 'message', 'notes'],
          kept: [],
          reason: 'What is left proves that a request was answered in time, and names nobody',
        };
  return {
    async read(person) {
      const rows = await store.ofAddresses(hashes(person));
      if (rows.length === 0) return null;
      const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
      async function* entries(): AsyncGenerator<ExportedEntry> {
        for (const row of rows) {
          const content = store.contentOf(row);
          yield {
            id: row.reference,
            locale: row.locale,
            status: null,
            fields: {
              type: row.type,
              state: row.state,
              site: row.site,
              receivedAt: iso(row.received_at_ms),
              dueAt: iso(row.due_at_ms),
              closedAt: iso(row.closed_at_ms),
              email: content?.email ?? null,
              message: content?.message ?? null,
            },
            files: [],
          };
        }
      }
      const columns = ['type', 'state', 'site', 'receivedAt', 'dueAt', 'closedAt', 'email', 'message'];
      return { ...ABOUT, retentionDays, columns, entries: entries() };
    },
    plan: async (person) => item(await store.countClosedWithContent(hashes(person))),
    erase: async (person, trx) => item(await store.forgetClosed(hashes(person), trx)),
  };
};
