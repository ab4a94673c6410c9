import type { Core } from '@strapi/strapi';
import type { PresetAdded, PresetSummary, ServicePreset, StorageEntryRow } from '../../../contract';
import { isConflict } from '../database/conflict';
import { installedLocales } from '../catalogue/installed-locales';
import { CATEGORY_UID, TRACKING_ITEM_UID } from '../constants';
import { findServicePreset, presetTextIn, servicePresets } from '../presets';

type Data = Record<string, unknown>;

interface Documents {
  create(params: { data: Data; locale: string }): Promise<{ documentId: string; storage: StorageEntryRow[] | null }>;
  update(params: { documentId: string; locale: string; data: Data }): Promise<unknown>;
}

/** A service that is in the inventory already. */
export class AlreadyAdded extends Error {
  /** @param documentId of its tracking item */
  constructor(
    name: string,
    readonly documentId: string,
  ) {
    super(`“${name}” is already in the inventory`);
  }
}

const paragraph = (text: string) => [{ type: 'paragraph', children: [{ type: 'text', text }] }];

const languageOf = (locale: string): string => locale.toLowerCase().split('-')[0]!;

/** Adds services of the library to the inventory. */
export const createPresetsService = ({ strapi }: { strapi: Core.Strapi }) => {
  const documents = strapi.documents(TRACKING_ITEM_UID as never) as unknown as Documents;

  const itemsWithKeys = async (keys: string[]): Promise<Map<string, { documentId: string; name: string }>> => {
    const rows: { documentId: string; key: string; name: string }[] = await strapi.db
      .query(TRACKING_ITEM_UID)
      .findMany({ select: ['documentId', 'key', 'name'], where: { key: { $in: keys } } });
    return new Map(rows.map(({ key, ...row }) => [key, row]));
  };

  /** What the preset says in a locale; nothing where it does not speak its language, unless something has to stand there. */
  const textsIn = (preset: ServicePreset, locale: string, always: boolean) => {
    const say = (text: ServicePreset['purpose']): string | undefined => {
      const said = presetTextIn(text, locale);
      return always || languageOf(said.language) === languageOf(locale) ? said.text : undefined;
    };
    const description = say(preset.purpose);
    return {
      name: preset.name,
      description: description ? paragraph(description) : [],
      purposes: preset.storage.map(({ purpose }) => say(purpose)),
    };
  };

  return {
    /** The library, with what of it is in the inventory. `language`: of the admin user. */
    async find(language: string): Promise<PresetSummary[]> {
      const presets = servicePresets();
      const items = await itemsWithKeys(presets.map(({ key }) => key));
      return presets.map((preset) => ({
        key: preset.key,
        name: preset.name,
        aliases: preset.aliases,
        area: preset.area,
        provider: preset.provider ?? null,
        category: preset.category,
        purpose: presetTextIn(preset.purpose, language).text,
        note: preset.note ? presetTextIn(preset.note, language).text : null,
        storageEntries: preset.storage.length,
        googleConsentTypes: preset.googleConsentTypes,
        hosts: preset.hosts,
        embeds: preset.embeds,
        added: items.get(preset.key)?.documentId ?? null,
      }));
    },

    /**
     * Makes a tracking item of a service, with its storage entries, in every locale of Strapi; null if the library does
     * not have it.
     * @throws AlreadyAdded, Strapi's validation error
     */
    async add(key: string, attemptsLeft = 2): Promise<PresetAdded | null> {
      const preset = findServicePreset(key);
      if (!preset) return null;
      const known = (await itemsWithKeys([key])).get(key);
      if (known) throw new AlreadyAdded(known.name, known.documentId);

      const [first, ...others] = await installedLocales(strapi);
      const categories: { documentId: string; name: string; locale: string }[] = await strapi.db
        .query(CATEGORY_UID)
        .findMany({
          select: ['documentId', 'name', 'locale'],
          where: { key: preset.category },
          orderBy: { id: 'asc' },
        });
      const category = categories.find(({ locale }) => locale === first!.code) ?? categories[0];
      const withPurposes = (rows: object[], purposes: (string | undefined)[]) =>
        rows.map((row, index) => ({ ...row, ...(purposes[index] && { purpose: purposes[index] }) }));
      const facts = preset.storage.map(({ purpose: _purpose, ...fact }) => fact);

      const texts = textsIn(preset, first!.code, true);
      try {
        return await strapi.db.transaction(async () => {
          const { documentId, storage } = await documents.create({
            locale: first!.code,
            data: {
              key,
              name: texts.name,
              description: texts.description,
              storage: withPurposes(facts, texts.purposes),
              provider: preset.provider?.name ?? null,
              providerPolicyUrl: preset.provider?.privacyPolicyUrl ?? null,
              enabled: true,
              // Only relations within a language are possible, and the catalogue brings them to the others.
              ...(category?.locale === first!.code && { category: category.documentId }),
              // Without any of its own it goes with its category.
              ...(preset.googleConsentTypes.length > 0 && { signals: preset.googleConsentTypes }),
            },
          });
          const ids = (storage ?? []).map(({ purpose: _purpose, ...row }) => row);
          for (const { code } of others) {
            const { name, description, purposes } = textsIn(preset, code, false);
            await documents.update({
              documentId,
              locale: code,
              data: { name, description, storage: withPurposes(ids, purposes) },
            });
          }
          return {
            documentId,
            name: preset.name,
            category: category?.locale === first!.code ? category.name : null,
            storageEntries: preset.storage.length,
            locales: [first!, ...others]
              .map(({ code }) => code)
              .filter((code) => languageOf(presetTextIn(preset.purpose, code).language) === languageOf(code)),
          };
        });
      } catch (error) {
        // Somebody else may have added it at the same moment, or be at it still: MariaDB ends one of the two by a deadlock.
        const added = (await itemsWithKeys([key])).get(key);
        if (added) throw new AlreadyAdded(added.name, added.documentId);
        if (attemptsLeft > 0 && isConflict(error)) return this.add(key, attemptsLeft - 1);
        throw error;
      }
    },
  };
};
