import type { Core } from '@strapi/strapi';
import type { Context } from 'koa';

/** The user of users-permissions who asks. */
export interface OwnAccount {
  id: number;
  documentId: string;
  username: string;
  email: string;
}

interface Account extends OwnAccount {
  blocked: boolean | null;
  confirmed: boolean | null;
}

/** What a token says that is valid; the service throws for others. */
const tokenOf = async (plugin: Core.Plugin, ctx: Context): Promise<{ id?: number } | null> => {
  try {
    return (await plugin.service('jwt').getToken(ctx)) as { id?: number } | null;
  } catch {
    return null;
  }
};

/**
 * Who the JWT of a request says it is, as users-permissions itself decides it: nobody that is blocked, and nobody whose
 * address is to be confirmed and is not.
 *
 * @returns null for anybody else
 */
export const ownAccount = async (strapi: Core.Strapi, ctx: Context): Promise<OwnAccount | null> => {
  const plugin = strapi.plugin('users-permissions') as Core.Plugin | undefined;
  if (!plugin) return null;
  const token = await tokenOf(plugin, ctx);
  if (token?.id === undefined) return null;
  const account = (await plugin.service('user').fetchAuthenticatedUser(token.id)) as Account | null;
  if (!account || account.blocked) return null;
  const store = strapi.store({ type: 'plugin', name: 'users-permissions' });
  const advanced = (await store.get({ key: 'advanced' })) as { email_confirmation?: boolean } | null;
  if (advanced?.email_confirmation && !account.confirmed) return null;
  const { id, documentId, username, email } = account;
  return { id, documentId, username, email };
};
