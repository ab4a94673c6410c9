import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createLocalJWKSet, compactVerify } from 'jose';
import request from 'supertest';
import type { Erasure, ErasurePlan } from '../../contract';
import { personalData } from '../../playground/strapi/src/personal-data';
import { getService } from '../../server/src/get-service';
import { consentsOf } from '../support/consents';
import { eventually } from '../support/eventually';
import { dumpDatabase, seedPerson, seedShop, tokenOf, type SeededPerson } from '../support/persons';
import { startShop } from '../support/shop';
import { adminToken, adminTokenWith, type TestApp } from '../support/strapi';

interface Order {
  note: string;
  customer: unknown;
  email: string;
  shipping: object;
  total: number;
  lines: unknown[];
}

interface Told {
  body: string;
  headers: http.IncomingHttpHeaders;
}

let app: TestApp;
let shop: { product: string; article: string };
let admin: string;
let others: http.Server;
let told: Told[] = [];
let answer = 200;
/** Whether the other storage still has the file. */
let isKept = true;

const me = async (person: SeededPerson, body: object) =>
  request(app.server)
    .post('/api/privacy-desk/me/erasure')
    .set('Authorization', `Bearer ${await tokenOf(app.strapi, person)}`)
    .send(body);
const byAdmin = (body: object, token = admin) =>
  request(app.server).post('/privacy-desk/personal-data/erasures').set('Authorization', `Bearer ${token}`).send(body);

const consented = async (person: SeededPerson): Promise<void> => {
  const consents = consentsOf(app);
  const { token } = await consents.record(await consents.body({ subject: person.subject }));
  await request(app.server)
    .post('/api/privacy-desk/me/subjects')
    .set('Authorization', `Bearer ${await tokenOf(app.strapi, person)}`)
    .send({ token, subject: person.subject })
    .expect(204);
};

const seeded = async (): Promise<SeededPerson> => {
  const person = await seedPerson(app.strapi, shop);
  await consented(person);
  return person;
};

const left = async ({ markers }: SeededPerson): Promise<string[]> => {
  const dump = (await dumpDatabase(app.strapi)).toLowerCase();
  return markers.filter((marker) => dump.includes(marker.toLowerCase()));
};
const uploads = (): string[] => fs.readdirSync(path.join(app.strapi.dirs.static.public, 'uploads'));
const filesOf = ({ files }: SeededPerson): string[] =>
  uploads().filter((name) => files.some((file) => name.includes(file)));

