import type { Context } from 'koa';
import { ACTION_IDS, PLUGIN_ID, type Action } from '../constants';

type WithAbility = Pick<Context, 'state'>;

/** Route config: for admin users who have all of these permissions. Everybody else is answered with 401 or 403. */
export const allowed = (...actions: Action[]) => ({
  policies: ['admin::isAuthenticatedAdmin', { name: 'admin::hasPermissions', config: { actions } }],
});

/** Route config: for admin users who have at least one of these permissions; any of ours if none is named. */
export const allowedAny = (...actions: Action[]) => ({
  policies: ['admin::isAuthenticatedAdmin', { name: `plugin::${PLUGIN_ID}.has-any`, config: { actions } }],
});

/** Those of our permissions that the admin user of a request has. */
export const actionsOf = (ctx: WithAbility): Action[] =>
  ACTION_IDS.filter((action) => ctx.state.userAbility?.can(action));

/** The policies of the plugin, by name: Strapi copies a route's config and loses functions in it. */
export const policies = {
  'has-any': (ctx: WithAbility, { actions }: { actions: Action[] }): boolean => {
    const had = actionsOf(ctx);
    return actions.length === 0 ? had.length > 0 : actions.some((action) => had.includes(action));
  },
};
