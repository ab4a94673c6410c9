import type { Core } from '@strapi/strapi';
import type { Knex } from 'knex';
import type {
  MapChange,
  MapEntry,
  MapEntryDetails,
  MappingSource,
  PersonalDataMap,
  StoredMapping,
  TypeMapping,
} from '../../../../contract';
import { pluginConfig } from '../../config';
import { createTables, qualified } from '../../database/own-tables';
import { validationError } from '../../errors';
import { getService } from '../../get-service';
import { requireCurrent, versionOf } from '../../http/versions';
import { mappableTypes, mappingProblems } from './check';
import { mapWarnings, ownerChoices, proposeMapping } from './detect';
import { generatorsFor } from './generators-that-fit';
import { fieldsOf, modelOf, USER_UID } from './paths';
import { mapTables, PERSONAL_DATA_MAP } from './tables';

/** What is said of a type, and by whom. */
interface Said {
  source: MappingSource;
  mapping: TypeMapping | null;
}

/** Users of users-permissions, unless the site says it otherwise. */
const USERS: TypeMapping = {
  owners: [{ user: '.' }],
  purpose: 'Accounts of users',
  legalBasis: 'contract',
  retentionDays: null,
  erasure: 'delete',
  fields: { username: 'username', email: 'email' },
};

const stored = (known: Said | undefined): StoredMapping => {
  const mapping = known?.mapping ?? null;
  return { mapping, ignored: known !== undefined && mapping === null };
};

