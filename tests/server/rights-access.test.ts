import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import request from 'supertest';
import { validateXML } from 'xmllint-wasm';
import { writeCsv } from '../../server/src/rights/access/write-csv';
import { EXPORT_SCHEMA, writeXml } from '../../server/src/rights/access/write-xml';
import type { Model } from '../../server/src/rights/map/paths';
import type { ExportedEntry, Json } from '../../server/src/rights/sources';
import { parseCsv } from '../../server/src/translations/csv';
import { consentsOf } from '../support/consents';
import { eventually } from '../support/eventually';
import { seedPerson, seedShop, tokenOf, type SeededPerson } from '../support/persons';
import { startShop } from '../support/shop';
import { adminToken, adminTokenWith, type TestApp } from '../support/strapi';
import { unzip } from '../support/unzip';

const binary = (response: NodeJS.ReadableStream, done: (error: Error | null, body: Buffer) => void): void => {
  const parts: Buffer[] = [];
  response.on('data', (part: Buffer) => parts.push(part));
  response.on('end', () => done(null, Buffer.concat(parts)));
};

let app: TestApp;
let anna: SeededPerson;
let bert: SeededPerson;
let annasToken: string;
let admin: string;

const own = (query: string, token = annasToken) =>
  request(app.server).get(`/api/privacy-desk/me/export${query}`).set('Authorization', `Bearer ${token}`).buffer(true);
const byAdmin = (body: unknown, token = admin) =>
  request(app.server)
    .post('/privacy-desk/personal-data/export')
    .set('Authorization', `Bearer ${token}`)
    .send(body as object)
    .buffer(true)
    .parse(binary as never);
const missing = (text: string, { markers }: SeededPerson): string[] =>
  markers.filter((marker) => !text.toLowerCase().includes(marker.toLowerCase()));

beforeAll(async () => {
  app = await startShop();
  const shop = await seedShop(app.strapi);
  anna = await seedPerson(app.strapi, shop);
  bert = await seedPerson(app.strapi, shop);
  // Bert answers Anna: his comment leads to hers.
  const comments = await app.strapi.db.query('api::comment.comment').findMany({ populate: ['author'] });
  const of = (id: number) => comments.find((comment) => comment.author?.id === id && !comment.publishedAt)!;
  await app.strapi.db
    .query('api::comment.comment')
    .update({ where: { id: of(bert.id).id }, data: { replyTo: of(anna.id).id } });
  await app.strapi.store({ type: 'plugin', name: 'users-permissions' }).set({
    key: 'advanced',
    value: { email_confirmation: true, unique_email: true, allow_register: true, default_role: 'authenticated' },
  });
  const consents = consentsOf(app);
  for (const { subject } of [anna, bert]) {
    const { token } = await consents.record(await consents.body({ subject }));
    const person = subject === anna.subject ? anna : bert;
    await request(app.server)
      .post('/api/privacy-desk/me/subjects')
      .set('Authorization', `Bearer ${await tokenOf(app.strapi, person)}`)
      .send({ token, subject })
      .expect(204);
  }
  annasToken = await tokenOf(app.strapi, anna);
  admin = await adminToken(app.strapi);
});
afterAll(() => app.stop());

