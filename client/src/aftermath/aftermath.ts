import { encodeChoice } from '../../../contract/choice';
import type { Change } from '../core/api';
import type { Chunks, Desk } from '../core/desk';
import { readCookies } from '../core/choice-cookie';
import { guard } from '../core/report';
import { clearStorage } from './clear-storage';
import { downloadReceipts, lastReceipt, queueConsent, sendConsents } from './consent-queue';
import { keep } from './memory';
import { renewChoice } from './renew-choice';
import { tidyChoice } from './tidy-choice';

/** Desks with an aftermath that has not ended. */
const busy = new WeakSet<Desk>();

/**
 * What follows a decision, off the critical path: what refused items stored goes, the ledger hears of it, the cookie is
 * made to last, and the page reloads where the site wants that.
 *
 * A page that is left, or offline, may not come to the end. So beside the choice stands for which value of its cookie all
 * is done; where that is another, the next page calls this again, without a change.
 */
const follow = async (desk: Desk, change?: Change): Promise<void> => {
  const { choice: storage, reloadOnWithdrawal } = desk.config;
  // While this chunk was loaded, another tab may have decided: what is tidied must be the newest.
  if (readCookies(storage.cookie) !== encodeChoice(desk.choice())) desk.sync();
  if (Object.keys(desk.choice().entries)[0]) tidyChoice(desk);
  const stored = readCookies(storage.cookie);
  if (change && stored) {
    // Other tabs hear of what is written here; other desks of this page only by an event of ours.
    keep(storage.cookie, `${stored} `);
    dispatchEvent(new StorageEvent('storage', { key: storage.cookie }));
  }
  queueConsent(desk, change?.source);
  const lost = change?.changed.filter((path) => path.includes('/') && !desk.decision().allowed[path]) ?? [];
  let cleared = false;
  const clear = guard(async () => {
    await clearStorage(desk, lost);
    cleared = true;
  });
  const others = Promise.all([sendConsents(desk), renewChoice(desk, !!change)]);
  await clear;
  if (reloadOnWithdrawal && change?.reloadAdvised) return location.reload();
  const [sent, renewed] = await others;
  // Not if the visitor decided once more meanwhile: that has an aftermath of its own.
  if (stored && stored === readCookies(storage.cookie) && cleared && sent && renewed) keep(storage.cookie, stored);
};

export default {
  async show(desk, change) {
    if (!change && busy.has(desk)) return;
    busy.add(desk);
    // What was allowed runs first. A page that is hidden may be about to end.
    if (!document.hidden) await new Promise((resolve) => setTimeout(resolve, 50));
    await follow(desk, change);
    busy.delete(desk);
  },
  download: downloadReceipts,
  receipt: async (desk) => lastReceipt(desk),
} satisfies Chunks['aftermath'];
