/** The name and code of an error: messages of database drivers contain the statement with all its values. */
export const failureName = (error: unknown): string => {
  const { name, code, message } = error as Error & { code?: string };
  return code ? `${name} ${code}` : /\b(select|insert|update|delete)\b/i.test(message) ? name : `${name}: ${message}`;
};
