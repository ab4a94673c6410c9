import type { Core } from '@strapi/types';

/** The one login of the demo; README and `npm run demo` tell it. */
const login = { email: 'admin@example.com', password: 'Privacy-Desk-1' };

/** Creates the demo's administrator, unless it is there. */
export const ensureAdmin = async (strapi: Core.Strapi): Promise<void> => {
  const users = strapi.service('admin::user');
  if (await users.exists({ email: login.email })) return;
  const { id } = await strapi.service('admin::role').getSuperAdmin();
  await users.create({
    ...login,
    firstname: 'Ada',
    lastname: 'Admin',
    isActive: true,
    registrationToken: null,
    roles: [id],
  });
};
