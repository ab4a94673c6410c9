import type { Core } from '@strapi/strapi';
import { qualified } from '../../database/own-tables';
import { IdSet } from './ids';
import { metaOf, type Target } from './targets';

const FILE_UID = 'plugin::upload.file';
const PAGE_ROWS = 1000;

/**
 * What happens to the files of mapped media fields: `remove` takes them from where the upload provider keeps them;
 * `forget` removes only what the database knows of them.
 */
export type FilesMode = 'remove' | 'forget';

interface Link {
  id: number;
  file_id: number;
  related_id: number;
  related_type: string;
  field: string;
}

/** A file as it lies in the database. */
interface FileRow {
  id: number;
  name: string;
  hash: string;
  ext: string | null;
  url: string;
  provider: string;
  provider_metadata: unknown;
  formats: unknown;
}

/** Media fields whose files are personal. */
export interface MediaField {
  target: Target;
  rows: IdSet | null;
}

const parsed = (json: unknown): unknown => (typeof json === 'string' ? (JSON.parse(json) as unknown) : json);

/** The upload provider, and the files of mapped fields. */
export const createFiles = (strapi: Core.Strapi, fields: readonly MediaField[]) => {
  const { connection } = strapi.db;
  const provider = String(
    (strapi.config.get('plugin::upload') as { provider?: string } | undefined)?.provider ?? 'local',
  );
  const fileTable = () => connection(qualified(strapi, metaOf(strapi, FILE_UID).table));
  const linkTable = () => connection(qualified(strapi, metaOf(strapi, FILE_UID).attributes.related!.joinTable!.name));

  const isPersonal = ({ related_type, field, related_id }: Link): boolean =>
    fields.some(
      ({ target, rows }) =>
        target.uid === related_type && target.media.includes(field) && (rows === null || rows.has(Number(related_id))),
    );

  async function* links(): AsyncGenerator<Link> {
    for (let after = 0; ;) {
      const page: Link[] = await linkTable().where('id', '>', after).orderBy('id').limit(PAGE_ROWS).select();
      yield* page;
      if (page.length < PAGE_ROWS) return;
      after = Number(page.at(-1)!.id);
    }
  }

  /** Personal files, and those among them that are used elsewhere, too: a default picture for instance. */
  const find = async (): Promise<{ personal: IdSet; shared: IdSet; links: IdSet }> => {
    const found = { personal: new IdSet(), shared: new IdSet(), links: new IdSet() };
    if (fields.length === 0) return found;
    for await (const link of links())
      if (isPersonal(link)) {
        found.personal.add(Number(link.file_id));
        found.links.add(Number(link.id));
      }
    for await (const link of links())
      if (!isPersonal(link) && found.personal.has(Number(link.file_id))) found.shared.add(Number(link.file_id));
    return found;
  };

  /** Not `upload.remove`: it would tell the webhooks of the site that the database was copied from. */
  const removeStored = async (row: FileRow): Promise<void> => {
    const upload = strapi.plugin('upload') as unknown as { provider: { delete(file: object): Promise<unknown> } };
    const formats = (parsed(row.formats) ?? {}) as Record<string, object>;
    const file = { ...row, formats, provider_metadata: parsed(row.provider_metadata) };
    for (const stored of [file, ...Object.values(formats)]) await upload.provider.delete(stored);
  };

  return {
    provider,
    /** Where files lie elsewhere, they may be those of the live site. */
    usualMode: (provider === 'local' ? 'remove' : 'forget') as FilesMode,
    count: async (): Promise<number> => {
      const { personal, shared } = await find();
      return personal.size - shared.size;
    },

    /**
     * Removes the files of mapped fields, with what the database knows of them; those used elsewhere, too, are only taken
     * from the fields. It may be repeated.
     *
     * @param original told the names of what is removed
     * @returns how many, and how many the provider could not remove: they stay in the database
     */
    async remove(mode: FilesMode, original: (name: string) => void): Promise<{ removed: number; failed: number }> {
      const { personal, shared, links: cut } = await find();
      const done = { removed: 0, failed: 0 };
      for (const id of personal) {
        if (shared.has(id)) continue;
        const row = (await fileTable().where({ id }).first()) as FileRow | undefined;
        if (!row) continue;
        try {
          if (mode === 'remove' && row.provider === provider) await removeStored(row);
        } catch (error) {
          strapi.log.error(`File ${id} could not be removed: ${(error as Error).message}`);
          done.failed += 1;
          continue;
        }
        for (const name of [row.name, row.hash]) original(name);
        // What points at it goes with it: its links have foreign keys.
        await fileTable().where({ id }).delete();
        done.removed += 1;
      }
      for (const id of cut) await linkTable().where({ id }).delete();
      return done;
    },
  };
};
