import type { PersonQuery } from '../../../../contract';

/** What was typed, as a query: digits are a user's id, what has an @ is an address, everything else a visitor's id. */
export const personQueryOf = (typed: string): PersonQuery => {
  const value = typed.trim();
  if (/^\d{1,15}$/.test(value)) return { user: Number(value) };
  return value.includes('@') ? { email: value } : { subject: value };
};

/** Whom a query names, as it has to be repeated before an erasure. */
export const namedBy = ({ user, email, subject }: PersonQuery): string => String(user ?? email ?? subject);
