import type { PublishingProblem } from '../../../contract';
import { createPace } from '../breathe';
import type { Catalogue, ItemTexts, Row } from '../catalogue/read';
import type { SitePlan } from './site-plan';

/** How many problems are told: enough to see what is wrong, few enough for a page. */
const MOST = 100;

/** `['storage', 2, 'name']` -> `storage[2].name` */
const fieldOf = (path: (string | number)[]): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index ? `.${part}` : part)).join('');

/** Collects why a site cannot be published, each reason once. */
export const createProblemFinder = (catalogue: Catalogue, { site, categories }: SitePlan) => {
  const found = new Map<string, PublishingProblem>();
  const add = (type: PublishingProblem['type'], { documentId, key, locale }: Row, field: string, message: string) => {
    if (found.size < MOST)
      found.set(JSON.stringify([documentId, locale, field, message]), {
        type,
        documentId,
        key,
        locale,
        field,
        message,
      });
  };
  const addRow = (type: PublishingProblem['type'], row: Row) => {
    for (const { path, message } of row.problems) add(type, row, fieldOf(path), message);
  };
  const addDuplicates = (type: PublishingProblem['type'], rows: Row[]) => {
    const seen = new Set<string>();
    for (const row of rows) {
      if (seen.has(row.key)) add(type, row, 'key', `“${row.key}” is there twice`);
      seen.add(row.key);
    }
  };

  if (catalogue.categories.length === 0) add('site', site.structure, 'key', 'There is no category to decide on');
  for (const row of site.rows) addRow('site', row);
  for (const { rows } of catalogue.categories) for (const row of rows) addRow('category', row);
  addDuplicates(
    'site',
    catalogue.sites.map(({ structure }) => structure),
  );
  addDuplicates(
    'category',
    catalogue.categories.map(({ structure }) => structure),
  );
  addDuplicates(
    'tracking-item',
    categories.flatMap(({ items }) => items),
  );

  return {
    /** Looks at the rows of the items in a locale. */
    async addItems(texts: ItemTexts): Promise<void> {
      if (texts.sound) return;
      const pace = createPace();
      for (const { items } of categories)
        for (const item of items) {
          for (const row of texts.of(item)) addRow('tracking-item', row);
          await pace();
        }
    },
    problems: (): PublishingProblem[] => [...found.values()],
  };
};
