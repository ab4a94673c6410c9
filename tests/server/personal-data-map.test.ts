import request from 'supertest';
import type { MapEntry, MapEntryDetails, PersonalDataMap } from '../../contract';
import { personalData } from '../../playground/strapi/src/personal-data';
import config from '../../server/src/config';
import { ENTRIES } from '../../server/src/audit/tables';
import { startShop } from '../support/shop';
import { adminToken, adminTokenWith, type TestApp } from '../support/strapi';

const ORDER = 'api::order.order';
const validate = (map: unknown): string => {
  try {
    config.validator({ ...config.default, personalData: map });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the config', () => {
  it('takes the map of the shop', () => expect(validate(personalData)).toBe(''));

  it('names each field that is wrong, in each type', () => {
    const order = { ...personalData[ORDER], legalBasis: 'because', fields: { note: 'sparkle' } };
    const message = validate({ [ORDER]: order, 'api::comment.comment': { purpose: '' }, 'api::a.a': 7 });
    expect(message).toContain('config.personalData.api::order.order.legalBasis: must be one of consent, contract');
    expect(message).toContain(
      "config.personalData.api::order.order.fields.note: must be { keep: 'why' } or one of empty",
    );
    expect(message).toContain('config.personalData.api::comment.comment.owners: must be a list');
    expect(message).toContain('config.personalData.api::comment.comment.purpose: must be what the data are for');
    expect(message).toContain('config.personalData.api::a.a: ');
  });

  it('asks why entries are kept', () =>
    expect(validate({ [ORDER]: { ...personalData[ORDER], erasure: 'keep', reason: undefined } })).toContain(
      'config.personalData.api::order.order.reason: a reason is needed',
    ));
});

