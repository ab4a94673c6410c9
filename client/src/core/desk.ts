import type { Choice } from '../../../contract/choice';
import type { ConsentConfig, SlimConfig } from '../../../contract/consent-config';
import type { Decision } from '../../../contract/preferences';
import type { Change, PrivacyDesk, Source } from './api';

/** What is loaded when it is first needed: the chunks by name, and what each of them shows. */
export interface Chunks {
  /**
   * `'ask'`: the visitor was not asked yet; nothing if that changed while the chunk was loaded.
   * `'gpc'`: likewise the small status notice (regime `opt-out`, GPC on, nothing decided). Absent: the site wants the banner shown.
   */
  banner: UiPart<'ask' | 'gpc' | undefined>;
  /** The key of a category to go to. */
  dialog: UiPart<string | undefined>;
  /** A `<privacy-desk-declaration>`. */
  declaration: UiPart<Element>;
  /** The embed in whose place it stands. */
  placeholder: UiPart<Element>;
  /** An element of the page that is gated and no script. */
  embed: UiPart<Element>;
  /** A decision that was stored. */
  aftermath: UiPart<{ change: Change; previous: Choice | null }>;
}
export type ChunkName = keyof Chunks;

/**
 * The inside of the client, handed to gate, signals and UI chunks. Chunks import nothing of the core:
 * all they need comes in here, so that no code travels twice.
 */
export interface Desk {
  readonly api: PrivacyDesk;
  readonly config: SlimConfig;
  readonly gpc: boolean;
  /** The nonce of the client's own script, for browsers that need a `<style>`; empty without one. */
  readonly nonce: string;
  /** What is stored now; null while undecided. */
  choice(): Choice | null;
  decision(): Decision;
  /**
   * Stores a decision and tells listeners, then, in a task of its own, runs what is allowed now.
   * `preferences`: granted or not, by `CATEGORY` and `CATEGORY/item-key`. A category that is named takes its items with it,
   * except for those that are named, too; what is not named stays as it was.
   * Granting an item of a refused category has no effect: an item is never on while its category is refused.
   */
  commit(preferences: Record<string, boolean>, source: Source): void;
  /** The full config (descriptions, items, storage entries); fetched once, on first use. Rejects when it cannot be loaded. */
  details(): Promise<ConsentConfig>;
  /** The Trusted Types policy, once something needed it. */
  policy?: { createScript(text: string): string; createScriptURL(url: string): string };
  /**
   * Loads a chunk and shows (or, on demand, hides) it; a failure is reported as `privacy-desk:error`.
   * `show('embed', element, 'reveal')` is "allow once": this one embed gets its source until the page is left; nothing is stored.
   */
  show<Name extends ChunkName>(
    name: Name,
    target?: Chunks[Name] extends UiPart<infer Target> ? Target : never,
    method?: 'show' | 'hide' | 'reveal',
  ): void;
  /** Dispatches `privacy-desk:<name>` on the document. */
  emit(name: 'ready' | 'change' | 'open' | 'close' | 'error', detail?: unknown): void;
}

/** What a chunk exports as default. Calling `show` again while it is shown is harmless, and so is `hide` while it is not. */
export interface UiPart<Target = string | Element | undefined> {
  show(desk: Desk, target: Target): void | Promise<void>;
  hide?(desk: Desk, target: Target): void;
  reveal?(desk: Desk, target: Target): void;
}