describe('GET /me/export', () => {
  it('is everything of the person as JSON, and nothing of another one', async () => {
    const response = await own('?format=json')
      .expect(200)
      .expect('Content-Type', /application\/json/);
    const text = JSON.stringify(response.body);
    // What a file says lies in the archive.
    expect(missing(text, anna).filter((marker) => !marker.includes('xcontentx'))).toEqual([]);
    expect(text).not.toContain(bert.name);
    expect(text).not.toContain(bert.subject);
    const groups = (response.body.data as { type: string; purpose: string; entries: unknown[] }[]).map(
      ({ type, purpose, entries }) => [type, purpose, entries.length],
    );
    expect(groups).toEqual([
      ['plugin::users-permissions.user', 'Accounts of users', 1],
      ['api::order.order', 'Fulfilment of orders', 2],
      ['api::return-request.return-request', 'Returns and refunds', 1],
      // Draft and published, and the visitor's.
      ['api::comment.comment', 'Comments on articles', 3],
      ['api::newsletter-subscription.newsletter-subscription', 'Newsletter', 1],
      ['api::profile.profile', 'Public profiles', 3],
      ['consents', 'Proof of consent (GDPR, article 7 (1))', 1],
    ]);
  });

  it('tells what entries refer to, and keeps secrets', async () => {
    const { body } = await own('').expect(200);
    const entries = (type: string) => body.data.find((group: { type: string }) => group.type === type).entries;
    const [user] = entries('plugin::users-permissions.user');
    expect(Object.keys(user.fields)).toEqual(
      expect.arrayContaining(['username', 'email', 'provider', 'confirmed', 'blocked', 'role']),
    );
    expect(JSON.stringify(user)).not.toMatch(/password|token/i);
    const order = entries('api::order.order').find((entry: ExportedEntry) => entry.fields.customer);
    expect(order.fields).toMatchObject({
      // A user may be another person: no name.
      customer: { reference: 'plugin::users-permissions.user', id: anna.documentId },
      shipping: { country: 'Austria' },
      lines: [
        { product: { reference: 'api::product.product', label: 'Kettle' }, quantity: 1, gift: null },
        { quantity: 2, gift: { message: expect.stringContaining(anna.name) } },
      ],
      total: 99.5,
    });
    const profiles = entries('api::profile.profile') as ExportedEntry[];
    expect(profiles.map(({ locale, status }) => [locale, status]).sort()).toEqual([
      ['de', 'draft'],
      ['en', 'draft'],
      ['en', 'published'],
    ]);
    expect(profiles[0]!.fields.sections).toMatchObject([
      { component: 'profile.quote' },
      { component: 'profile.favourite', product: { label: 'Kettle' } },
    ]);
    expect(profiles[0]!.fields.avatar).toMatchObject({ file: expect.stringMatching(/^files\/\d+-.+\.png$/) });
  });

  it('has what is encrypted, also where the API never shows it', async () => {
    const model = app.strapi.contentTypes['api::profile.profile' as never] as unknown as Model;
    const { iban } = model.attributes;
    iban!.private = true;
    const { text } = await own('').expect(200);
    delete iban!.private;
    expect(text).toContain(anna.markers.find((marker) => marker.includes('profileIban')));
  });

  it('lets go of everything when its reader goes away', async () => {
    await request(app.server)
      .head('/api/privacy-desk/me/export')
      .set('Authorization', `Bearer ${annasToken}`)
      .expect(200);
    await own('').expect(200);
    const going = own('?format=csv');
    const goAway = (response: NodeJS.ReadableStream): void => void response.once('data', () => void going.abort());
    await expect(going.parse(goAway as never).then(() => {})).rejects.toThrow('Aborted');
    await eventually(() => own('').expect(200));
  });

  it('is XML that its schema takes', async () => {
    const { text } = await own('?format=xml')
      .expect(200)
      .expect('Content-Type', /application\/xml/);
    expect(missing(text, anna).filter((marker) => !marker.includes('xcontentx'))).toEqual([]);
    const checked = await validateXML({
      xml: [{ fileName: 'data.xml', contents: text }],
      schema: [{ fileName: 'data.xsd', contents: EXPORT_SCHEMA }],
    });
    expect(checked.errors).toEqual([]);
    expect(checked.valid).toBe(true);
  });

  it('is a zip of tables for CSV, with files and a summary in the person’s language', async () => {
    const response = await own('?format=csv&locale=de-AT')
      .parse(binary as never)
      .expect(200)
      .expect('Content-Type', 'application/zip')
      .expect('Content-Disposition', /^attachment; filename="personal-data-[\d-]+\.zip"$/);
    const files = await unzip(response.body as Buffer);
    const uploads = Object.keys(files).filter((name) => name.startsWith('files/'));
    expect(
      Object.keys(files)
        .filter((name) => !uploads.includes(name))
        .sort(),
    ).toEqual([
      'data/comment.csv',
      'data/consents.csv',
      'data/newsletter-subscription.csv',
      'data/order.csv',
      'data/plugin-users-permissions.user.csv',
      'data/profile.csv',
      'data/return-request.csv',
      'summary.html',
    ]);
    expect(uploads.map((name) => path.extname(name)).sort()).toEqual(['.png', '.png', '.txt']);
    expect(missing(Object.keys(files).join() + Object.values(files).join(), anna)).toEqual([]);
    expect(Object.values(files).join()).not.toContain(bert.name);
    expect(files['data/order.csv']!.split('\r\n')[0]).toBe(
      '\uFEFFentry id,entry locale,entry status,number,customer,email,shipping.fullName,shipping.street,shipping.postalCode,shipping.city,shipping.country,shipping.phone,lines,note,total,status,placedAt,createdAt,updatedAt',
    );
    expect(files['summary.html']).toContain('<html lang="de">');
    expect(files['summary.html']).toContain('Ihre personenbezogenen Daten');
    expect(files['summary.html']).toContain('3.650 Tage');
  });

  it('names a file that is gone, and gives the others', async () => {
    const file = path.join(app.strapi.dirs.static.public, 'uploads', anna.files[0]!);
    const content = fs.readFileSync(file);
    fs.rmSync(file);
    const response = await own('?format=json&files=true')
      .parse(binary as never)
      .expect(200);
    fs.writeFileSync(file, content);
    const files = await unzip(response.body as Buffer);
    expect(Object.keys(files).filter((name) => name.startsWith('files/'))).toHaveLength(2);
    expect(files['summary.html']).toMatch(/could not be read.*photo/s);
    expect(JSON.parse(files['data.json']!).data).toHaveLength(7);
  });

  it.each([
    ['?format=pdf', 400, 'format'],
    ['?files=maybe', 400, 'files'],
    ['?format=json&format=csv', 400, 'format'],
    ['?populate=*', 400, 'populate'],
    ['?locale=../x', 400, 'locale'],
  ])('refuses %s with the field', async (query, status, field) => {
    const { body } = await own(query).expect(status);
    expect(body.error.details.errors[0].path).toEqual([field]);
  });

  it('is for those who are logged in and not blocked', async () => {
    await request(app.server).get('/api/privacy-desk/me/export').expect(401);
    await own('', 'nonsense').expect(401);
    const users = app.strapi.db.query('plugin::users-permissions.user');
    await users.update({ where: { id: anna.id }, data: { blocked: true } });
    await own('').expect(401);
    await users.update({ where: { id: anna.id }, data: { blocked: false } });
    await own('').expect(200);
  });

  it('speaks of nobody else, whether there is such a person or not, and notes that somebody asked', async () => {
    const before = await app.strapi.db
      .getConnection('privacy_desk_audit')
      .where({ action: 'subject.access' })
      .select('*');
    const known = await own(`?user=${bert.id}`).expect(403);
    const unknown = await own('?user=99999').expect(403);
    expect(unknown.body).toEqual(known.body);
    await own(`?email=${encodeURIComponent(bert.email)}`).expect(403);
    const after = await app.strapi.db
      .getConnection('privacy_desk_audit')
      .where({ action: 'subject.access' })
      .select('*');
    expect(after.length - before.length).toBe(3);
    expect(JSON.stringify(after)).not.toContain(bert.email);
  });

  it('finds nothing by an address that nobody confirmed', async () => {
    const store = app.strapi.store({ type: 'plugin', name: 'users-permissions' });
    const advanced = (await store.get({ key: 'advanced' })) as object;
    await store.set({ key: 'advanced', value: { ...advanced, email_confirmation: false } });
    // Whoever registers with another one's address must not get that one's orders.
    const { body } = await own('').expect(200);
    const types = body.data.map(({ type }: { type: string }) => type);
    expect(types).not.toContain('api::newsletter-subscription.newsletter-subscription');
    expect(types).toContain('api::profile.profile');
    await store.set({ key: 'advanced', value: advanced });
  });
});

