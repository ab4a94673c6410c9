import request, { type Response } from 'supertest';
import { getService } from '../../server/src/get-service';
import { adminToken, type TestApp } from './strapi';

type Type = 'category' | 'tracking-item' | 'site';

/** What an editor does in the Content Manager, by its own HTTP API. */
export interface ContentManager {
  create(type: Type, data: object, locale?: string): Promise<Response>;
  /** Creates the language if the entry does not have it. */
  update(type: Type, documentId: string, data: object, locale?: string): Promise<Response>;
  read(type: Type, documentId: string, locale?: string): Promise<Response>;
  clone(type: Type, documentId: string, data: object): Promise<Response>;
  remove(type: Type, documentId: string): Promise<Response>;
  /** Resolves when the seeds know of it. */
  addLocale(code: string): Promise<void>;
  removeLocale(code: string): Promise<void>;
  /** Any other request, as the same editor. */
  get(path: string): Promise<Response>;
}

export const contentManager = async ({ strapi, server }: TestApp): Promise<ContentManager> => {
  const token = await adminToken(strapi);
  const send = (method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object): Promise<Response> => {
    const call = request(server)[method](path).set('Authorization', `Bearer ${token}`);
    return (body ? call.send(body) : call).then((response) => response);
  };
  const path = (type: Type, documentId = '', locale?: string) =>
    `/content-manager/collection-types/plugin::privacy-desk.${type}${documentId && `/${documentId}`}${locale ? `?locale=${locale}` : ''}`;
  return {
    create: (type, data, locale) => send('post', path(type, '', locale), data),
    update: (type, documentId, data, locale) => send('put', path(type, documentId, locale), data),
    read: (type, documentId, locale) => send('get', path(type, documentId, locale)),
    clone: (type, documentId, data) => send('post', `${path(type)}/clone/${documentId}`, data),
    remove: (type, documentId) => send('delete', `${path(type, documentId)}?locale=*`),
    get: (url) => send('get', url),
    async addLocale(code) {
      const { status } = await send('post', '/i18n/locales', { code, name: code, isDefault: false });
      if (status >= 300) throw new Error(`Locale ${code}: ${status}`);
      await getService('seeding', { strapi }).settled();
    },
    async removeLocale(code) {
      const { body } = await send('get', '/i18n/locales');
      const { id } = (body as { id: number; code: string }[]).find((locale) => locale.code === code)!;
      const { status } = await send('delete', `/i18n/locales/${id}`);
      if (status >= 300) throw new Error(`Locale ${code}: ${status}`);
      await getService('seeding', { strapi }).settled();
    },
  };
};
