import request from 'supertest';
import type { Appearance, AppearanceForm, AppearancePreview } from '../../contract';
import { SITE_UID } from '../../server/src/constants';
import { editCatalogue } from '../support/catalogue';
import { adminToken, adminTokenWith, startStrapi, type TestApp } from '../support/strapi';

let app: TestApp;
let token: string;
let edit: ReturnType<typeof editCatalogue>;

const path = '/privacy-desk/sites/default/appearance';
const send = (method: 'get' | 'put', address = path, body?: object, bearer = token) => {
  const call = request(app.server)[method](address).set('Authorization', `Bearer ${bearer}`);
  return body ? call.send(body) : call;
};
const find = async (): Promise<Appearance> => (await send('get').expect(200)).body;
const save = (form: AppearanceForm, version?: string) => send('put', path, { version, form });
const rows = () => app.strapi.db.query(SITE_UID).findMany({ where: { key: 'default' }, orderBy: { id: 'asc' } });
const messages = (body: { error: { details: { errors: { path: string[]; message: string }[] } } }) =>
  Object.fromEntries(body.error.details.errors.map(({ path: at, message }) => [at.join('.'), message]));

beforeAll(async () => {
  app = await startStrapi();
  token = await adminToken(app.strapi);
  edit = editCatalogue(app.strapi);
  await edit.addLocale('ar');
  await app.strapi.plugin('privacy-desk').service('seeding').settled();
  // Edited, so that a language that comes now has no row of the site.
  const [site] = await rows();
  await edit.site.update(site.documentId, { name: 'Shop', controllerName: 'Shop Ltd' });
  await edit.addLocale('de');
});
afterAll(() => app.stop());

describe('GET /privacy-desk/sites/:site/appearance', () => {
  it('answers with look and words, and what stands where there are none', async () => {
    const { form, locales, regimes, version } = await find();
    expect(form).toEqual({ theme: {}, texts: { en: {}, ar: {}, de: {} } });
    expect(version).toMatch(/^[0-9a-f]{32}$/);
    expect(regimes).toEqual(['as-configured']);
    expect(locales.map(({ code, dir, builtIn }) => [code, dir, builtIn.acceptAll])).toEqual([
      ['en', 'ltr', 'Accept all'],
      ['ar', 'rtl', expect.stringMatching(/\p{Script=Arabic}/u)],
      ['de', 'ltr', expect.stringMatching(/akzeptieren/i)],
    ]);
    expect(locales[0]!.builtIn.bannerText).toContain('{controller}');
  });

  it('is 404 for a site that there is none of', () => send('get', '/privacy-desk/sites/none/appearance').expect(404));
});