describe('POST /me/subjects', () => {
  const link = (body: object) =>
    request(app.server).post('/api/privacy-desk/me/subjects').set('Authorization', `Bearer ${annasToken}`).send(body);

  it('takes no token that somebody made up, and no subject that it is not of', async () => {
    await link({ token: 'x' }).expect(400);
    await link({}).expect(400);
    const consents = consentsOf(app);
    const { token } = await consents.record(await consents.body());
    const { body } = await link({ token, subject: bert.subject }).expect(400);
    expect(body.error.details.errors[0].path).toEqual(['subject']);
  });
});

describe('an admin’s export', () => {
  it.each([
    ['the user', () => ({ user: anna.id })],
    ['the e-mail address', () => ({ email: anna.email.toUpperCase() })],
  ])('finds everything by %s', async (_, person) => {
    const response = await byAdmin({ person: person(), format: 'xml' }).expect(200);
    const files = await unzip(response.body as Buffer);
    expect(missing(Object.keys(files).join() + Object.values(files).join(), anna)).toEqual([]);
    expect(Object.values(files).join()).not.toContain(bert.name);
    expect(files['data.xsd']).toBe(EXPORT_SCHEMA);
  });

  it('finds what a visitor’s id leads to, and through a link the account', async () => {
    const response = await byAdmin({ person: { subject: `1.0.${bert.subject}.x` }, format: 'json' }).expect(200);
    const files = await unzip(response.body as Buffer);
    const types = JSON.parse(files['data.json']!).data.map(({ type }: { type: string }) => type);
    expect(types).toEqual(expect.arrayContaining(['consents', 'api::comment.comment', 'api::profile.profile']));
    expect(files['data.json']).not.toContain(anna.name);
  });

  it('does not take one address for another that only looks like it', async () => {
    // MariaDB and MySQL compare without accents, so whoever owns the second address would get the data of the first.
    for (const email of ['jose@example.org', 'josé@example.org'])
      await app.strapi.db.query('api::order.order').create({ data: { number: `Order of ${email}`, email } });
    await app.strapi.db
      .query('plugin::users-permissions.user')
      .create({ data: { username: 'accent', email: 'josé@example.org', confirmed: true } });
    const response = await byAdmin({ person: { email: 'Jose@example.org' }, format: 'json' }).expect(200);
    const { person, data } = JSON.parse((await unzip(response.body as Buffer))['data.json']!);
    expect(person).toEqual({ users: [], emails: ['jose@example.org'], subjects: 0 });
    expect(data).toHaveLength(1);
    expect(data[0].entries.map(({ fields }: { fields: { email: string } }) => fields.email)).toEqual([
      'jose@example.org',
    ]);
  });

  it('is empty for somebody who is not known', async () => {
    const response = await byAdmin({ person: { email: 'nobody@example.com' }, format: 'json' }).expect(200);
    const files = await unzip(response.body as Buffer);
    expect(JSON.parse(files['data.json']!).data).toEqual([]);
    expect(files['summary.html']).toContain('Nothing is stored about you.');
  });

  it('is the document alone where no files are asked for', async () => {
    const response = await byAdmin({ person: { user: anna.id }, format: 'json', files: false }).expect(200);
    expect(response.headers['content-type']).toContain('application/json');
    // What is inside of files is in none.
    const inFiles = anna.markers.filter((marker) => marker.includes('content'));
    expect(missing((response.body as Buffer).toString('utf8'), anna)).toEqual(inFiles);
  });

  it('is downloaded by a ticket that tells nothing, by whom it was given to', async () => {
    const base = '/privacy-desk/personal-data';
    const { body } = await request(app.server)
      .post(`${base}/export-tickets`)
      .set('Authorization', `Bearer ${admin}`)
      .send({ person: { email: anna.email }, format: 'json', files: false })
      .expect(200);
    expect(Buffer.from(body.ticket, 'base64url').toString()).not.toContain(anna.email);
    const download = (ticket: string, token = admin) =>
      request(app.server).get(`${base}/export`).query({ ticket }).set('Authorization', `Bearer ${token}`);
    expect((await download(body.ticket).expect(200)).text).toContain(anna.name);
    await download(`${body.ticket.slice(0, -8)}AAAAAAAA`).expect(400);
    const other = await adminTokenWith(app.strapi, ['plugin::privacy-desk.personal-data.export']);
    await download(body.ticket, other).expect(400);
  });

  it('is refused with the field that is wrong, and to those who may not', async () => {
    const bad = (body: unknown) =>
      request(app.server)
        .post('/privacy-desk/personal-data/export')
        .set('Authorization', `Bearer ${admin}`)
        .send(body as object)
        .expect(400);
    expect((await bad({ person: {}, format: 'json' })).body.error.message).toContain('must name one of');
    expect((await bad({ person: { email: 'x' }, format: 'json' })).body.error.message).toContain('e-mail address');
    expect((await bad({ person: { user: 1 }, format: 'pdf' })).body.error.message).toContain('format');
    // PostgreSQL has no such integer.
    expect((await bad({ person: { user: 2 ** 40 }, format: 'json' })).body.error.message).toContain('id of a user');
    const reader = await adminTokenWith(app.strapi, ['plugin::privacy-desk.personal-data.read']);
    await byAdmin({ person: { user: anna.id }, format: 'json' }, reader).expect(403);
  });
});

