// Codes of SQLite, PostgreSQL, MySQL and MariaDB.
const uniqueViolations = new Set<unknown>([
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
  '23505',
  'ER_DUP_ENTRY',
]);
const collisions = new Set<unknown>(['SQLITE_BUSY', '40001', '40P01', 'ER_LOCK_DEADLOCK', 'ER_LOCK_WAIT_TIMEOUT']);

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

/** Whether the database refused a row because there is one with the same key already. */
export const isUniqueViolation = (error: unknown): boolean => uniqueViolations.has(codeOf(error));

/** Whether a transaction failed only because another one was under way, so that it may be tried again. */
export const isConflict = (error: unknown): boolean => isUniqueViolation(error) || collisions.has(codeOf(error));
