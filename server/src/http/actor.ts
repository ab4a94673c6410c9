import type { Actor } from '../../../contract';

/** What we need of a user of Strapi's admin panel. */
export interface AdminUser {
  id: number | string;
  firstname?: string | null;
  lastname?: string | null;
  username?: string | null;
  email?: string | null;
}

/** The name is kept with what they did, as a user may be deleted later. */
export const actorOf = ({ id, firstname, lastname, username, email }: AdminUser): Actor => ({
  id,
  name: [firstname, lastname].filter(Boolean).join(' ') || username || email || String(id),
});
