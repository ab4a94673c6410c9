import { AsyncResource } from 'node:async_hooks';
import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';
import { JSON_MASK, MASK, type RevealAnswer, type RevealRequest } from '../../../contract';
import { failureName } from '../failure-name';
import { getService } from '../get-service';
import { columnValue, readJson } from './columns';
import { guardContentApi } from './content-api';
import { guardContentManager, repairConfigurations } from './content-manager';
import { guardDatabase } from './database';
import { createFieldsMiddleware } from './documents';
import { encryptExisting, findPlain, type EncryptedField } from './encrypt-existing';
import { prepareSchema, type EncryptedAttribute, type Schema } from './encrypted-attribute';
import { maskEvents } from './events';
import { createFieldMaps, eachValue, type Entry, type FieldMap, type FieldMaps } from './map';
import { createConditions } from './query';
import { reveal } from './reveal';
import { createSealedFields } from './reseal';
import { createSearchIndexes } from './search-indexes';
import { createFieldCipher, isStored, type FieldCipher } from './sealed-value';

const BLIND_INDEX_SECRET = 'fields.blind-index';
/** A field that cannot be opened says so this often at most. */
const COMPLAINT_MS = 60_000;

/** What an encrypted attribute's column holds, as plain values. */
export interface ColumnCodec {
  /** @throws Error if no key opens it */
  open(column: unknown): unknown;
  seal(value: unknown): string;
}

/** Encryption at rest of the site's own fields. */
export const createFieldsService = ({ strapi }: { strapi: Core.Strapi }) => {
  let maps: FieldMaps = new Map();
  let attributes: EncryptedAttribute[] = [];
  let cipher: FieldCipher | undefined;
  let opening: Promise<FieldCipher> | undefined;
  const complainedAt = new Map<string, number>();
  // What is found while somebody reads is recorded apart from what they do, and from its transaction.
  const outside = new AsyncResource('privacy-desk.fields');

  /** Somebody may read or write before our own bootstrap: then the key ring is opened for them. */
  const openCipher = async (): Promise<FieldCipher> => {
    const keyRing = getService('keyRing', { strapi });
    if (!keyRing.isOpen()) await keyRing.start();
    cipher = createFieldCipher(keyRing, await keyRing.secret(BLIND_INDEX_SECRET));
    return cipher;
  };
  const ready = (): Promise<FieldCipher> => {
    opening ??= openCipher().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
  const tools = async () => {
    const opened = await ready();
    return { cipher: opened, conditions: createConditions(opened.blindIndex) };
  };

  const complain = ({ uid, name }: EncryptedAttribute, error: unknown): void => {
    const field = `${uid}.${name}`;
    if (Date.now() - (complainedAt.get(field) ?? -Infinity) < COMPLAINT_MS) return;
    complainedAt.set(field, Date.now());
    strapi.log.error(
      `Privacy Desk cannot open an encrypted value of ${field}, which is answered with null: ${(error as Error).message}`,
    );
    const event = {
      action: 'field.unreadable',
      target: { type: uid },
      outcome: 'failed',
      detail: { field: name },
    } as const;
    void outside
      .runInAsyncScope(() => getService('audit', { strapi }).record({ ...event, actor: { type: 'system' } }))
      .catch((failure: unknown) =>
        strapi.log.error(`Privacy Desk cannot record this in the audit trail: ${failureName(failure)}`),
      );
  };

  const openWith =
    (opened: FieldCipher) =>
    (attribute: EncryptedAttribute, entry: Entry, value: unknown): void => {
      try {
        entry[attribute.name] = opened.read(attribute, value);
      } catch (error) {
        entry[attribute.name] = null;
        complain(attribute, error);
      }
    };

  const openAll = (map: FieldMap, entry: Entry): Promise<void> | void => {
    if (!cipher) return ready().then((opened) => eachValue(maps, map, entry, openWith(opened)));
    eachValue(maps, map, entry, openWith(cipher));
  };

  const maskAll = (map: FieldMap, entry: Entry, mask: string | null): void =>
    eachValue(maps, map, entry, ({ name, kind }, holder) => {
      holder[name] = mask === MASK && kind === 'encrypted-json' ? JSON_MASK : mask;
    });

  return {
    /** Before the database is there: what the schemas say of encrypted fields, and the gates around the database. */
    register(): void {
      const schemas = [
        ...Object.values(strapi.contentTypes),
        ...Object.values(strapi.components),
      ] as unknown as Schema[];
      maps = createFieldMaps(schemas);
      attributes = [...maps.values()].flatMap((map) => map.attributes);
      if (attributes.length === 0) return;
      schemas.forEach(prepareSchema);
      guardDatabase(strapi, { maps, tools });
      guardContentApi(strapi, { maps, openAll, maskAll });
      maskEvents(strapi, { maps, maskAll });
    },

    /** With the key ring open. */
    async start(): Promise<void> {
      if (attributes.length === 0) return;
      await ready();
      // Registered late, it is the innermost: the site's own middlewares see plain text.
      strapi.documents.use(createFieldsMiddleware(strapi, { maps, openAll }));
      guardContentManager(strapi, { maps, maskAll });
      await repairConfigurations(strapi, maps);
      await createSearchIndexes(strapi, attributes);
      getService('keyRing', { strapi }).addSealedValues(createSealedFields(strapi, maps, attributes));
      const plain = await findPlain(strapi, attributes);
      if (plain.length > 0)
        strapi.log.warn(
          `Privacy Desk: ${plain.map(({ uid, name }) => `${uid}.${name}`).join(', ')} still ${plain.length === 1 ? 'has' : 'have'} values from before the field was encrypted. Run "npx privacy-desk encrypt-fields".`,
        );
    },

    /** Where the encrypted values of a type are; undefined where there are none. */
    mapOf: (uid: string): FieldMap | undefined => maps.get(uid),

    /** Opens what `strapi.db.query` gave, in place: it reads values as they are stored. */
    async open(uid: string, entry: Record<string, unknown>): Promise<void> {
      const map = maps.get(uid);
      if (map) await openAll(map, entry);
    },

    /** One value for an admin user; null if there is none for this user. */
    async reveal(request: RevealRequest, ctx: Pick<Context, 'state'>): Promise<RevealAnswer | null> {
      const answer = await reveal(strapi, maps, request, ctx.state.userAbility);
      const { uid, documentId, locale, status, path } = request;
      // What cannot be recorded is not shown.
      await getService('audit', { strapi }).record({
        action: 'field.reveal',
        target: { type: uid, id: documentId },
        outcome: answer ? 'ok' : 'refused',
        // A path that leads nowhere may say anything.
        detail: answer ? { field: path, locale, status } : {},
      });
      return answer;
    },

    /**
     * Opens and seals values of one attribute as they lie in its column, for those who work below Strapi's database layer.
     *
     * @returns null: it is not encrypted
     */
    async codecOf(uid: string, name: string): Promise<ColumnCodec | null> {
      const attribute = attributes.find((known) => known.uid === uid && known.name === name);
      if (!attribute) return null;
      const opened = await ready();
      return {
        open(column) {
          const value = attribute.kind === 'encrypted-json' ? readJson(column) : column;
          return isStored(value) ? opened.open(attribute, value) : value;
        },
        seal: (value) => columnValue(opened.seal(attribute, value)),
      };
    },

    /** Encrypts what is still plain, and brings blind indexes up to date. */
    async encryptExisting(): Promise<EncryptedField[]> {
      return attributes.length === 0 ? [] : encryptExisting(strapi, await ready(), attributes);
    },
  };
};
