import { randomUUID } from 'node:crypto';
import request from 'supertest';
import type { AuditDetails, AuditPage, AuditQuery, AuditVerification } from '../../contract';
import { getService } from '../../server/src/get-service';
import { personalData } from '../../playground/strapi/src/personal-data';
import { editCatalogue } from '../support/catalogue';
import { documentsOf } from '../support/encrypted-fields';
import { eventually } from '../support/eventually';
import { startShop } from '../support/shop';
import { adminToken, adminTokenWith, type TestApp } from '../support/strapi';

const CATEGORY = 'plugin::privacy-desk.category';
const USER = 'plugin::users-permissions.user';
const ORDER = 'api::order.order';
const READ = 'plugin::privacy-desk.audit.read';

let app: TestApp;
let token: string;
const audit = () => getService('audit', app);
const as = (bearer: string) => ({ authorization: `Bearer ${bearer}` });
const get = (path: string, bearer = token) => request(app.server).get(path).set(as(bearer));
const send = (method: 'post' | 'put' | 'delete', path: string, body: object = {}, bearer = token) =>
  request(app.server)[method](path).set(as(bearer)).send(body);
const search = (query: object, bearer = token) => send('post', '/privacy-desk/audit/search', query, bearer);
const found = async (query: AuditQuery): Promise<AuditPage> => (await search(query).expect(200)).body;
const actionsOf = ({ entries }: AuditPage): string[] => entries.map(({ action }) => action);
/** The latest entry with all that is known of it. */
const latest = async (query: AuditQuery): Promise<AuditDetails> => {
  const { entries } = await found({ ...query, limit: 1 });
  expect(entries).toHaveLength(1);
  return (await get(`/privacy-desk/audit/entries/${entries[0]!.id}`).expect(200)).body;
};
const text = (response: request.Response, done: (error: null, text: string) => void): void => {
  let all = '';
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => (all += chunk));
  stream.on('end', () => done(null, all));
};

beforeAll(async () => {
  const { 'api::comment.comment': _, ...configured } = personalData;
  app = await startShop({ config: { personalData: configured, pollIntervalSeconds: 3600 } });
  token = await adminToken(app.strapi);
});
afterAll(() => app?.stop());