/** Which content types hold data of whom, and what happens to them: the map that every right of a person is served by. */
export const createPersonalDataMapService = ({ strapi }: { strapi: Core.Strapi }) => {
  const table = (trx?: Knex.Transaction) =>
    trx ? trx(qualified(strapi, PERSONAL_DATA_MAP)) : strapi.db.getConnection(PERSONAL_DATA_MAP);
  const configured = () => pluginConfig(strapi).personalData;

  /** Read anew each time: another process may have changed it, and exports and erasures must not act on an old one. */
  const said = async (trx?: Knex.Transaction): Promise<Map<string, Said>> => {
    const all = new Map<string, Said>();
    if (modelOf(strapi, USER_UID)) all.set(USER_UID, { source: 'built-in', mapping: USERS });
    const rows: { uid: string; mapping: string | null }[] = await table(trx).select('uid', 'mapping');
    for (const { uid, mapping } of rows)
      all.set(uid, { source: 'admin', mapping: mapping === null ? null : (JSON.parse(mapping) as TypeMapping) });
    for (const [uid, mapping] of Object.entries(configured()))
      all.set(uid, { source: 'config', mapping: mapping || null });
    return all;
  };

  const entryOf = (uid: string, known: Said | undefined): MapEntry => {
    const model = modelOf(strapi, uid);
    const { mapping, ignored } = stored(known);
    return {
      uid,
      name: model?.info.displayName ?? uid,
      source: known?.source ?? null,
      ignored,
      mapping,
      problems: mapping ? mappingProblems(strapi, uid, mapping) : [],
      warnings: model && !ignored ? mapWarnings(strapi, uid, mapping) : [],
      proposal: model && !known ? proposeMapping(strapi, uid) : null,
    };
  };

  /** Changes what the panel says of a type, and has the audit trail say so; both or neither. */
  const changed = async (
    uid: string,
    version: string | undefined,
    after: TypeMapping | null,
    change: (trx: Knex.Transaction) => Promise<unknown>,
  ): Promise<void> => {
    await strapi.db.transaction(async ({ trx }) => {
      const current = stored((await said(trx)).get(uid));
      requireCurrent(version, current);
      await change(trx);
      await getService('audit', { strapi }).record(
        {
          action: 'personal-data.map',
          target: { type: uid },
          changes: [{ field: 'mapping', before: current.mapping, after, plain: true }],
        },
        trx,
      );
    });
  };

  const fail = (uid: string, message: string): Error =>
    validationError(strapi, [{ path: ['uid'], message: `${uid}: ${message}` }]);

  return {
    /**
     * Compares the config's map with the schemas.
     *
     * @throws Error that lists everything that is wrong with it
     */
    async start(): Promise<void> {
      await createTables(strapi, mapTables);
      const problems = Object.entries(configured()).flatMap(([uid, mapping]) =>
        mapping
          ? mappingProblems(strapi, uid, mapping).map(({ path, message }) =>
              [`personalData["${uid}"]`, ...(path === null ? [] : [path])].join(' → ').concat(`: ${message}`),
            )
          : modelOf(strapi, uid)
            ? []
            : [`personalData["${uid}"]: there is no content type ${uid}`],
      );
      if (problems.length > 0)
        throw new Error(
          `The personal-data map in the config of Privacy Desk does not fit this Strapi:\n${problems.join('\n')}`,
        );
      for (const entry of (await this.find()).types)
        if (entry.source === 'admin')
          for (const { path, message } of entry.problems)
            strapi.log.error(
              `Privacy Desk's personal-data map: ${entry.uid}${path === null ? '' : ` → ${path}`}: ${message}`,
            );
    },

    /** Whether a type is mapped, whoever says so. */
    async holdsPersonalData(uid: string): Promise<boolean> {
      const known = configured()[uid];
      if (known !== undefined) return Boolean(known);
      const read = (trx?: Knex.Transaction): Promise<{ mapping: string | null }[]> => {
        const query = strapi.db.getConnection(PERSONAL_DATA_MAP).where({ uid }).select('mapping');
        return Promise.resolve(trx ? query.transacting(trx) : query);
      };
      // SQLite has no second connection beside that of a transaction that Strapi has begun.
      const [row] = strapi.db.inTransaction()
        ? await strapi.db.transaction(({ trx }) => read(trx as unknown as Knex.Transaction))
        : await read();
      return row ? row.mapping !== null : uid === USER_UID;
    },

    /** Every type that could hold data of persons, and what is known of it. */
    async find(): Promise<PersonalDataMap> {
      const all = await said();
      const uids = [...new Set([...mappableTypes(strapi), ...all.keys()])].sort();
      return { types: uids.map((uid) => entryOf(uid, all.get(uid))) };
    },

    /** One type with what the editor of its mapping needs; null: there is no such type. */
    async findOne(uid: string): Promise<MapEntryDetails | null> {
      const all = await said();
      if (!mappableTypes(strapi).includes(uid) && !all.has(uid)) return null;
      return {
        ...entryOf(uid, all.get(uid)),
        fields: [...fieldsOf(strapi, uid)]
          .map(({ path, attribute }) => ({
            path,
            type: attribute.type,
            required: attribute.required === true,
            generators: generatorsFor(attribute),
          }))
          .filter(({ generators }) => generators.length > 0),
        owners: ownerChoices(strapi, uid),
        version: versionOf(stored(all.get(uid))),
      };
    },

    /**
     * The mapped types by uid, for those who act on them.
     *
     * @throws Error listing the problems while there are any: half a map would export and erase half
     */
    async usable(): Promise<Map<string, TypeMapping>> {
      const mapped = [...(await said())].flatMap(([uid, { mapping }]) => (mapping ? [[uid, mapping] as const] : []));
      const problems = mapped.flatMap(([uid, mapping]) =>
        mappingProblems(strapi, uid, mapping).map(({ path, message }) => ({
          path: [uid, ...(path === null ? [] : [path])],
          message,
        })),
      );
      if (problems.length > 0) throw validationError(strapi, problems);
      return new Map(mapped);
    },

    /**
     * Says what a type holds; null: no personal data.
     *
     * @throws StaleSave if somebody else has said something else meanwhile
     * @throws Strapi's validation error (400) if it does not fit the schemas, or if the config says it already
     */
    async save(uid: string, { version, mapping }: MapChange): Promise<void> {
      if (!mappableTypes(strapi).includes(uid)) throw fail(uid, 'is no content type that can be mapped');
      if (Object.hasOwn(configured(), uid)) throw fail(uid, 'is mapped in the config, and can only be changed there');
      const problems = mapping ? mappingProblems(strapi, uid, mapping) : [];
      if (problems.length > 0)
        throw validationError(
          strapi,
          problems.map(({ path, message }) => ({ path: path === null ? [] : ['fields', path], message })),
        );
      const row = { uid, mapping: mapping && JSON.stringify(mapping), changed_at_ms: Date.now() };
      await changed(uid, version, mapping, (trx) => table(trx).insert(row).onConflict('uid').merge());
    },

    /** Forgets what the panel said of a type. */
    async reset(uid: string): Promise<void> {
      await changed(uid, undefined, null, (trx) => table(trx).where({ uid }).delete());
    },
  };
};

export type PersonalDataMapService = ReturnType<typeof createPersonalDataMapService>;
