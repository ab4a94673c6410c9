import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import { canonicalJson } from '../canonical-json';

/**
 * What a form was filled with: the first 128 bits of the SHA-256 of the content's canonical JSON.
 * A form sends it back with its save, so that a save that is built on something older can be refused.
 *
 * @param content only what the form shows and saves: two people who edit different things do not get in each other's way
 */
export const versionOf = (content: unknown): string =>
  createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 32);

/** A save that was built on something that another admin has changed meanwhile. */
export class StaleSave extends Error {
  /**
   * @param current what there is now, in the shape in which the form reads it
   * @param currentVersion its version
   */
  constructor(
    readonly current: unknown,
    readonly currentVersion: string,
  ) {
    super('Somebody else has changed this meanwhile');
  }
}

/**
 * Refuses a save unless it was built on what there is now. To be asked inside the transaction that saves.
 *
 * @param version as the form sent it; undefined (a script that does not care) is let through
 * @throws StaleSave
 */
export const requireCurrent = (version: string | undefined, current: unknown): void => {
  const currentVersion = versionOf(current);
  if (version !== undefined && version !== currentVersion) throw new StaleSave(current, currentVersion);
};

/**
 * Runs a save; a stale one is answered with 409 and `details: { version, current }`, so that the form can keep what was
 * typed and show what the other admin did.
 */
export const answerStale = async (ctx: Context, save: () => Promise<unknown>): Promise<void> => {
  try {
    await save();
  } catch (error) {
    if (!(error instanceof StaleSave)) throw error;
    ctx.conflict(error.message, { version: error.currentVersion, current: error.current });
  }
};
