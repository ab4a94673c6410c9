import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import { qualified } from '../database/own-tables';
import { keyedHash } from '../keys/keyed-hash';
import type { SealingKey } from '../keys/seal';
import type { KeyRing, SealedValues } from '../keys/service';
import { PEOPLE } from './tables';

const PAGE_ROWS = 500;
const ERASED = 'erased';

interface PersonRow {
  ref: string;
  person_hash: string;
  sealed_key: string;
}

/** Somebody or something that entries name: by what, and the key that opens the names. */
export interface Person {
  ref: string;
  key: SealingKey;
}

/** Binds a key to its reference and to whose it is: rows that were swapped do not open. */
const keyContext = (ref: string, personHash: string): string => `audit person ${ref} ${personHash}`;
/** Only who has the master key can say that somebody was erased. */
const erasedContext = (ref: string): string => `audit person ${ref} erased`;

/**
 * Keys per person. One may have several: two processes that meet somebody at the same moment do not wait for each other,
 * and make two.
 */
export const createPeople = (strapi: Core.Strapi, keyRing: KeyRing, hashKey: Buffer) => {
  const table = (connection: Knex) => connection(qualified(strapi, PEOPLE));
  const opened = ({ ref, person_hash, sealed_key }: PersonRow): Person => ({
    ref,
    key: keyRing.openKey(sealed_key, keyContext(ref, person_hash)),
  });

  return {
    /** Whom a type and an id name. */
    hashOf: (type: string, id: string | number): string => keyedHash(hashKey, 'audit person', `${type}\n${id}`),

    /** The keys of these, made where there is none, in the caller's transaction. */
    async keysOf(hashes: readonly string[], trx: Knex): Promise<Map<string, Person>> {
      const people = new Map<string, Person>();
      if (hashes.length === 0) return people;
      const known: PersonRow[] = await table(trx)
        .whereIn('person_hash', [...new Set(hashes)])
        .orderBy('created_at_ms')
        .orderBy('ref')
        .select('ref', 'person_hash', 'sealed_key');
      for (const row of known) if (!people.has(row.person_hash)) people.set(row.person_hash, opened(row));
      const made: PersonRow[] = [];
      for (const person_hash of hashes) {
        if (people.has(person_hash)) continue;
        const ref = randomBytes(16).toString('base64url');
        const { key, sealed } = keyRing.createKey(keyContext(ref, person_hash));
        people.set(person_hash, { ref, key });
        made.push({ ref, person_hash, sealed_key: sealed });
      }
      if (made.length > 0)
        await table(trx).insert(made.map((row) => ({ ...row, created_at_ms: Date.now(), erased_at_ms: null })));
      return people;
    },

    /** All references under which these are known. */
    async refsOf(hashes: readonly string[]): Promise<string[]> {
      const rows: { ref: string }[] = await table(strapi.db.connection).whereIn('person_hash', hashes).select('ref');
      return rows.map(({ ref }) => ref);
    },

    /** All references of whom this one is of; none if nobody has it. */
    async refsLike(ref: string): Promise<string[]> {
      const [row]: { person_hash: string }[] = await table(strapi.db.connection).where({ ref }).select('person_hash');
      return row ? this.refsOf([row.person_hash]) : [];
    },

    /** The keys behind references: of those that were erased there is none, and null of those that cannot be opened. */
    async byRef(refs: readonly string[]): Promise<Map<string, SealingKey | null>> {
      if (refs.length === 0) return new Map();
      const rows: PersonRow[] = await table(strapi.db.connection)
        .whereIn('ref', [...new Set(refs)])
        .whereNull('erased_at_ms')
        .select('ref', 'person_hash', 'sealed_key');
      return new Map(
        rows.map((row) => {
          try {
            return [row.ref, opened(row).key];
          } catch {
            return [row.ref, null];
          }
        }),
      );
    },

    /**
     * Destroys the keys of these, and what leads to the references.
     *
     * @returns how many references there were
     */
    async erase(hashes: readonly string[], trx: Knex): Promise<number> {
      const rows: { ref: string }[] = await table(trx).whereIn('person_hash', hashes).select('ref');
      for (const { ref } of rows)
        await table(trx)
          .where({ ref })
          .update({
            person_hash: randomBytes(16).toString('base64url'),
            sealed_key: keyRing.seal(ERASED, erasedContext(ref)),
            erased_at_ms: Date.now(),
          });
      return rows.length;
    },

    /**
     * Destroys the keys of everybody; it may be repeated.
     *
     * @returns how many references there were
     */
    async eraseAll(): Promise<number> {
      for (let count = 0; ;) {
        const rows: { person_hash: string }[] = await table(strapi.db.connection)
          .whereNull('erased_at_ms')
          .limit(PAGE_ROWS)
          .select('person_hash');
        if (rows.length === 0) return count;
        await strapi.db.connection.transaction(async (trx) => {
          count += await this.erase(
            rows.map(({ person_hash }) => person_hash),
            trx,
          );
        });
      }
    },

    /** Pages through all of them; `intact`: the row is as this key ring wrote it. */
    async *all(): AsyncGenerator<{ ref: string; intact: boolean }> {
      for (let after = ''; ;) {
        const rows: (PersonRow & { erased_at_ms: number | string | null })[] = await table(strapi.db.connection)
          .where('ref', '>', after)
          .orderBy('ref')
          .limit(PAGE_ROWS)
          .select('ref', 'person_hash', 'sealed_key', 'erased_at_ms');
        for (const row of rows) {
          let intact = true;
          try {
            if (row.erased_at_ms === null) opened(row);
            else intact = keyRing.open(row.sealed_key, erasedContext(row.ref)).toString() === ERASED;
          } catch {
            intact = false;
          }
          yield { ref: row.ref, intact };
        }
        if (rows.length < PAGE_ROWS) return;
        after = rows.at(-1)!.ref;
      }
    },

    /** For a rotation of the master key. */
    sealedValues: {
      async reseal(activeKeyId, reseal) {
        let count = 0;
        for (;;) {
          const rows: (PersonRow & { erased_at_ms: number | string | null })[] = await table(strapi.db.connection)
            .whereNot('sealed_key', 'like', `1.${activeKeyId.replace(/[_%\\]/g, '_')}.%`)
            .limit(PAGE_ROWS)
            .select('ref', 'person_hash', 'sealed_key', 'erased_at_ms');
          for (const { ref, person_hash, sealed_key, erased_at_ms } of rows)
            await table(strapi.db.connection)
              .where({ ref, sealed_key })
              .update({
                sealed_key: reseal(
                  sealed_key,
                  erased_at_ms === null ? keyContext(ref, person_hash) : erasedContext(ref),
                ),
              });
          count += rows.length;
          if (rows.length < PAGE_ROWS) return count;
        }
      },
    } satisfies SealedValues,
  };
};

export type People = ReturnType<typeof createPeople>;