const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }), tie('value'), { maxKeys: 3 }),
  ),
})).value;

const entriesOf = async function* (fields: Record<string, Json>[]): AsyncGenerator<ExportedEntry> {
  for (const [index, one] of fields.entries())
    yield { id: String(index), locale: null, status: null, fields: one, files: [] };
};
const collected = async (texts: AsyncIterable<string>): Promise<string> => {
  let all = '';
  for await (const text of texts) all += text;
  return all;
};

describe('the writers', () => {
  it('make XML that the schema takes of whatever is stored', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string({ minLength: 1, unit: 'binary' }), json), { maxLength: 3 }),
        async (fields) => {
          async function* groups() {
            yield {
              type: 'api::x.x',
              name: 'A "name" & <more>\n',
              purpose: '\u0000\tx',
              legalBasis: 'consent' as const,
              retentionDays: null,
              columns: [],
              entries: entriesOf(fields),
            };
          }
          const xml = await collected(writeXml({ head: { version: 1 }, groups: groups() }));
          const { valid, errors } = await validateXML({
            xml: [{ fileName: 'data.xml', contents: xml }],
            schema: [{ fileName: 'data.xsd', contents: EXPORT_SCHEMA }],
          });
          expect(errors).toEqual([]);
          expect(valid).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  }, 60_000);

  it('make CSV without a cell that a spreadsheet would run', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...'=+-@|%＝＋－＠', '\t=', '\r='), fc.string(), async (sign, rest) => {
        const csv = await collected(
          writeCsv({ columns: ['a', 'b.c'] }, entriesOf([{ a: sign + rest, b: { c: [sign + rest] } }])),
        );
        const cells = parseCsv(csv, ',')[1]!.cells.slice(3);
        expect(cells).toHaveLength(2);
        for (const cell of cells) expect(cell).not.toMatch(/^\s*[=+\-@|%＝＋－＠]/);
      }),
    );
  });
});
