import { randomUUID } from 'node:crypto';
import request, { type Response } from 'supertest';
import { adminToken, type TestApp } from './strapi';

export const PATIENT = 'api::patient.patient';
export const VISIT = 'api::visit.visit';

/** In every plain value; nowhere else. */
export const MARKER = 'MARKER';

/** What of the document service is used, without types that only the test application would have. */
export interface Documents {
  create(params: object): Promise<Document>;
  update(params: object): Promise<Document>;
  clone(params: object): Promise<{ documentId: string; entries: Document[] }>;
  publish(params: object): Promise<{ documentId: string; entries: Document[] }>;
  unpublish(params: object): Promise<{ documentId: string; entries: Document[] }>;
  discardDraft(params: object): Promise<{ documentId: string; entries: Document[] }>;
  delete(params: object): Promise<{ documentId: string; entries: Document[] }>;
  findOne(params: object): Promise<Document | null>;
  findFirst(params: object): Promise<Document | null>;
  findMany(params?: object): Promise<Document[]>;
  count(params?: object): Promise<number>;
}
export interface Document {
  id: number;
  documentId: string;
  [attribute: string]: unknown;
}

export const documentsOf = ({ strapi }: TestApp, uid = PATIENT): Documents =>
  strapi.documents(uid as never) as unknown as Documents;

let number = 0;

/** A patient with an own value in every encrypted field, components and dynamic zone included. */
export const patient = (more: object = {}) => {
  number += 1;
  return {
    name: `Patient ${number}`,
    ssn: `756.${MARKER}.${number}`,
    email: `${MARKER}.${number}@example.com`,
    notes: `Notes ${MARKER} “ünïcode” ${number}`,
    record: { blood: `${MARKER} A+`, visits: [1, 2, { at: null }] },
    identity: {
      label: 'passport',
      number: `P-${MARKER}-${number}`,
      papers: [{ kind: 'scan', code: `C-${MARKER}-${number}` }],
    },
    identities: [
      { label: 'first', number: `I1-${MARKER}-${number}` },
      { label: 'second', number: `I2-${MARKER}-${number}` },
    ],
    file: [
      { __component: 'privacy.identity', label: 'zone', number: `Z-${MARKER}-${number}` },
      { __component: 'privacy.paper', kind: 'zone', code: `ZC-${MARKER}-${number}` },
    ],
    ...more,
  };
};

/** Components and dynamic zone at every depth, for `populate`. */
export const everything = {
  identity: { populate: '*' },
  identities: { populate: '*' },
  file: { on: { 'privacy.identity': { populate: '*' }, 'privacy.paper': { populate: '*' } } },
};

/** The tables with a text in any column of any row. */
export const tablesWith = async ({ strapi }: TestApp, text: string): Promise<string[]> => {
  const found: string[] = [];
  for (const table of await strapi.db.dialect.schemaInspector.getTables()) {
    const rows: object[] = await strapi.db.getConnection(table).select('*');
    if (rows.some((row) => JSON.stringify(row).includes(text))) found.push(table);
  }
  return found;
};

/** The values of a column as they lie in the database. */
export const columnOf = ({ strapi }: TestApp, table: string, column: string, where: object = {}): Promise<string[]> =>
  strapi.db
    .getConnection(table)
    .where(where)
    .orderBy('id')
    .then((rows: Record<string, string>[]) => rows.map((row) => row[column]!));

export interface Client {
  get(path: string): Promise<Response>;
  post(path: string, body?: object): Promise<Response>;
  put(path: string, body: object): Promise<Response>;
}

export const clientWith = ({ server }: TestApp, token: string): Client => {
  const send = (method: 'get' | 'post' | 'put', path: string, body?: object): Promise<Response> => {
    const call = request(server)[method](path).set('Authorization', `Bearer ${token}`);
    return (body ? call.send(body) : call).then((response) => response);
  };
  return {
    get: (path) => send('get', path),
    post: (path, body = {}) => send('post', path, body),
    put: (path, body) => send('put', path, body),
  };
};

const contentManagerActions = ['create', 'read', 'update', 'delete', 'publish'];

/** An admin user who may do everything with patients and visits in the Content Manager, and these actions of ours. */
export const editor = async (app: TestApp, actions: string[] = []): Promise<Client> => {
  const { strapi } = app;
  const name = randomUUID();
  const role = await strapi.service('admin::role').create({ name, description: name });
  const fields = ['name', 'ssn', 'email', 'notes', 'record', 'identity', 'identities', 'file', 'visits'];
  const nested = ['label', 'number', 'papers', 'papers.kind', 'papers.code'];
  const patientFields = [
    ...fields,
    ...['identity', 'identities'].flatMap((one) => nested.map((field) => `${one}.${field}`)),
  ];
  const subjects = { [PATIENT]: patientFields, [VISIT]: ['reason', 'patient'] };
  await strapi.service('admin::role').assignPermissions(role.id, [
    ...Object.entries(subjects).flatMap(([subject, permitted]) =>
      contentManagerActions
        .filter((action) => subject === PATIENT || action !== 'publish')
        .map((action) => ({
          action: `plugin::content-manager.explorer.${action}`,
          subject,
          conditions: [],
          properties: {
            ...(action !== 'delete' && action !== 'publish' && { fields: permitted }),
            ...(subject === PATIENT && { locales: ['en', 'de'] }),
          },
        })),
    ),
    ...actions.map((action) => ({ action, subject: null, conditions: [], properties: {} })),
  ]);
  return clientWith(app, await adminToken(strapi, role.id));
};

/** An API token for all actions on patients and visits, and these besides. */
export const apiClient = async (app: TestApp, permissions: string[] = []): Promise<Client> => {
  const { accessKey } = await app.strapi.service('admin::api-token').create({
    name: randomUUID(),
    description: '',
    type: 'custom',
    lifespan: null,
    permissions: [
      ...['patient', 'visit'].flatMap((type) =>
        ['find', 'findOne', 'create', 'update', 'delete'].map((action) => `api::${type}.${type}.${action}`),
      ),
      ...permissions,
    ],
  });
  return clientWith(app, accessKey);
};