beforeAll(async () => {
  others = http.createServer((incoming, response) => {
    let body = '';
    incoming.on('data', (part) => (body += part));
    incoming.on('end', () => {
      told.push({ body, headers: incoming.headers });
      response.writeHead(incoming.method === 'HEAD' && !isKept ? 404 : answer).end();
    });
  });
  await new Promise<void>((resolve) => others.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(others.address() as AddressInfo).port}/erased`;
  app = await startShop({
    config: {
      personalData,
      rights: { trustAccountEmail: 'always', erasureWebhooks: [{ url, headers: { 'X-Secret': 'knows' } }] },
    },
  });
  shop = await seedShop(app.strapi);
  admin = await adminToken(app.strapi);
});
afterAll(async () => {
  await app.stop();
  await new Promise((resolve) => others.close(resolve));
});
beforeEach(() => {
  told = [];
  answer = 200;
  isKept = true;
});

it('says what would happen, and does nothing', async () => {
  const person = await seeded();
  const { body } = await me(person, { dryRun: true });
  const plan = body as ErasurePlan;
  expect(plan.person).toEqual({
    users: [{ id: person.id, name: expect.any(String), email: person.email }],
    emails: [person.email.toLowerCase()],
    subjects: 1,
  });
  expect(plan.items.map(({ type, action, entries, files }) => [type, action, entries, files])).toEqual([
    ['plugin::users-permissions.user', 'delete', 1, 0],
    ['api::order.order', 'anonymise', 2, 0],
    ['api::return-request.return-request', 'delete', 1, 1],
    ['api::comment.comment', 'anonymise', 3, 0],
    ['api::newsletter-subscription.newsletter-subscription', 'delete', 1, 0],
    ['api::profile.profile', 'delete', 3, 2],
    ['consents', 'anonymise', 1, 0],
  ]);
  expect(plan.items[1]!.kept).toEqual([{ path: 'shipping.country', reason: 'Tells the rate of the value-added tax' }]);
  // What a file says is in the file, and what is encrypted cannot be seen in the database.
  const unseen = /xcontentx|xprofileIbanx/;
  expect(await left(person)).toHaveLength(person.markers.filter((marker) => !unseen.test(marker)).length);
  expect(filesOf(person)).not.toEqual([]);
});

it('leaves nothing of the person in any table or file, and everything of others', async () => {
  const [person, other] = [await seeded(), await seeded()];
  const before = await left(other);
  const response = await me(person, { confirm: person.email });
  const erasure = response.body as Erasure;
  expect(response.status).toBe(200);
  expect(erasure).toMatchObject({ state: 'done', origin: 'user', filesLeft: 0, noticesLeft: 0, failure: null });
  expect(await left(person)).toEqual([]);
  expect(filesOf(person)).toEqual([]);
  expect(await left(other)).toEqual(before);
  expect(filesOf(other)).not.toEqual([]);
  // The account is gone, and with it the way in.
  expect((await me(person, { dryRun: true })).status).toBe(401);

  const orders = (await app.strapi
    .documents('api::order.order' as never)
    .findMany({ populate: ['shipping', 'lines', 'customer'] } as never)) as unknown as Order[];
  const anonymous = orders.filter(({ note }) => note === '[redacted]');
  expect(anonymous).toHaveLength(2);
  for (const order of anonymous) {
    expect(order.customer).toBeNull();
    expect(order.email).toMatch(/@example\.com$/);
    expect(order.shipping).toMatchObject({ country: 'Austria', fullName: expect.any(String) });
    expect(order.total).toBe(99.5);
    expect(order.lines).toHaveLength(2);
  }
  // No component of a deleted profile is left behind.
  const dump = await dumpDatabase(app.strapi);
  const quotes = /== components_profile_quotes\n(.*)/.exec(dump)![1]!;
  expect(
    JSON.parse(quotes).every(
      ({ text }: { text: string }) => text.startsWith(other.name) || !text.startsWith(person.name),
    ),
  ).toBe(true);

  const { proof } = erasure;
  const jwks = await consentsOf(app).keys();
  const { payload } = await compactVerify(proof!, createLocalJWKSet(jwks));
  const said = JSON.parse(Buffer.from(payload).toString());
  expect(said).toMatchObject({ jti: erasure.id, statement: expect.stringContaining('article 17') });
  expect(said.items).toHaveLength(7);
  expect(Buffer.from(payload).toString()).not.toContain(person.name);
  // The chain of consents verifies as before.
  expect((await getService('ledger', app).verify()).problems).toEqual([]);
});

it('tells other systems, signed, and again until they have heard it', async () => {
  const person = await seeded();
  answer = 500;
  const { body, status } = await me(person, { confirm: person.email });
  expect(status).toBe(202);
  expect(body).toMatchObject({
    state: 'finishing',
    noticesLeft: 1,
    proof: null,
    failure: expect.stringContaining('500'),
  });
  // What is erased is erased; whom it was of waits, sealed.
  expect(await left(person)).toEqual([]);
  answer = 200;
  const { erasures } = getService('rights', app);
  erasures.start();
  await eventually(async () => expect(await erasures.find(body.id)).toMatchObject({ state: 'done', noticesLeft: 0 }));
  const notice = told.at(-1)!;
  expect(JSON.parse(notice.body)).toMatchObject({
    event: 'privacy-desk.erasure',
    id: body.id,
    person: { users: [person.id], emails: [person.email.toLowerCase()], subjects: [person.subject] },
    documents: { 'plugin::users-permissions.user': [person.documentId] },
  });
  expect(notice.headers['x-secret']).toBe('knows');
  const [kid, signature] = String(notice.headers['privacy-desk-signature']).split('.');
  const keyRing = getService('keyRing', app);
  expect(await keyRing.verify(kid!, Buffer.from(notice.body), Buffer.from(signature!, 'base64url'))).toBe(true);
  const [row] = await app.strapi.db.getConnection('privacy_desk_erasures').where({ id: body.id }).select('sealed_work');
  expect(row.sealed_work).toBeNull();
});

it('does all of it or nothing', async () => {
  const person = await seeded();
  const before = await left(person);
  const spy = jest.spyOn(app.strapi.db.query('api::profile.profile'), 'deleteMany').mockImplementation(async () => {
    throw new Error('The database is gone');
  });
  const { body } = await me(person, { confirm: person.email });
  spy.mockRestore();
  expect(body).toMatchObject({ state: 'running', items: [], proof: null, failure: expect.any(String) });
  expect(await left(person)).toEqual(before);
  expect(told).toEqual([]);
  const { erasures } = getService('rights', app);
  erasures.start();
  await eventually(async () => expect((await erasures.find(body.id))!.state).toBe('done'));
  expect(await left(person)).toEqual([]);
});

it('is done once, also by a process that lost its turn', async () => {
  const person = await seeded();
  const { erasures } = getService('rights', app);
  const users = app.strapi.db.query('plugin::users-permissions.user');
  const deleteMany = users.deleteMany.bind(users);
  // Meanwhile somebody else has come to the end of the transaction.
  const spy = jest.spyOn(users, 'deleteMany').mockImplementation(async (params) => {
    const ids = app.strapi.db.getConnection('privacy_desk_erasures').where({ state: 'running' });
    await app.strapi.db.transaction(({ trx }) => ids.transacting(trx).update({ state: 'finishing' }));
    return deleteMany(params);
  });
  const { body } = await me(person, { confirm: person.email });
  spy.mockRestore();
  // All of it is undone, the other one's state here too.
  expect(body).toMatchObject({ state: 'running', items: [], failure: expect.stringContaining('faster') });
  erasures.start();
  await eventually(async () => expect(await erasures.find(body.id)).toMatchObject({ state: 'done' }));
  expect(filesOf(person)).toEqual([]);
});

it('goes on with files that could not be removed', async () => {
  const person = await seeded();
  const upload = app.strapi.plugin('upload') as unknown as { provider: { delete(file: unknown): Promise<unknown> } };
  const spy = jest.spyOn(upload.provider, 'delete').mockRejectedValue(new Error('The storage is away'));
  const { body } = await me(person, { confirm: person.email });
  spy.mockRestore();
  expect(body).toMatchObject({ state: 'finishing', filesLeft: 3, proof: null });
  const { erasures } = getService('rights', app);
  erasures.start();
  await eventually(async () => expect((await erasures.find(body.id))!.state).toBe('done'));
  expect(filesOf(person)).toEqual([]);
});

it('is not done while a file lies with a provider that Strapi does not use any more', async () => {
  const person = await seeded();
  const address = (others.address() as AddressInfo).port;
  await app.strapi.db.query('plugin::upload.file').updateMany({
    where: { name: { $contains: `${person.name}xdocument` } },
    data: { provider: 'former', url: `http://127.0.0.1:${address}/kept.txt` },
  });
  const response = await me(person, { confirm: person.email });
  expect(response.status).toBe(202);
  expect(response.body).toMatchObject({ state: 'finishing', filesLeft: 1, failure: expect.stringContaining('former') });
  isKept = false;
  const { erasures } = getService('rights', app);
  erasures.start();
  await eventually(async () => expect(await erasures.find(response.body.id)).toMatchObject({ state: 'done' }));
});

