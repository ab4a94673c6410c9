import type { TextKey } from '../../hooks/useText';
import type { StorageCell, StorageRow } from './StorageRow';

/** What is wrong with the cells of one row: keys of texts. */
export type RowProblems = Partial<Record<StorageCell, TextKey>>;

/** Two rows with the same identity would be listed to visitors twice. */
const identityOf = ({ name, match, kind, domain }: StorageRow): string =>
  JSON.stringify([name.trim(), match, kind, domain?.trim().toLowerCase() ?? '']);

const isHostName = (domain: string): boolean => /^\.?([a-z\d_-]+\.)*[a-z\d_-]+$/i.test(domain);

/**
 * The problems of each row, by row id; rows without any are absent.
 * The server decides (server/src/catalogue/validation.ts); this tells the editor before saving.
 */
export const problemsOf = (rows: StorageRow[]): Map<string, RowProblems> => {
  const problems = new Map<string, RowProblems>();
  const seen = new Set<string>();
  for (const row of rows) {
    const found: RowProblems = {};
    const identity = identityOf(row);
    if (!row.name.trim()) found.name = 'storage.problem.nameMissing';
    else if (row.match === 'pattern' && !row.name.includes('*')) found.name = 'storage.problem.noWildcard';
    else if (seen.has(identity)) found.name = 'storage.problem.duplicate';
    if (row.domain && !isHostName(row.domain.trim())) found.domain = 'storage.problem.domain';
    if (typeof row.lifetime === 'number' && !(Number.isInteger(row.lifetime) && row.lifetime > 0))
      found.lifetime = 'storage.problem.lifetime';
    seen.add(identity);
    if (Object.keys(found).length) problems.set(row.id, found);
  }
  return problems;
};
