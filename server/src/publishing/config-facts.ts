import type { ConsentConfig } from '../../../contract';
import type { SiteFacts } from './revisions';

/** What visitors decide on, read back from a consent config that was published once. */
export const factsOfConfig = ({ categories }: ConsentConfig): SiteFacts => ({
  categories: new Map(categories.map(({ key, mode }) => [key, { mode }])),
  items: new Map(
    categories.flatMap(({ key: category, items }) =>
      items.map(({ key, provider, storage }) => [
        key,
        {
          category,
          ...(provider && { provider }),
          storage: storage.map(({ name, match, kind, domain, lifetime }) => ({
            name,
            match,
            kind,
            ...(domain && { domain }),
            ...(lifetime !== undefined && { lifetime }),
          })),
        },
      ]),
    ),
  ),
});
