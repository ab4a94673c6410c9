import type { ConsentPost } from '../../../contract/consent';
import type { Receipt, Source } from '../core/api';
import type { Desk } from '../core/desk';
import { keep, recall } from './memory';
import { consentRecord, decidedAtMs, fingerprint, sourceOf } from './record';

interface Waiting {
  record: ConsentPost;
  /** How often it was sent without an answer that settles it. */
  attempts: number;
  /** Not to be sent earlier; milliseconds of Unix time. */
  notBefore: number;
}

/** All that is kept of consents in the browser. */
interface Ledger {
  /** The oldest first. */
  queue: Waiting[];
  /** Which decision was queued last. */
  seen?: string;
  /** Answer for the last one that was recorded. */
  receipt?: Receipt;
  /** Opens the subject's whole history; sent along, so that later consents join it. */
  history?: { subject: string; token: string };
}

const SECOND_MS = 1000;
const DAY_MS = 86_400 * SECOND_MS;
/** A browser that was offline for that many decisions keeps the latest. */
const MOST_WAITING = 20;
/** Whatever the server thinks of these, it will not think otherwise of a retry. */
const SETTLED = [400, 403, 404, 409, 413, 422];

const keyOf = (desk: Desk) => `${desk.config.choice.cookie}.consents`;

const read = (desk: Desk): Ledger => {
  try {
    const kept = JSON.parse(recall(keyOf(desk)) ?? '') as Ledger;
    return Array.isArray(kept.queue) ? kept : { queue: [] };
  } catch {
    return { queue: [] };
  }
};

/** Changes what is kept, read anew, for another tab may have changed it meanwhile. */
const update = (desk: Desk, change: (ledger: Ledger) => void): void => {
  const ledger = read(desk);
  change(ledger);
  keep(keyOf(desk), JSON.stringify(ledger));
};

/** How long to wait after the n-th vain attempt: half a minute, doubled each time, at most six hours. `Retry-After` is in seconds or a date (RFC 9110). */
const pause = (attempts: number, retryAfter: string | null): number => {
  const seconds = retryAfter && (+retryAfter || (Date.parse(retryAfter) - Date.now()) / SECOND_MS);
  const asked = seconds && seconds > 0 ? Math.min(seconds * SECOND_MS, DAY_MS) : 0;
  return Math.max(asked, Math.min(30 * SECOND_MS * 2 ** (attempts - 1), DAY_MS / 4));
};

/** Of those that are on their way. */
const underway = new Map<string, { url: string; body: string }>();
let listening = false;

const send = async (desk: Desk, url: string, { record }: Waiting): Promise<void> => {
  const { history } = read(desk);
  const body = JSON.stringify(record);
  underway.set(record.id, { url, body });
  let response: Response | undefined;
  let receipt: Receipt | undefined;
  try {
    response = await fetch(url, {
      method: 'POST',
      body,
      keepalive: true,
      credentials: 'omit',
      // Without the token there is nothing that a cross-origin request must ask for first.
      headers: {
        'Content-Type': 'text/plain',
        ...(history && history.subject === record.subject && { Authorization: `Bearer ${history.token}` }),
      },
    });
    // Recorded is only what is answered readably, to the end.
    if (response.ok) receipt = (await response.json()) as Receipt;
  } catch {
    // Offline, or blocked: it stays.
  }
  underway.delete(record.id);
  const recorded = receipt?.id.toLowerCase() === record.id && receipt.token;
  const settled = recorded || SETTLED.includes(response?.status ?? 0);
  update(desk, (ledger) => {
    if (settled) ledger.queue = ledger.queue.filter((other) => other.record.id !== record.id);
    else
      for (const other of ledger.queue)
        if (other.record.id === record.id)
          other.notBefore = Date.now() + pause(++other.attempts, response?.headers.get('Retry-After') ?? null);
    if (!recorded) return;
    ledger.receipt = receipt;
    // That of the subject's first consent opens the whole history, and only with it the next one does.
    if (record.subject && ledger.history?.subject !== record.subject)
      ledger.history = { subject: record.subject, token: receipt!.token };
  });
};

const urlOf = (desk: Desk): string | undefined => {
  const { consents } = desk.config;
  return consents && new URL(consents.endpoint, desk.url).href;
};

/**
 * Queues the decision that was just made, if the site records consents. Without `source`: one of an earlier page, if it
 * was not queued there, because that page was left at once.
 */
export const queueConsent = (desk: Desk, source?: Source): void => {
  if (!urlOf(desk)) return;
  const decision = fingerprint(desk);
  if (!source) {
    // A choice that came from another subdomain is recorded there, and one whose records were deleted here is not made twice.
    const recent = Date.now() - decidedAtMs(desk) < DAY_MS;
    if (desk.config.choice.domain || !recent || read(desk).seen === decision) return;
  }
  const record = consentRecord(desk, source ?? sourceOf(desk), new Date(source ? Date.now() : decidedAtMs(desk)));
  if (!record) return;
  update(desk, (ledger) => {
    ledger.seen = decision;
    ledger.queue = [...ledger.queue, { record, attempts: 0, notBefore: 0 }].slice(-MOST_WAITING);
  });
};

const sendAll = async (desk: Desk, url: string): Promise<boolean> => {
  for (const waiting of read(desk).queue) {
    if (waiting.notBefore > Date.now()) return false;
    await send(desk, url, waiting);
    // Who does not answer one has nothing for the others.
    if (read(desk).queue.some(({ record }) => record.id === waiting.record.id)) return false;
  }
  return true;
};

let sending: Promise<unknown> = Promise.resolve();

/**
 * Sends what waits, one after the other, so that the first consent of a subject is recorded first.
 *
 * @returns whether nothing waits any more
 */
export const sendConsents = (desk: Desk): Promise<boolean> => {
  const url = urlOf(desk);
  if (!url) return Promise.resolve(true);
  if (!listening) {
    listening = true;
    // Once more without an answer, for browsers that end requests with their page; the id makes it harmless.
    addEventListener('pagehide', () => {
      for (const { url, body } of underway.values()) navigator.sendBeacon?.(url, body);
    });
  }
  const sent = sending.then(() => sendAll(desk, url));
  sending = sent;
  return sent;
};

/** This visitor's last recorded consent. */
export const lastReceipt = (desk: Desk): Receipt | null => read(desk).receipt ?? null;

/** Saves what the server holds of this visitor, signed, as a file. */
export const downloadReceipts = async (desk: Desk): Promise<void> => {
  const { receipt, history } = read(desk);
  const subject = desk.choice().subject;
  const { token } = history?.subject === subject ? history : receipt!;
  const response = await fetch(urlOf(desk)!, { credentials: 'omit', headers: { Authorization: `Bearer ${token}` } });
  if (!response.ok) throw response;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = 'consent-receipts.json';
  link.click();
  URL.revokeObjectURL(link.href);
};
