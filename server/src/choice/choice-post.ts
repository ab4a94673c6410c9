import { decidedAt, encodeChoice, MAX_CHOICE_BYTES, parseChoice } from '../../../contract';
import { isSiteKey } from '../publishing/public-request';

/** A choice as the client sent it, read and checked. */
export interface ReadChoice {
  site: string;
  /** Of the cookie. */
  value: string;
  /** When the visitor decided last, in seconds of Unix time; null for a choice that does not say. */
  decidedAtSeconds: number | null;
}

interface Problem {
  path: string[];
  message: string;
}

/** The choice in the value of a cookie; null for anything that no client of ours has written. */
const readValue = (value: unknown): Pick<ReadChoice, 'value' | 'decidedAtSeconds'> | null => {
  if (typeof value !== 'string' || value.length > MAX_CHOICE_BYTES) return null;
  const choice = parseChoice(value);
  if (encodeChoice(choice) !== value) return null;
  const times = Object.values(choice.entries).flatMap((entry) => decidedAt(entry) ?? []);
  return { value, decidedAtSeconds: times.length ? Math.max(...times) : null };
};

/** Reads the body of `POST …/choice`. */
export const readChoice = (body: unknown): { choice: ReadChoice } | { problems: Problem[] } => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { problems: [{ path: ['body'], message: 'The body must be a JSON object' }] };
  const { site, value } = body as { site?: unknown; value?: unknown };
  const problems: Problem[] = [];
  const key = typeof site === 'string' && isSiteKey(site) ? site : null;
  if (key === null) problems.push({ path: ['site'], message: 'site must be the key of a site' });
  const read = readValue(value);
  if (!read) problems.push({ path: ['value'], message: 'value must be a choice as its cookie has it' });
  return key !== null && read ? { choice: { site: key, ...read } } : { problems };
};
