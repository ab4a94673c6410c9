import type { Choice } from '../../../contract/choice';
import type { ConsentConfig, SlimConfig } from '../../../contract/consent-config';
import type { Decision } from '../../../contract/preferences';
import type { Change, PrivacyDesk, Receipt, Source } from './api';

/** What is loaded when it is first needed: the chunks by name, and what each of them shows. */
export interface Chunks {
  /**
   * `'ask'`: the visitor has not decided; nothing if that changed while the chunk was loaded. Under regime `opt-out` with
   * GPC on, the small status notice instead. Absent: the site wants the banner shown.
   */
  banner: UiPart<'ask' | undefined>;
  /** The key of a category to go to. */
  dialog: UiPart<string | undefined>;
  /** A `<privacy-desk-declaration>`. */
  declaration: UiPart<Element>;
  /** The embed in whose place it stands. */
  placeholder: UiPart<Element>;
  /** An element of the page that is gated and no script. */
  embed: UiPart<Element>;
  /** A `<div data-privacy-embed="youtube">`: a known service, named instead of written out. */
  presets: UiPart<Element>;
  /** The link to the settings that is "Your Privacy Choices" under an opt-out regime. */
  choices: UiPart<Element>;
  /** What a decision that was stored changed; undefined when it was stored on an earlier page, and something is left to do. */
  aftermath: UiPart<Change | undefined>;
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
  /** What is stored now; without entries while undecided. */
  choice(): Choice;
  decision(): Decision;
  /**
   * Stores a decision, runs what is allowed now, and tells listeners.
   * `preferences`: granted or not, by `CATEGORY` and `CATEGORY/item-key`. A category that is named takes its items with it,
   * except for those that are named, too; what is not named stays as it was.
   * Granting an item of a refused category has no effect: an item is never on while its category is refused.
   */
  commit(preferences: Record<string, boolean>, source: Source): void;
  /** Stores the choice again, after a chunk has changed it in place. */
  store(): void;
  /** Gives a choice its subject; there as soon as a chunk was loaded that a visitor decides with, or that follows a decision. */
  mint?(choice: Choice): void;
  /** Where the plugin answers; what it names relatively is relative to this. */
  readonly url: string;
  /** See `fullConfig()`, which uses it. */
  full?: Promise<ConsentConfig>;
  /** The Trusted Types policy, once something needed it. */
  policy?: { createScript(text: string): string; createScriptURL(url: string): string };
  /**
   * Loads a chunk and shows (or, on demand, hides) it; a failure is reported as `privacy-desk:error`.
   * Resolves with what that returned.
   * `show('embed', element, 'reveal')` is "allow once": this one embed gets its source until the page is left; nothing is stored.
   */
  show<Name extends ChunkName>(
    name: Name,
    target?: Chunks[Name] extends UiPart<infer Target> ? Target : never,
    method?: keyof UiPart,
  ): Promise<unknown>;
}

/** What a chunk exports as default. Calling `show` again while it is shown is harmless, and so is `hide` while it is not. */
export interface UiPart<Target = string | Element | undefined> {
  show(desk: Desk, target: Target): unknown;
  hide?(desk: Desk, target: Target): void;
  /** Loads what showing it will need. */
  prepare?(desk: Desk): void;
  reveal?(desk: Desk, target: Target): void;
  /** Of `aftermath`: saves the visitor's signed receipts as a file. */
  download?(desk: Desk): Promise<void>;
  /** Of `aftermath`: the last recorded consent. */
  receipt?(desk: Desk): Promise<Receipt | null>;
}