it('keeps a file that something else uses', async () => {
  const person = await seeded();
  const [file] = (await app.strapi.db
    .query('plugin::upload.file')
    .findMany({ where: { name: { $contains: 'avatar' } }, orderBy: { id: 'desc' }, limit: 1 })) as {
    id: number;
    url: string;
  }[];
  await app.strapi
    .documents('api::product.product' as never)
    .update({ documentId: shop.product, data: { picture: file!.id } } as never);
  await me(person, { confirm: person.email });
  expect(uploads()).toContain(path.basename(file!.url));
});

it('asks for the own address, and is off where the site says so', async () => {
  const person = await seeded();
  const wrong = await me(person, { confirm: 'somebody@example.com' });
  expect(wrong.status).toBe(400);
  expect(wrong.body.error.details.errors[0].path).toEqual(['confirm']);
  expect((await me(person, {})).status).toBe(400);
  expect((await me(person, { confirm: person.email, user: 1 })).status).toBe(403);
  expect(await left(person)).not.toEqual([]);
});

describe('an admin', () => {
  it('finds a person, and erases by address what a guest left', async () => {
    const person = await seeded();
    const query = { email: person.email.toUpperCase() };
    const found = await request(app.server)
      .post('/privacy-desk/personal-data/find')
      .set('Authorization', `Bearer ${admin}`)
      .send({ person: query })
      .expect(200);
    expect((found.body as ErasurePlan).items).toHaveLength(7);
    await byAdmin({ person: query, confirm: 'yes' }).expect(400);
    const { body } = await byAdmin({ person: query, confirm: person.email }).expect(200);
    expect(body).toMatchObject({ state: 'done', origin: 'admin' });
    expect(await left(person)).toEqual([]);
  });

  it('can do it twice', async () => {
    const person = await seeded();
    await byAdmin({ person: { subject: person.subject }, confirm: person.subject }).expect(200);
    const { body } = await byAdmin({ person: { subject: person.subject }, confirm: person.subject }).expect(200);
    expect(body).toMatchObject({ state: 'done', items: [] });
    const list = await request(app.server)
      .get('/privacy-desk/personal-data/erasures')
      .set('Authorization', `Bearer ${admin}`)
      .expect(200);
    expect(list.body.erasures[0].id).toBe(body.id);
  });

  it('needs the permission', async () => {
    const exporter = await adminTokenWith(app.strapi, ['plugin::privacy-desk.personal-data.export']);
    await byAdmin({ person: { user: 1 }, dryRun: true }, exporter).expect(403);
    await request(app.server)
      .get('/privacy-desk/personal-data/erasures')
      .set('Authorization', `Bearer ${exporter}`)
      .expect(403);
  });
});
