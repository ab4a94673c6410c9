/**
 * Whether `If-None-Match` names the entity tag: `*` or a list, compared weakly (RFC 9110, section 13.1.2).
 *
 * @param tag without quotes and `W/`
 */
export const matchesEtag = (header: string, tag: string): boolean =>
  header.trim() === '*' || [...header.matchAll(/(?:W\/)?"([^"]*)"/g)].some(([, candidate]) => candidate === tag);
