import type { EntryRow } from './entry-row';

const orUndefined = (text: string): string | undefined => text || undefined;

/**
 * An entry for Strapi's logger, as one line with JSON. Nobody is named in it: actor and target are the random references of
 * the trail. The place and the hash make a log that is held elsewhere a witness of the trail.
 */
export const logLine = (row: EntryRow): string =>
  `privacy-desk audit ${JSON.stringify({
    id: row.id,
    at: new Date(row.recorded_at_ms).toISOString(),
    action: row.action,
    outcome: row.outcome,
    actor: { type: row.actor_type, ref: orUndefined(row.actor_ref) },
    ...(row.target_type && { target: { type: row.target_type, ref: orUndefined(row.target_ref) } }),
    site: orUndefined(row.site),
    ...(row.method && { request: { id: row.request, method: row.method, route: row.route } }),
    fields: (JSON.parse(row.changes) as { field: string }[]).map(({ field }) => field),
    chain: { segment: row.segment, seq: row.seq, hash: row.hash.toString('base64url') },
  })}`;
