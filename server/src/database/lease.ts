import { randomUUID } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import type { OwnTable } from './own-tables';

/** Who does what only one instance is to do at a time, and until when nobody else does. */
export const LEASES = 'privacy_desk_leases';

export const leaseTables = (): OwnTable[] => [
  {
    name: LEASES,
    columns: ['name varchar(64) not null primary key', 'holder varchar(36) not null', 'until_ms bigint not null'],
  },
];

/** Another instance does the work by now. */
export class LeaseLost extends Error {
  constructor(name: string) {
    super(`Another instance has taken over: ${name}`);
  }
}

export interface Lease {
  /**
   * Keeps it for as long again.
   *
   * @throws LeaseLost if it ran out and another one took it
   */
  renew(): Promise<void>;
  /** Lets others have it. */
  release(): Promise<void>;
}

/**
 * Takes a lease for some time: what only one instance is to do at a time. An instance that ends without releasing it is
 * waited for until then.
 *
 * @returns null if another one, or another task of this process, has it
 */
export const takeLease = async (strapi: Core.Strapi, name: string, ms: number): Promise<Lease | null> => {
  const table = () => strapi.db.getConnection(LEASES);
  const holder = randomUUID();
  const extend = async (): Promise<boolean> => {
    const now = Date.now();
    const taken = await table()
      .where({ name })
      .where((free) => free.where({ holder }).orWhere('until_ms', '<', now))
      // Another value each time: MySQL counts only rows that changed.
      .update({ holder, until_ms: now + ms });
    return Number(taken) > 0;
  };
  await table().insert({ name, holder: '', until_ms: 0 }).onConflict('name').ignore();
  if (!(await extend())) return null;
  return {
    async renew() {
      if (!(await extend())) throw new LeaseLost(name);
    },
    async release() {
      await table().where({ name, holder }).update({ holder: '', until_ms: 0 });
    },
  };
};

/** Whether some instance has the lease. */
export const isLeased = async (strapi: Core.Strapi, name: string): Promise<boolean> => {
  const rows: unknown[] = await strapi.db
    .getConnection(LEASES)
    .where({ name })
    .where('until_ms', '>=', Date.now())
    .select('name');
  return rows.length > 0;
};
