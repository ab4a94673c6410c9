/**
 * JSON with sorted keys and no white space (RFC 8785), so that the same content has the same bytes and the same hash.
 * As in JSON.stringify, an undefined property is left out.
 */
export const canonicalJson = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  // Joined, not added up: V8 keeps the parts of a sum for as long as the sum.
  return `{${members.join(',')}}`;
};
