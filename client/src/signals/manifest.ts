import type { SignalOf, VendorName, VendorSettings } from '../../../contract/vendors';

/** What a vendor is told with; the same object each time. */
export interface Telling<Vendor extends VendorName> {
  settings: VendorSettings<Vendor>;
  /** Whether this is the first time: while the client's script runs, so before any tag that comes after it. */
  first: boolean;
  /** Whether the visitor made a choice. */
  decided(): boolean;
  /** Whether a category or an item (`CATEGORY/item-key`) is allowed: at the moment, also when it is asked later. */
  allowed(key: string): boolean;
  /** Whether all is allowed that the signal depends on. */
  granted(signal: SignalOf<Vendor>): boolean;
  /** When the page is parsed. */
  ready: Promise<void>;
  /** For the manifest to remember what it said. */
  given?: boolean;
}

/** How a vendor learns what the visitor allows. */
export interface Manifest<Vendor extends VendorName> {
  vendor: Vendor;
  /** Says what holds: once at the start, and after each decision. What it throws is reported and stops nothing. */
  tell(telling: Telling<Vendor>): void;
  /**
   * Whether it can be told "no" before anything is known of the visitor, so while the npm package still loads the config.
   * Not where the vendor keeps what it is told, or counts it.
   */
  early?: true;
}

/** A manifest, whoever's. */
export type AnyManifest = { [Vendor in VendorName]: Manifest<Vendor> }[VendorName];
