import { randomUUID } from 'node:crypto';
import type { Demo } from './demo';

type Type = 'category' | 'tracking-item' | 'site';

/** What the Content Manager answers with for one entry. */
export interface Entry {
  documentId: string;
  key: string;
  name: string;
  [attribute: string]: unknown;
}

/** Someone who is logged in to the demo's Strapi and works in its Content Manager, by its own HTTP API. */
export interface Editor {
  create(type: Type, data: object): Promise<Entry>;
  update(type: Type, documentId: string, data: object, locale?: string): Promise<Entry>;
  remove(type: Type, documentId: string): Promise<void>;
  /** `query`: what the list view sends, such as `_q=…` or `filters[…]`. */
  list(type: Type, query?: string): Promise<Entry[]>;
  find(type: Type, key: string): Promise<Entry>;
  /** Somebody whose role has only these permissions of ours, for instance `inventory.read`. */
  colleague(permissions: string[]): Promise<Pick<Demo, 'adminEmail' | 'adminPassword'>>;
  /** Any other request of the admin API. @throws Error with status and body unless it is answered with 2xx */
  request<Body>(method: string, path: string, body?: object): Promise<Body>;
}

export const logIn = async (demo: Demo): Promise<Editor> => {
  const send = async <Body>(method: string, path: string, token?: string, body?: object): Promise<Body> => {
    const answer = await fetch(demo.strapiUrl + path, {
      method,
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text ? JSON.parse(text) : null) as Body;
  };
  const { data } = await send<{ data: { token: string } }>('POST', '/admin/login', undefined, {
    email: demo.adminEmail,
    password: demo.adminPassword,
  });
  const request = <Body>(method: string, path: string, body?: object) => send<Body>(method, path, data.token, body);
  const path = (type: Type, documentId = '') =>
    `/content-manager/collection-types/plugin::privacy-desk.${type}${documentId && `/${documentId}`}`;
  const list = async (type: Type, query = '') =>
    (await request<{ results: Entry[] }>('GET', `${path(type)}?pageSize=100&${query}`)).results;
  return {
    create: async (type, entry) => (await request<{ data: Entry }>('POST', path(type), entry)).data,
    update: async (type, documentId, entry, locale = 'en') =>
      (await request<{ data: Entry }>('PUT', `${path(type, documentId)}?locale=${locale}`, entry)).data,
    remove: (type, documentId) => request('DELETE', `${path(type, documentId)}?locale=*`),
    list,
    async colleague(permissions) {
      const name = `Editor ${randomUUID()}`;
      const role = await request<{ data: { id: number } }>('POST', '/admin/roles', { name, description: name });
      await request('PUT', `/admin/roles/${role.data.id}/permissions`, {
        permissions: permissions.map((action) => ({
          action: `plugin::privacy-desk.${action}`,
          subject: null,
          properties: {},
          conditions: [],
        })),
      });
      const adminEmail = `${randomUUID()}@example.com`;
      const adminPassword = 'Privacy-Desk-2';
      const user = await request<{ data: { id: number } }>('POST', '/admin/users', {
        firstname: 'Edda',
        lastname: 'Editor',
        email: adminEmail,
        roles: [role.data.id],
      });
      await request('PUT', `/admin/users/${user.data.id}`, { isActive: true, password: adminPassword });
      return { adminEmail, adminPassword };
    },
    async find(type, key) {
      const found = (await list(type)).find((entry) => entry.key === key);
      if (!found) throw new Error(`There is no ${type} ${key}`);
      return found;
    },
    request,
  };
};
