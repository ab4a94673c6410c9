/** What made a change: how the visitor decided. */
export type Source = 'accept-all' | 'reject-all' | 'save' | 'withdraw' | 'api' | 'embed' | 'import';

/** Told to listeners of `onChange` and as `detail` of the DOM event `privacy-desk:change`. */
export interface Change {
  /** Every category, and whether it is allowed now. */
  preferences: Record<string, boolean>;
  /** Keys of the categories and items (`CATEGORY/item-key`) whose state is another than before. */
  changed: string[];
  source: Source;
  /** True when something that is no longer allowed already ran on this page: only a reload stops it. */
  reloadAdvised: boolean;
}

/** A visitor's signed copy of a consent. */
export interface Receipt {
  id: string;
  recordedAt: string;
  token: string;
}

/** `window.privacyDesk`, and what `createPrivacyDesk()` returns. */
export interface PrivacyDesk {
  /** Whether a category (`'STATISTICS'`) or an item (`'STATISTICS/<item-key>'`) is allowed. Synchronous, no side effect. Unknown keys: false and one console warning. */
  getPreference(key: string): boolean;
  /** Every category, and whether it is allowed. */
  getPreferences(): Record<string, boolean>;
  /** Whether a fresh choice exists, for that category or for all optional ones. A default or GPC alone is no decision. */
  hasDecided(category?: string): boolean;
  /** Records a visitor's decision taken in the site's own UI. @throws TypeError for a required or unknown key, or a non-boolean. */
  setPreference(key: string, granted: boolean): void;
  setPreferences(preferences: Record<string, boolean>): void;
  acceptAll(): void;
  rejectAll(): void;
  /** A stored refusal of everything optional, and clearing what can be cleared; it does not ask again. */
  withdraw(): void;
  openSettings(category?: string): void;
  closeSettings(): void;
  showBanner(): void;
  /** Calls `listener` on every change, and at once when a decision exists. Returns a function that stops it. */
  onChange(listener: (change: Change) => void): () => void;
  /** Resolves when, or if already, allowed. */
  whenAllowed(key: string): Promise<void>;
  /** Resolves when the config is there and the page's markup has been gated once. */
  ready: Promise<void>;
  /** This visitor's last recorded consent; null when nothing is recorded. */
  receipt(): Promise<Receipt | null>;
}
