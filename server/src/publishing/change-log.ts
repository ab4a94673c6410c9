import type { Core } from '@strapi/strapi';
import type { Actor } from '../../../contract';
import { actorOf, type AdminUser } from '../http/actor';

/** Remembers who saved what has not been published yet, as far as it was saved in this process. */
export const createChangeLog = (strapi: Core.Strapi) => {
  const waiting = new Map<Actor['id'], Actor>();
  return {
    /** To be called while the request that changes something is being answered. */
    note(): void {
      const state = strapi.requestContext.get()?.state as
        { user?: AdminUser; auth?: { strategy?: { name?: string } } } | undefined;
      if (state?.user && state.auth?.strategy?.name === 'admin') waiting.set(state.user.id, actorOf(state.user));
    },

    /** Who they are, and what forgets them once their changes are live. */
    look(): { actors: Actor[]; taken: () => void } {
      const seen = [...waiting.values()];
      return {
        actors: seen,
        taken: () => {
          for (const actor of seen) if (waiting.get(actor.id) === actor) waiting.delete(actor.id);
        },
      };
    },
  };
};