describe('What is recorded', () => {
  it('is every change to the catalogue: who, what, from which request, before and after', async () => {
    const created = await send('post', `/content-manager/collection-types/${CATEGORY}`, {
      key: 'AUDITED',
      name: 'Audited',
      mode: 'opt-in',
    }).expect(201);
    const { documentId } = created.body.data as { documentId: string };
    await send('put', `/content-manager/collection-types/${CATEGORY}/${documentId}`, { mode: 'opt-out' })
      .set('x-request-id', 'request-of-the-update')
      .expect(200);
    expect(await latest({ request: 'request-of-the-update' })).toMatchObject({
      action: 'catalogue.update',
      outcome: 'ok',
      actor: { type: 'admin', state: 'named', name: 'Ada Admin' },
      target: { type: CATEGORY, id: documentId, name: 'Audited' },
      detail: { key: 'AUDITED', locale: 'en' },
      request: { method: 'PUT', route: '/content-manager/collection-types/:model/:id' },
      changes: [{ field: 'mode', before: 'opt-in', after: 'opt-out', hidden: false }],
      chain: { intact: true },
    });
    await send('delete', `/content-manager/collection-types/${CATEGORY}/${documentId}`).expect(200);
    const page = await found({ targetType: CATEGORY, target: documentId });
    expect(actionsOf(page)).toEqual(['catalogue.delete', 'catalogue.update', 'catalogue.create']);
    const refused = await found({ action: 'catalogue' });
    await send('post', `/content-manager/collection-types/${CATEGORY}`, { key: 'not a key', name: 'x' }).expect(400);
    expect((await found({ action: 'catalogue' })).entries).toHaveLength(refused.entries.length);
  });

  it('is what goes live, how, and who asks visitors again', async () => {
    const { documentId } = await app.strapi.db.query(CATEGORY).findOne({ where: { key: 'MARKETING' } });
    await editCatalogue(app.strapi).category.update(documentId, { mode: 'opt-out' });
    await getService('publishing', app).refresh();
    expect(await latest({ action: 'publishing.automatic' })).toMatchObject({
      actor: { type: 'system' },
      site: 'default',
    });
    await send('put', '/privacy-desk/sites/default/publishing/mode', { mode: 'manual' }).expect(200);
    expect(await latest({ action: 'publishing.mode' })).toMatchObject({
      actor: { type: 'admin', name: 'Ada Admin' },
      site: 'default',
      changes: [{ field: 'mode', before: 'auto', after: 'manual' }],
      request: { method: 'PUT', route: '/privacy-desk/sites/:site/publishing/mode' },
    });
    await send('post', '/privacy-desk/sites/default/categories/MARKETING/ask-again').expect(204);
    expect(await latest({ action: 'publishing.ask-again' })).toMatchObject({
      actor: { name: 'Ada Admin' },
      detail: { askedAgain: { MARKETING: expect.any(Number) } },
    });
    await send('put', '/privacy-desk/sites/default/publishing/mode', { mode: 'auto' }).expect(200);
  });

  it('is what a role may newly do with this plugin, and no longer', async () => {
    const { body } = await send('post', '/admin/roles', { name: 'Auditor', description: '' }).expect(201);
    const { id } = body.data as { id: number };
    const allow = (actions: string[]) =>
      send('put', `/admin/roles/${id}/permissions`, {
        permissions: actions.map((action) => ({ action, subject: null, conditions: [], properties: {} })),
      }).expect(200);
    await allow([READ, 'plugin::upload.read']);
    expect(await latest({ action: 'permission.change' })).toMatchObject({
      actor: { name: 'Ada Admin' },
      target: { type: 'admin::role', id: String(id), name: 'Auditor' },
      changes: [{ field: READ, before: null, after: true }],
    });
    await allow(['plugin::upload.read']);
    const taken = await latest({ action: 'permission.change' });
    expect(taken.changes).toEqual([{ field: READ, before: true, after: null, hidden: false }]);
    await allow([]);
    expect((await found({ action: 'permission.change', limit: 1 })).entries[0]!.id).toBe(taken.id);
    await allow([READ]);
    await send('delete', `/admin/roles/${id}`).expect(200);
    expect((await latest({ action: 'permission.change' })).changes).toEqual(taken.changes);
  });

  it('is who gets a role that may do something with this plugin', async () => {
    await adminTokenWith(app.strapi, [READ]);
    expect(await latest({ targetType: 'admin::user' })).toMatchObject({
      action: 'permission.change',
      target: { name: 'Ada Admin' },
      changes: [{ field: expect.stringMatching(/^admin::role /), before: null, after: true }],
    });
    const { entries } = await found({ targetType: 'admin::user' });
    await adminTokenWith(app.strapi, ['plugin::upload.read']);
    expect((await found({ targetType: 'admin::user' })).entries).toHaveLength(entries.length);
  });

  it('is what roles and tokens of the site’s API may see', async () => {
    const reveal = 'plugin::privacy-desk.fields.reveal';
    const tokens = app.strapi.service('admin::api-token');
    const { id } = await tokens.create({
      name: randomUUID(),
      description: '',
      type: 'custom',
      lifespan: null,
      permissions: [reveal],
    });
    expect(await latest({ targetType: 'admin::api-token' })).toMatchObject({
      target: { id: String(id) },
      changes: [{ field: reveal, before: null, after: true }],
    });
    await tokens.revoke(id);
    expect(await latest({ targetType: 'admin::api-token' })).toMatchObject({
      changes: [{ field: reveal, after: null }],
    });
    const roles = app.strapi.plugin('users-permissions').service('role');
    const permissions = { 'plugin::privacy-desk': { controllers: { fields: { reveal: { enabled: true } } } } };
    await roles.createRole({ name: 'Clerks', description: 'x', permissions });
    expect(await latest({ targetType: 'plugin::users-permissions.role' })).toMatchObject({
      target: { name: 'Clerks' },
      changes: [{ field: reveal, before: null, after: true }],
    });
  });

  it('is how the personal-data map is changed, and what admins do with content that is of persons', async () => {
    const mapping = personalData['api::comment.comment']!;
    await send('put', '/privacy-desk/personal-data/map/api::comment.comment', { mapping }).expect(200);
    expect(await latest({ action: 'personal-data.map' })).toMatchObject({
      target: { type: 'api::comment.comment' },
      changes: [{ field: 'mapping', before: null, after: mapping, hidden: false }],
    });

    const { documentId } = await documentsOf(app, ORDER).create({
      data: { number: 'A-1', email: 'grace@example.com', note: 'call me' },
    });
    const path = `/content-manager/collection-types/${ORDER}/${documentId}`;
    await get(path).expect(200);
    expect(await latest({ targetType: ORDER, target: documentId })).toMatchObject({
      action: 'entry.read',
      actor: { name: 'Ada Admin' },
    });
    await send('put', path, { note: 'do not call me' }).expect(200);
    const updated = await latest({ action: 'entry.update' });
    expect(updated).toMatchObject({ target: { type: ORDER, id: documentId } });
    const hash = { hash: expect.any(String) };
    expect(updated.changes).toContainEqual({ field: 'note', before: hash, after: hash, hidden: true });
    expect(JSON.stringify(updated)).not.toContain('call me');
    await send('delete', path).expect(200);
    expect(actionsOf(await found({ target: documentId, targetType: ORDER }))).toEqual([
      'entry.delete',
      'entry.update',
      'entry.read',
    ]);
    const product = 'api::product.product';
    await get(`/content-manager/collection-types/${product}`).expect(200);
    expect((await found({ targetType: product })).entries).toEqual([]);
  });

  it('is which settings are other ones than at the last start, without the secret ones', async () => {
    const store = app.strapi.store({ type: 'plugin', name: 'privacy-desk', key: 'audited-settings' });
    const known = (await store.get({})) as Record<string, string>;
    expect(known['redis.url']).toMatch(/^"[\w-]{22}"$/);
    await store.set({ value: { ...known, 'audit.retentionDays': '30', 'redis.url': '"another"' } });
    const { recordSettingChanges } = await import('../../server/src/audit/setting-changes');
    // Another instance starts at the same moment.
    const busy = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
    const transaction = jest.spyOn(app.strapi.db, 'transaction').mockRejectedValueOnce(busy);
    await recordSettingChanges(app.strapi);
    await expect(transaction.mock.results[0]!.value).rejects.toBe(busy);
    transaction.mockRestore();
    await recordSettingChanges(app.strapi);
    expect((await found({ action: 'settings.change' })).entries).toHaveLength(1);
    const { changes, actor } = await latest({ action: 'settings.change' });
    expect(actor.type).toBe('system');
    expect(changes).toEqual([
      { field: 'audit.retentionDays', before: 30, after: 1095, hidden: false },
      { field: 'redis.url', before: { hash: expect.any(String) }, after: { hash: expect.any(String) }, hidden: true },
    ]);
  });
});

