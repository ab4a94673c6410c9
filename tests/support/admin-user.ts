import { randomUUID } from 'node:crypto';
import type { Demo } from './demo';
import type { Editor } from './demo-editor';

/** A new admin user of the demo, whose role has these permissions of ours and no others; as `openAdminPanel` takes it. */
export const createAdminUser = async (demo: Demo, admin: Editor, actions: string[]): Promise<Demo> => {
  const name = `Editor ${randomUUID()}`;
  const { data: role } = await admin.request<{ data: { id: number } }>('POST', '/admin/roles', {
    name,
    description: name,
  });
  await admin.request('PUT', `/admin/roles/${role.id}/permissions`, {
    permissions: actions.map((action) => ({
      action: `plugin::privacy-desk.${action}`,
      subject: null,
      properties: {},
      conditions: [],
    })),
  });
  const email = `${randomUUID()}@example.com`;
  const { data: user } = await admin.request<{ data: { registrationToken: string } }>('POST', '/admin/users', {
    email,
    firstname: 'Edith',
    lastname: 'Editor',
    roles: [role.id],
  });
  const password = 'Editor-1-Editor';
  await admin.request('POST', '/admin/register', {
    registrationToken: user.registrationToken,
    userInfo: { firstname: 'Edith', lastname: 'Editor', password },
  });
  return { ...demo, adminEmail: email, adminPassword: password };
};