describe('PUT /privacy-desk/sites/:site/appearance', () => {
  it('saves look and words, also in a language that the site is not in yet', async () => {
    const { version, form } = await find();
    const wanted: AppearanceForm = {
      theme: { position: 'bottom-end', tokens: { accent: '#0b5cad' }, dark: { accent: '#8cc4ff' } },
      texts: { ...form.texts, en: { bannerTitle: 'Your choice' }, de: { bannerTitle: 'Ihre Wahl', acceptAll: 'Alle' } },
    };
    const { body } = await save(wanted, version).expect(200);
    expect(body).toMatchObject({ form: wanted });
    expect(body.version).not.toBe(version);
    const stored = await rows();
    expect(
      Object.fromEntries(stored.map(({ locale, name, bannerTitle, theme }) => [locale, [name, bannerTitle, theme]])),
    ).toEqual({
      en: ['Shop', 'Your choice', wanted.theme],
      ar: ['Website', null, wanted.theme],
      de: ['Shop', 'Ihre Wahl', wanted.theme],
    });
  });

  it('takes back what is emptied, and leaves other languages alone', async () => {
    const { form } = await find();
    const { body } = await save({ theme: { tokens: {} }, texts: { en: { bannerTitle: ' ' } } }).expect(200);
    expect(body.form).toEqual({ theme: {}, texts: { ...form.texts, en: {} } });
  });

  it('refuses what was built on something older, and says what there is now', async () => {
    const { version, form } = await find();
    await save({ ...form, theme: { position: 'top' } }, version).expect(200);
    const { body } = await save({ ...form, theme: { position: 'bottom-start' } }, version).expect(409);
    expect(body.error.details.current).toMatchObject({ theme: { position: 'top' } });
    await save({ ...form, theme: { position: 'bottom-start' } }, body.error.details.version).expect(200);
  });

  it('names the field of what is wrong, and saves nothing of it', async () => {
    const before = await find();
    const { body } = await send('put', path, {
      form: {
        theme: { position: 'left', tokens: { accent: 'url(//evil.example)', 'No name': '1' } },
        texts: { en: { acceptAll: 'x'.repeat(101), bannerText: 'x'.repeat(2001) }, de: { save: 1, hint: 'x' } },
      },
    }).expect(400);
    expect(messages(body)).toEqual({
      'form.theme.position': expect.stringContaining('is not one of'),
      'form.theme.tokens.accent': expect.stringContaining('not a plain CSS value'),
      'form.theme.tokens.No name': expect.any(String),
      'form.texts.en.acceptAll': 'must not be longer than 100 characters',
      'form.texts.en.bannerText': 'must not be longer than 2000 characters',
      'form.texts.de.save': 'must be text',
      'form.texts.de.hint': 'is not known',
    });
    expect(messages((await save({ theme: {}, texts: { fr: {} } }).expect(400)).body)).toEqual({
      'form.texts.fr': 'is no language of Strapi (any more)',
    });
    await send('put', path, {}).expect(400);
    expect(await find()).toEqual(before);
  });
});

describe('GET …/appearance/preview', () => {
  const preview = (query: string) => send('get', `${path}/preview?${query}`);

  it('is what would be published, under any regime, with what its texts are made of', async () => {
    const { body } = await preview('locale=de&regime=opt-in').expect(200);
    const { config, builtIn, values } = body as AppearancePreview;
    expect(config).toMatchObject({ site: 'default', locale: 'de', dir: 'ltr', regime: 'opt-in' });
    expect(config.categories.map(({ key }) => key)).toEqual(['ESSENTIALS', 'STATISTICS', 'MARKETING']);
    expect(builtIn.bannerText).toContain('{controller}');
    expect(values).toMatchObject({ controller: 'Shop Ltd', active: '' });
    expect(config.texts.bannerActive).toBe('');
    const active = (await preview('locale=ar&regime=opt-out').expect(200)).body as AppearancePreview;
    expect(active.config.dir).toBe('rtl');
    expect(active.values.active).not.toBe('');
  });

  it.each(['', 'locale=de', 'locale=de&regime=none', 'locale[$ne]=x&regime=opt-in'])('refuses “%s”', (query) =>
    preview(query).expect(400),
  );
  it('knows languages of Strapi only', () => preview('locale=fr&regime=opt-in').expect(404));
});

describe('permissions', () => {
  it('are asked for on every route, to read and to write apart', async () => {
    const reader = await adminTokenWith(app.strapi, ['plugin::privacy-desk.appearance.read']);
    const writer = await adminTokenWith(app.strapi, ['plugin::privacy-desk.appearance.write']);
    const other = await adminTokenWith(app.strapi, ['plugin::privacy-desk.inventory.write']);
    const { form } = await find();
    await request(app.server).get(path).expect(401);
    await send('get', path, undefined, reader).expect(200);
    await send('get', `${path}/preview?locale=en&regime=opt-in`, undefined, reader).expect(200);
    await send('put', path, { form }, reader).expect(403);
    await send('put', path, { form }, writer).expect(200);
    await send('get', path, undefined, writer).expect(403);
    for (const address of [path, `${path}/preview?locale=en&regime=opt-in`])
      await send('get', address, undefined, other).expect(403);
    await send('put', path, { form }, other).expect(403);
  });
});