describe('the map', () => {
  let app: TestApp;
  let token: string;
  const { 'api::comment.comment': comment, ...configured } = personalData;
  const api = (method: 'get' | 'put' | 'delete', path: string, as = token) =>
    request(app.server)[method](`/privacy-desk/personal-data/map${path}`).set('Authorization', `Bearer ${as}`);
  const entry = async (uid: string): Promise<MapEntryDetails> => (await api('get', `/${uid}`).expect(200)).body;

  beforeAll(async () => {
    app = await startShop({
      config: { personalData: { ...configured, 'api::newsletter-subscription.newsletter-subscription': undefined } },
    });
    token = await adminToken(app.strapi);
  });
  afterAll(() => app.stop());

  it('lists every type of the site, and none of Strapi’s own', async () => {
    const { types } = (await api('get', '').expect(200)).body as PersonalDataMap;
    expect(types.map(({ uid, source, ignored }) => [uid, source, ignored])).toEqual([
      ['api::article.article', 'config', true],
      ['api::comment.comment', null, false],
      ['api::newsletter-subscription.newsletter-subscription', null, false],
      ['api::order.order', 'config', false],
      ['api::product.product', 'config', true],
      ['api::profile.profile', 'config', false],
      ['api::return-request.return-request', 'config', false],
      ['plugin::users-permissions.user', 'built-in', false],
    ]);
    expect(types.flatMap(({ problems }) => problems)).toEqual([]);
  });

  it('proposes what the shop’s authors wrote by hand, from the schemas alone', async () => {
    const proposed = async (uid: string): Promise<MapEntry['proposal']> => (await entry(uid)).proposal;
    expect(await proposed('api::newsletter-subscription.newsletter-subscription')).toEqual({
      owners: [{ email: 'email' }],
      purpose: '',
      legalBasis: 'contract',
      retentionDays: null,
      erasure: 'anonymise',
      fields: { email: 'email', name: 'fullName', sourceIp: 'ip' },
    });
    expect(await proposed('api::comment.comment')).toMatchObject({
      owners: [{ user: 'author' }, { subject: 'visitorId' }],
      fields: { authorName: 'fullName', visitorId: 'uuid', text: 'paragraph' },
    });
  });

  it('warns of fields that look personal and are not mapped', async () => {
    expect((await entry('api::comment.comment')).warnings.map(({ path }) => path)).toEqual(['authorName', 'text']);
    expect((await entry('api::profile.profile')).warnings).toEqual([
      { path: 'home.country', message: 'looks personal and is not mapped' },
    ]);
  });

  it('offers the fields with the generators that fit them, through components and dynamic zones', async () => {
    const { fields, owners } = await entry('api::profile.profile');
    const of = (path: string) => fields.find((field) => field.path === path)!;
    expect(of('sections[profile.quote].text')).toMatchObject({ type: 'text', required: false });
    expect(of('home.city').generators).toContain('city');
    expect(of('birthday').generators).toEqual(['empty', 'birthdate', 'date']);
    expect(of('avatar').generators).toEqual(['empty']);
    expect(owners[0]).toEqual({ user: 'user' });
    expect(owners).toContainEqual({ email: 'phone' });
    // Encrypted without a blind index, and within a dynamic zone: nobody can be looked up by them.
    expect(JSON.stringify(owners)).not.toMatch(/iban|sections/);
  });

  it('is changed in the panel, and forgets what was changed', async () => {
    const saved = await api('put', '/api::comment.comment').send({ mapping: comment }).expect(200);
    expect(saved.body).toMatchObject({ source: 'admin', mapping: comment, problems: [], warnings: [], proposal: null });
    await api('put', '/api::comment.comment').send({ mapping: null }).expect(200);
    expect(await entry('api::comment.comment')).toMatchObject({ source: 'admin', ignored: true, mapping: null });
    await api('delete', '/api::comment.comment').expect(200);
    expect(await entry('api::comment.comment')).toMatchObject({ source: null, ignored: false });
  });

  it('is not overwritten by somebody who has not seen what it is now', async () => {
    const { version } = await entry('api::comment.comment');
    await api('put', '/api::comment.comment').send({ version, mapping: null }).expect(200);
    const { body } = await api('put', '/api::comment.comment').send({ version, mapping: comment }).expect(409);
    expect(body.error.details.current).toEqual({ mapping: null, ignored: true });
    await api('put', '/api::comment.comment')
      .send({ version: body.error.details.version, mapping: comment })
      .expect(200);
    await api('delete', '/api::comment.comment').expect(200);
  });

  it('has an entry of the audit trail for every change', async () => {
    const rows: { target_type: string; changes: string }[] = await app.strapi.db
      .getConnection(ENTRIES)
      .where({ action: 'personal-data.map' });
    expect(rows).not.toEqual([]);
    expect(rows.every(({ target_type }) => target_type === 'api::comment.comment')).toBe(true);
    expect(JSON.parse(rows[0]!.changes)).toEqual([{ field: 'mapping', before: null, after: comment, hidden: false }]);
  });

  it.each([
    ['a field that is not there', { fields: { nothing: 'empty' } }, 'has no field “nothing”'],
    ['a path below a text', { fields: { 'text.more': 'empty' } }, '“text” of api::comment.comment is of type text'],
    [
      'a generator that does not fit',
      { fields: { visitorId: 'uuid', author: 'fullName' } },
      'does not fit a field of type relation',
    ],
    ['what is required becoming empty', { fields: { visitorId: 'uuid', text: 'empty' } }, 'is required'],
    ['an owner that is no user', { owners: [{ user: 'article' }] }, 'is no relation with a user'],
    ['an owner within another entry that is none', { owners: [{ email: 'article.title.x' }] }, 'owner: '],
    ['an owner that anonymising would leave', { fields: { text: 'redacted' } }, 'says whose an entry is'],
    ['no owner', { owners: [] }, 'must say whose an entry is'],
    ['another entry’s field', { fields: { visitorId: 'uuid', 'author.email': 'email' } }, 'leads to another entry'],
  ])('refuses %s', async (_, change, message) => {
    const { body } = await api('put', '/api::comment.comment')
      .send({ mapping: { ...comment, ...change } })
      .expect(400);
    expect(JSON.stringify(body.error)).toContain(message);
    expect((await entry('api::comment.comment')).source).toBeNull();
  });

  it('leaves what the config says, and types that are none', async () => {
    await api('put', `/${ORDER}`).send({ mapping: null }).expect(400);
    await api('put', '/admin::user').send({ mapping: null }).expect(400);
    await api('get', '/api::nothing.nothing').expect(404);
  });

  it('is read and changed by those who may', async () => {
    const reader = await adminTokenWith(app.strapi, ['plugin::privacy-desk.personal-data.read']);
    await api('get', '', reader).expect(200);
    await api('put', '/api::comment.comment', reader).send({ mapping: null }).expect(403);
    await api('get', '', await adminTokenWith(app.strapi, ['plugin::privacy-desk.overview.read'])).expect(403);
    await request(app.server).get('/privacy-desk/personal-data/map').expect(401);
  });
});

it('keeps Strapi from starting with a map that does not fit, and lists everything that is wrong', async () => {
  const order = { ...personalData[ORDER], fields: { ...personalData[ORDER].fields, colour: 'empty' as const } };
  const boot = startShop({
    config: {
      personalData: { [ORDER]: { ...order, owners: [{ user: 'buyer' }, { email: 'email' }] }, 'api::gone.gone': false },
    },
  });
  await expect(boot).rejects.toThrow(
    [
      'The personal-data map in the config of Privacy Desk does not fit this Strapi:',
      'personalData["api::order.order"] → buyer: owner: api::order.order has no field “buyer”',
      'personalData["api::order.order"] → colour: api::order.order has no field “colour”',
      'personalData["api::gone.gone"]: there is no content type api::gone.gone',
    ].join('\n'),
  );
});
