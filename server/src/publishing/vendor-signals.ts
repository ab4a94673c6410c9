import {
  usualSignals,
  vendorNames,
  vendors,
  type CategoryMode,
  type GoogleConsentType,
  type SignalName,
  type SiteSignals,
  type VendorSignals,
} from '../../../contract';

/** What a vendor is told by a category or an item: null for the category's usual ones, or those of the item's category. */
interface Signalling {
  key: string;
  signals: readonly SignalName[] | null;
}
export interface SignallingCategory extends Signalling {
  mode: CategoryMode;
  items: readonly Signalling[];
}

/**
 * The keys that must all be allowed for a signal to be granted; null if nothing names it.
 *
 * These are the categories and items that name it, and, below a category none of whose items does, all that name nothing
 * themselves: a visitor who refuses one of them must not find the vendor told otherwise. What is always on is left out.
 */
const keysOf = (signal: SignalName, categories: readonly SignallingCategory[]): string[] | null => {
  const keys: string[] = [];
  let named = false;
  for (const { key, mode, signals, items } of categories) {
    const isNamed = (signals ?? usualSignals[key] ?? []).includes(signal as GoogleConsentType);
    const naming = items.filter((item) => item.signals?.includes(signal));
    const following = isNamed && naming.length === 0 ? items.filter((item) => !item.signals) : naming;
    named ||= isNamed || naming.length > 0;
    if (mode !== 'required') keys.push(...(isNamed ? [key] : []), ...following.map((item) => `${key}/${item.key}`));
  }
  return named ? keys : null;
};

/**
 * What the client needs to tell vendors of a decision: those that the site chose, and by signal what it depends on.
 * A signal that nothing names follows the Google type that speaks for it; without one it is denied.
 */
export const vendorSignals = (
  chosen: SiteSignals | null,
  categories: readonly SignallingCategory[],
): VendorSignals | undefined => {
  const told: Record<string, object> = {};
  for (const vendor of vendorNames) {
    const options = chosen?.[vendor] ?? (vendor === 'gtm' && chosen?.gtm === undefined);
    if (!options) continue;
    const grants: Record<string, string[]> = {};
    for (const [signal, type] of Object.entries(vendors[vendor] as Record<SignalName, GoogleConsentType | null>)) {
      const keys = keysOf(signal as SignalName, categories) ?? (type && keysOf(type, categories));
      if (keys) grants[signal] = keys;
    }
    told[vendor] = { ...(options === true ? {} : options), grants };
  }
  return Object.keys(told).length > 0 ? told : undefined;
};