describe('The search', () => {
  const at = 'search.test';
  beforeAll(async () => {
    const target = { type: 'person', id: 'grace@example.com', label: 'Grace@example.com' };
    for (let index = 0; index < 7; index++)
      await audit().record({
        action: `${at}-${index % 2}`,
        actor:
          index === 3 ? { type: 'user', id: 'doc-9', name: 'Grace' } : { type: 'admin', id: 77, name: 'Old Admin' },
        ...(index > 4 && { target }),
        site: index === 2 ? 'shop' : 'default',
        outcome: index === 1 ? 'refused' : 'ok',
        request: { method: 'GET', route: '/x', id: `search-request-${index}` },
      });
  });

  it('goes from the latest back, page by page, and misses none', async () => {
    const ids: string[] = [];
    for (let after: string | undefined; ;) {
      const { entries, next } = await found({ action: 'search', limit: 2, ...(after && { after }) });
      expect(entries.length).toBeLessThanOrEqual(2);
      ids.push(...entries.map(({ id }) => id));
      if (next === null) break;
      after = next;
    }
    expect(new Set(ids).size).toBe(7);
    const all = await found({ action: 'search' });
    expect(all.entries.map(({ id }) => id)).toEqual(ids);
    expect(all.next).toBeNull();
  });

  it('narrows by each of its fields', async () => {
    const count = async (query: AuditQuery): Promise<number> =>
      (await found({ action: 'search', ...query })).entries.length;
    expect(await count({ action: `${at}-1` })).toBe(3);
    expect(await count({ actor: 'admin:77' })).toBe(6);
    expect(await count({ actorType: 'user' })).toBe(1);
    expect(await count({ site: 'shop' })).toBe(1);
    expect(await count({ outcome: 'refused' })).toBe(1);
    expect(await count({ request: 'search-request-4' })).toBe(1);
    expect(await count({ targetType: 'person' })).toBe(2);
    expect(await count({ target: 'GRACE@example.com' })).toBe(2);
    expect(await count({ target: 'nobody@example.com' })).toBe(0);
    expect(await count({ to: new Date(0).toISOString() })).toBe(0);
    expect(await count({ from: new Date(Date.now() - 60_000).toISOString() })).toBe(7);
    const [entry] = (await found({ action: 'search', actorType: 'user' })).entries;
    expect(await count({ actor: entry!.actor.ref! })).toBe(1);
  });

  it('names administrators, and persons only to who opens an entry, which is recorded', async () => {
    const [of] = (await found({ action: 'search', targetType: 'person', limit: 1 })).entries;
    expect(of).toMatchObject({
      actor: { state: 'named', name: 'Old Admin' },
      target: { state: 'withheld', id: null, name: null },
    });
    const before = (await found({ action: 'audit.read' })).entries.length;
    const { body } = await get(`/privacy-desk/audit/entries/${of!.id}`).expect(200);
    expect(body).toMatchObject({ target: { state: 'named', name: 'Grace@example.com' } });
    const reads = (await found({ action: 'audit.read' })).entries;
    expect(reads).toHaveLength(before + 1);
    expect(reads[0]).toMatchObject({ actor: { name: 'Ada Admin' }, target: { type: 'audit-entry', id: of!.id } });
    await audit().erase('person', ['grace@example.com']);
    const again: AuditDetails = (await get(`/privacy-desk/audit/entries/${of!.id}`).expect(200)).body;
    expect(again).toMatchObject({ target: { state: 'erased', name: null }, chain: { intact: true } });
    expect((await found({ target: 'grace@example.com' })).entries).toEqual([]);
  });

  it('tells what there is to narrow by', async () => {
    const { body } = await get('/privacy-desk/audit/filters').expect(200);
    expect(body.actions).toEqual(expect.arrayContaining(['catalogue.update', 'publishing.mode', `${at}-0`]));
    expect(body.targetTypes).toEqual(expect.arrayContaining([CATEGORY, 'person']));
    expect(body.admins).toContainEqual({ id: expect.any(String), name: 'Ada Admin' });
  });

  it.each([
    [{ action: 'Export!' }, 'action'],
    [{ actor: 'Ada' }, 'actor'],
    [{ actorType: 'robot' }, 'actorType'],
    [{ outcome: 'maybe' }, 'outcome'],
    [{ from: 'yesterday' }, 'from'],
    [{ from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 'to'],
    [{ after: 'x' }, 'after'],
    [{ limit: 0 }, 'limit'],
    [{ target: ' ' }, 'target'],
    [{ who: 'x' }, 'who'],
  ])('refuses %j and names the field', async (query, field) => {
    const { body } = await search(query).expect(400);
    expect(body.error.details.errors.map(({ path }: { path: string[] }) => path[0])).toContain(field);
  });

  it('knows no entry that is not there', async () => {
    await get(`/privacy-desk/audit/entries/${randomUUID()}`).expect(404);
    await get('/privacy-desk/audit/entries/1').expect(404);
  });
});

describe('An export', () => {
  const file = (ticket: string) => get(`/privacy-desk/audit/export?${new URLSearchParams({ ticket })}`);
  const exported = async (query: object): Promise<string> => {
    const { body } = await send('post', '/privacy-desk/audit/export', query).expect(200);
    // What stands in an address gets into logs.
    expect(body.ticket).not.toContain('export');
    return (
      await file(body.ticket)
        .buffer(true)
        .parse(text as never)
        .expect(200)
    ).body;
  };

  it('has all entries with names, the oldest first, and is recorded', async () => {
    await audit().record({
      action: 'export.test',
      actor: { type: 'admin', id: 5, name: '=HYPERLINK("http://evil")' },
      target: { type: USER, id: 'doc-1', label: 'linus@example.com' },
    });
    const csv = await exported({ format: 'csv', action: 'export.test' });
    const lines = csv.trimEnd().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^id,recorded_at,action,outcome,actor_type,/);
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(lines[1]).toContain('linus@example.com');
    expect(await latest({ action: 'audit.export' })).toMatchObject({
      detail: { format: 'csv', action: 'export.test' },
    });

    const jsonl = await exported({ format: 'jsonl' });
    const entries = jsonl
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditDetails);
    const times = entries.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
    // The export's own entry is there before it begins.
    expect(entries.at(-1)).toMatchObject({ action: 'audit.export', chain: { hash: expect.any(String) } });
    await send('post', '/privacy-desk/audit/export', { format: 'pdf' }).expect(400);
    await file('1.nonsense').expect(400);
  });

  it('of checkpoints ends with the public keys', async () => {
    const { body } = await get('/privacy-desk/audit/checkpoints')
      .buffer(true)
      .parse(text as never)
      .expect(200);
    const lines = (body as unknown as string)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(JSON.parse(lines[0].content)).toMatchObject({ of: 'audit', number: 1 });
    expect(lines.at(-1)).toMatchObject({ keys: [expect.objectContaining({ crv: 'Ed25519' })] });
  });
});

