import type { TextKey } from '../../hooks/useText';
import type { StorageCell, StorageRow } from './StorageRow';

/** What is wrong with the cells of one row: keys of texts. */
export type RowProblems = Partial<Record<StorageCell, TextKey>>;

const MAX_LIFETIME_SECONDS = 100 * 365 * 86_400;

/** Two rows with the same identity would be listed to visitors twice. */
const identityOf = ({ name, match, kind, domain }: StorageRow): string =>
  JSON.stringify([name, match, kind, domain?.toLowerCase() ?? '']);

const nameProblem = ({ name, match, kind }: StorageRow): TextKey | undefined => {
  if (!name.trim()) return 'storage.problem.nameMissing';
  if (kind === 'cookie' && /[\p{Cc}\s=;,]/u.test(name)) return 'storage.problem.cookieName';
  if (match === 'prefix' && name.includes('*')) return 'storage.problem.prefix';
  if (match !== 'pattern') return;
  if (/[()[\]{}\\|^$+?]/.test(name)) return 'storage.problem.regularExpression';
  if (!name.includes('*')) return 'storage.problem.noWildcard';
  if (/^[*\s.]+$/.test(name)) return 'storage.problem.fitsEverything';
};

const isHostName = (domain: string): boolean =>
  /^\.?([a-z\d_]([a-z\d_-]*[a-z\d_])?\.)*[a-z\d]([a-z\d-]*[a-z\d])?$/i.test(domain);

const isLifetime = (seconds: number): boolean =>
  Number.isInteger(seconds) && seconds > 0 && seconds <= MAX_LIFETIME_SECONDS;

/**
 * The problems of each row, by row id; rows without any are absent.
 * The server decides (server/src/catalogue/validation.ts); this tells the editor the same before saving.
 */
export const problemsOf = (rows: StorageRow[]): Map<string, RowProblems> => {
  const problems = new Map<string, RowProblems>();
  const seen = new Set<string>();
  for (const row of rows) {
    const identity = identityOf(row);
    const name = nameProblem(row) ?? (seen.has(identity) ? 'storage.problem.duplicate' : undefined);
    const domain = row.domain && !isHostName(row.domain) ? 'storage.problem.domain' : undefined;
    const lifetime =
      typeof row.lifetime === 'number' && !isLifetime(row.lifetime) ? 'storage.problem.lifetime' : undefined;
    seen.add(identity);
    if (name || domain || lifetime)
      problems.set(row.id, { ...(name && { name }), ...(domain && { domain }), ...(lifetime && { lifetime }) });
  }
  return problems;
};
