/** A part that is JSON already: large parts are written once, piece by piece, and then only joined. */
export class WrittenJson {
  constructor(readonly text: string) {}
}

/**
 * JSON with sorted keys and no white space (RFC 8785), so that the same content has the same bytes and the same hash.
 * As in JSON.stringify, an undefined property is left out.
 */
export const canonicalJson = (value: unknown): string => {
  if (value instanceof WrittenJson) return value.text;
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
};