describe('A verification', () => {
  const run = async (): Promise<AuditVerification['last']> => {
    await send('post', '/privacy-desk/audit/verification').expect(202);
    return eventually(async () => {
      const { body } = await get('/privacy-desk/audit/verification').expect(200);
      expect((body as AuditVerification).running).toBeNull();
      return (body as AuditVerification).last;
    });
  };

  it('runs in the background and names what is not as it was written', async () => {
    expect(await run()).toMatchObject({ status: 'intact', problems: [], startedBy: { name: 'Ada Admin' } });
    const table = app.strapi.db.getConnection('privacy_desk_audit');
    const [row] = await table.clone().where({ action: 'export.test' }).select('*');
    await table.clone().where({ id: row.id }).update({ action: 'export.best' });
    const altered = await run();
    await table.clone().where({ id: row.id }).update({ action: 'export.test' });
    expect(altered).toMatchObject({ status: 'problems' });
    expect(altered!.problems).toContainEqual(expect.objectContaining({ of: 'entry', kind: 'altered', id: row.id }));
    expect(await run()).toMatchObject({ status: 'intact' });
  });
});

describe('Permissions', () => {
  it('are asked for on every route', async () => {
    const none = await adminTokenWith(app.strapi, ['plugin::privacy-desk.overview.read']);
    const reader = await adminTokenWith(app.strapi, [READ]);
    const exporter = await adminTokenWith(app.strapi, ['plugin::privacy-desk.audit.export']);
    const routes = [
      ['get', 'filters'],
      ['post', 'search'],
      ['get', `entries/${randomUUID()}`],
      ['get', 'verification'],
      ['post', 'verification'],
      ['post', 'export'],
      ['get', 'export'],
      ['get', 'checkpoints'],
    ] as const;
    for (const [method, path] of routes) {
      const call = (bearer?: string) => {
        const asked = request(app.server)[method](`/privacy-desk/audit/${path}`);
        return bearer ? asked.set(as(bearer)) : asked;
      };
      const isExport = path === 'export' || path === 'checkpoints';
      await call().expect(401);
      await call(none).expect(403);
      await call(isExport ? reader : exporter).expect(403);
    }
    await search({}, reader).expect(200);
    await get('/privacy-desk/audit/checkpoints', exporter).expect(200);
  });
});
