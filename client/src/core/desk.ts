import type { Choice } from '../../../contract/choice';
import type { ConsentConfig, SlimConfig } from '../../../contract/consent-config';
import type { Decision } from '../../../contract/preferences';
import type { button } from '../ui/button';
import type { element } from '../ui/element';
import type { part, style } from '../ui/part';
import type { Change, PrivacyDesk, Receipt, Source } from './api';

type Act<Target = undefined> = (desk: Desk, target: Target) => unknown;

/**
 * What is loaded when it is first needed: the chunks by name, and what each of them does, as its default export.
 * To show what is shown already is harmless, and so is to hide what is not.
 */
export interface Chunks {
  ui: {
    /**
     * `'ask'`: the visitor has not decided; nothing if that changed while the chunk was loaded. Under regime `opt-out` with
     * GPC on, the small status notice instead. Absent: the site wants the banner shown.
     */
    banner: Act<'ask' | undefined>;
    /** The key of a category to go to. */
    dialog: Act<string | undefined>;
    /** Closes the dialog. */
    hide: Act;
    /** In the place of a `<privacy-desk-declaration>`. */
    declaration: Act<Element>;
    /** What other chunks build theirs with. */
    part: typeof part;
    style: typeof style;
    button: typeof button;
    element: typeof element;
  };
  /** An element of the page that is gated and no script. */
  embed: { show: Act<Element> };
  /** A `<div data-privacy-embed="youtube">`: a known service, named instead of written out. */
  presets: { show: Act<Element> };
  /** The link to the settings that is "Your Privacy Choices" under an opt-out regime. */
  choices: { show: Act<Element> };
  /** In the place of a `<privacy-desk-request>`. */
  request: { show: Act<Element> };
  aftermath: {
    /** What a decision that was stored changed; undefined when it was stored on an earlier page, and something is left to do. */
    show: Act<Change | undefined>;
    /** Saves the visitor's signed receipts as a file. */
    download: Act;
    /** The last recorded consent. */
    receipt(desk: Desk): Promise<Receipt | null>;
  };
}
export type ChunkName = keyof Chunks;

/** Loads a chunk. */
export type Load = <Name extends ChunkName>(name: Name) => Promise<{ default: Chunks[Name] }>;

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
  /** Reads again what another tab may have decided. */
  sync(): void;
  /** Gives a choice its subject; there as soon as a chunk was loaded that a visitor decides with, or that follows a decision. */
  mint?(choice: Choice): void;
  /** Where the plugin answers; what it names relatively is relative to this. */
  readonly url: string;
  /** See `fullConfig()`, which uses it. */
  full?: Promise<ConsentConfig>;
  /** The Trusted Types policy, once something needed it. */
  policy?: { createScript(text: string): string; createScriptURL(url: string): string };
  readonly load: Load;
  /** Loads a chunk and has it do something; a failure is reported as `privacy-desk:error`. Resolves with what that returned. */
  show<Name extends ChunkName, Method extends keyof Chunks[Name]>(
    name: Name,
    method: Method,
    target?: Chunks[Name][Method] extends (desk: Desk, target: infer Target) => unknown ? Target : undefined,
  ): Promise<unknown>;
}
