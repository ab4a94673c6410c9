import type { Core } from '@strapi/strapi';
import { qualified } from '../../database/own-tables';
import { modelOf, USER_UID } from '../map/paths';
import { ADMIN_UID, metaOf } from './targets';

const SESSION_UID = 'admin::session';

/** Ends every session, and gives all accounts the same password: nobody logs in with what they had before. */
export const resetAccounts = async (
  strapi: Core.Strapi,
  password: string,
  { users, admins }: { users: boolean; admins: boolean },
): Promise<void> => {
  const rowsOf = (uid: string) => strapi.db.connection(qualified(strapi, metaOf(strapi, uid).table));
  const hash: string = await strapi.service('admin::auth').hashPassword(password);
  if (users && modelOf(strapi, USER_UID))
    await rowsOf(USER_UID).update({
      password: hash,
      reset_password_token: null,
      confirmation_token: null,
      provider: 'local',
    });
  if (admins)
    await rowsOf(ADMIN_UID).update({
      password: hash,
      reset_password_token: null,
      reset_password_token_expires_at: null,
      registration_token: null,
    });
  // Strapi has them in the database since 5.24.
  if (strapi.db.metadata.has(SESSION_UID)) await rowsOf(SESSION_UID).delete();
};

/** An admin to log in as; null: there is none that is active. */
export const anAdmin = async (strapi: Core.Strapi): Promise<string | null> => {
  const admin = (await strapi.db.query(ADMIN_UID).findOne({
    where: { isActive: true, blocked: { $ne: true }, roles: { code: 'strapi-super-admin' } },
    orderBy: { id: 'asc' },
  })) as { email: string } | null;
  return admin?.email ?? null;
};
