import type { Choice } from '../../../contract/choice';
import type { ConsentConfig, SlimConfig } from '../../../contract/consent-config';
import type { Decision } from '../../../contract/preferences';
import type { PrivacyDesk, Source } from './api';

/** The parts of the UI that are loaded when they are first needed. */
export type UiName = 'banner' | 'dialog' | 'declaration' | 'placeholder';

/** What is loaded when it is first needed, by name: the default exports of the chunks. */
export interface Chunks extends Record<UiName, UiPart> {
  clear: Clear;
}
export type ChunkName = keyof Chunks;

/** What a visitor chooses: granted or not, by category key and by item key. Items that are not named follow their category. */
export interface Selection {
  categories: Record<string, boolean>;
  items: Record<string, boolean>;
}

/**
 * The inside of the client, handed to gate, signals and UI chunks. Chunks import nothing of the core:
 * all they need comes in here, so that no code travels twice.
 */
export interface Desk {
  readonly api: PrivacyDesk;
  readonly config: SlimConfig;
  readonly gpc: boolean;
  /** The nonce of the client's own script, for browsers that need a `<style>`; absent without one. */
  readonly nonce?: string;
  /** What is stored now; null while undecided. */
  choice(): Choice | null;
  decision(): Decision;
  /** Whether a key of the markup (`CATEGORY` or `CATEGORY/item-key`) is allowed; an unknown one never is, and is warned of once. */
  allows(key: string): boolean;
  /** Notes that something of `key` ran which only a reload can stop. */
  ran(key: string): void;
  /**
   * Stores a decision and tells listeners, then, in a task of its own, runs what is allowed now.
   * A category that is named takes its items with it, but for those that are named, too; what is not named stays as it was.
   * Granting an item of a refused category has no effect: an item is never on while its category is refused.
   */
  commit(selection: Selection, source: Source): void;
  /** The full config (descriptions, items, storage entries); fetched once, on first use. Rejects when it cannot be loaded. */
  details(): Promise<ConsentConfig>;
  /** "Allow once": this one embed gets its source until the page is left; nothing is stored. */
  reveal(element: Element): void;
  /** Loads a part of the UI and shows it; a failure is reported as `privacy-desk:error`. */
  show(name: UiName, target?: string | Element): void;
  /** Hides a part of the UI, if it was loaded. */
  hide(name: UiName, target?: Element): void;
  /** Dispatches `privacy-desk:<name>` on the document. */
  emit(name: 'ready' | 'change' | 'open' | 'close' | 'error', detail?: unknown): void;
}

/** What a UI chunk exports as default. Calling it again while it is shown is harmless. */
export interface UiPart {
  /**
   * `target`: for the dialog the key of a category to go to; for placeholder and declaration the element;
   * for the banner `'gpc'` shows the small status notice instead (regime `opt-out`, GPC on, nothing decided).
   */
  show(desk: Desk, target?: string | Element): void;
  /** `target`: the embed whose placeholder goes; absent: everything of this part. */
  hide?(target?: Element): void;
}

/** Removes from the browser what these items (`CATEGORY/item-key`) stored; they are not allowed any more. */
export type Clear = (desk: Desk, keys: string[]) => Promise<void>;
