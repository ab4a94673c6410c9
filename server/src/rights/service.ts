import type { Core } from '@strapi/strapi';
import { createTables } from '../database/own-tables';
import { getService } from '../get-service';
import { createAccess } from './access/service';
import { consentsSource } from './consents-source';
import { createErasures } from './erasure/service';
import { sealedLinks } from './links';
import type { PersonalSource } from './sources';
import { rightsTables } from './tables';

/** What a person may ask for: access, portability, erasure. Whose an entry is, the personal-data map says. */
export const createRightsService = ({ strapi }: { strapi: Core.Strapi }) => {
  const sources: PersonalSource[] = [consentsSource(strapi)];
  const erasures = createErasures(strapi, sources);
  return {
    access: createAccess(strapi, sources),
    erasures,

    /** Names personal data outside of content types: they go into exports, and erasure reaches them. */
    addSource: (source: PersonalSource): void => void sources.push(source),

    async start(): Promise<void> {
      const keyRing = getService('keyRing', { strapi });
      await createTables(strapi, rightsTables);
      keyRing.addSealedValues(sealedLinks(strapi));
      keyRing.addSealedValues(erasures.sealedValues);
      erasures.start();
    },

    stop: (): Promise<void> => erasures.stop(),
  };
};
