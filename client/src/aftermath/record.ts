import { decidedAt, encodeChoice, isGranted } from '../../../contract/choice';
import type { ConsentPost } from '../../../contract/consent';
import { decidables } from '../../../contract/preferences';
import type { Source } from '../core/api';
import type { Desk } from '../core/desk';

/** RFC 9562, version 4; `crypto.randomUUID` is there in secure contexts only. */
const uuid = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 15) | 64;
  bytes[8] = (bytes[8]! & 63) | 128;
  return [...bytes]
    .map((byte, i) => ([4, 6, 8, 10].includes(i) ? '-' : '') + byte.toString(16).padStart(2, '0'))
    .join('');
};

/** The choice as it is now, as the ledger records it; null without a choice about anything that the site still has. */
export const consentRecord = (desk: Desk, source: Source, now: Date): ConsentPost | null => {
  const { config } = desk;
  const { subject, entries } = desk.choice();
  const choices: Record<string, boolean> = {};
  for (const { key, mode, id } of decidables(config)) {
    const entry = entries[id];
    // Exceptions are cookies' `@<item-key>`.
    if (entry && mode !== 'required') choices[id === key ? key : `item:${id.slice(1)}`] = isGranted(entry);
  }
  if (!Object.keys(choices)[0]) return null;
  return {
    id: uuid(),
    site: config.site,
    locale: config.locale,
    configVersion: config.version,
    subject: subject === '-' ? null : subject,
    choices,
    source,
    decidedAt: now.toISOString(),
    gpc: desk.gpc,
  };
};

/** How a choice was made that nobody saw being made: its page was left before this could be loaded. */
export const sourceOf = (desk: Desk): Source => {
  const entries = Object.values(desk.choice().entries);
  if (entries.every(isGranted)) return 'accept-all';
  return entries.some(isGranted) ? 'save' : 'reject-all';
};

/** When the visitor decided last, in milliseconds of Unix time. */
export const decidedAtMs = (desk: Desk): number =>
  1000 * Math.max(0, ...Object.values(desk.choice().entries).map((entry) => decidedAt(entry) ?? 0));

/** What tells one decision from another. */
export const fingerprint = (desk: Desk): string => encodeChoice(desk.choice());
