import type { Readable } from 'node:stream';
import type { Core } from '@strapi/strapi';
import type { PersonalExportFormat } from '../../../../contract';
import { getService } from '../../get-service';
import { foundPerson, type Person } from '../person';
import type { Json, PersonalSource, ReadableGroup } from '../sources';
import { exportArchive, textStream } from './archive';
import type { ExportDocument } from './document';
import { readEntries } from './read-entries';
import { writeJson } from './write-json';
import { writeXml } from './write-xml';

/** An export on its way out. */
export interface PersonalExport {
  contentType: string;
  fileName: string;
  stream: Readable;
}

const CONTENT_TYPES = { json: 'application/json; charset=utf-8', xml: 'application/xml; charset=utf-8' };

/** Everything that is stored of a person (GDPR, articles 15 and 20). */
export const createAccess = (strapi: Core.Strapi, sources: readonly PersonalSource[]) => {
  const documentOf = async (person: Person): Promise<ExportDocument> => {
    const map = await getService('personalDataMap', { strapi }).usable();
    const personal = new Set(map.keys());
    async function* groups(): AsyncGenerator<ReadableGroup> {
      for (const [uid, mapping] of map) {
        const group = await readEntries(strapi, uid, mapping, person, personal);
        if (group) yield group;
      }
      for (const source of sources) {
        const group = await source.read(person);
        if (group) yield group;
      }
    }
    const head = { format: 'privacy-desk personal data export', version: 1, createdAt: new Date().toISOString() };
    return { head: { ...head, person: foundPerson(person) as unknown as Json }, groups: groups() };
  };

  const fileName = (extension: string): string => `personal-data-${new Date().toISOString().slice(0, 10)}.${extension}`;

  return {
    /**
     * A zip: the data, a summary for people, and files.
     *
     * @param locale language of the summary
     */
    async archive(person: Person, format: PersonalExportFormat, locale: string): Promise<PersonalExport> {
      const stream = exportArchive(strapi, await documentOf(person), format, locale);
      return { contentType: 'application/zip', fileName: fileName('zip'), stream };
    },

    /** The data alone, as one document. */
    async document(person: Person, format: 'json' | 'xml'): Promise<PersonalExport> {
      const document = await documentOf(person);
      const stream = textStream(format === 'json' ? writeJson(document) : writeXml(document));
      return { contentType: CONTENT_TYPES[format], fileName: fileName(format), stream };
    },
  };
};

export type Access = ReturnType<typeof createAccess>;
