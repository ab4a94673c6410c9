import request from 'supertest';
import type { ImportPreview, MatrixRow, TranslationProgress, TranslationRow, TranslationsPage } from '../../contract';
import { TRACKING_ITEM_UID } from '../../server/src/constants';
import { editCatalogue, paragraph } from '../support/catalogue';
import { adminToken, adminTokenWith, startStrapi, type TestApp } from '../support/strapi';

type Page = TranslationsPage<TranslationRow>;

let app: TestApp;
let token: string;
let edit: ReturnType<typeof editCatalogue>;
/** Document IDs by key. */
const ids: Record<string, string> = {};
const path = '/privacy-desk/translations';
const send = (method: 'get' | 'put' | 'post', rest = '', body?: object, bearer = token) => {
  const agent = request(app.server);
  const call = agent[method](path + rest).set('Authorization', `Bearer ${bearer}`);
  return body ? call.send(body) : call;
};
const find = async (rest: string): Promise<Page> => (await send('get', rest).expect(200)).body;
const row = async (id: string, locale = 'de'): Promise<TranslationRow> => {
  const { rows } = await find(`/${locale}?pageSize=100`);
  return rows.find((each) => each.id === id)!;
};
const save = (changes: object[], locale = 'de') => send('put', `/${locale}`, { changes });
const upload = (content: string, locale = 'de', bearer = token) =>
  request(app.server)
    .post(`${path}/${locale}/import`)
    .set('Authorization', `Bearer ${bearer}`)
    .attach('files', Buffer.from(content), 'translations.xlf');
const exported = async (format: string, rest = ''): Promise<string> => {
  const response = await send('get', `/de/export?format=${format}${rest}`)
    .buffer(true)
    .parse((answer, done) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
      answer.on('end', () => done(null, text));
    });
  expect(response.status).toBe(200);
  return response.body as unknown as string;
};
const stored = async (documentId: string, locale: string) =>
  app.strapi.db.query(TRACKING_ITEM_UID).findOne({ where: { documentId, locale }, populate: { category: true } });

beforeAll(async () => {
  app = await startStrapi();
  edit = editCatalogue(app.strapi);
  token = await adminToken(app.strapi);
  for (const code of ['de', 'de-CH', 'ja']) await edit.addLocale(code);
  const category = await app.strapi.db.query('plugin::privacy-desk.category').findOne({ where: { key: 'STATISTICS' } });
  ids.shop = await edit.site.create('shop', { name: 'Shop', bannerTitle: 'Your {controller} choice' });
  ids.alpha = await edit.item.create('alpha', {
    name: 'Alpha',
    description: [...paragraph('Counts visits.'), ...paragraph('And more.')],
    category: category.documentId,
    provider: 'Alpha Ltd.',
    storage: [
      { name: '_a', match: 'exact', kind: 'cookie', lifetime: 60, purpose: 'Tells visitors apart.' },
      { name: '_b', match: 'exact', kind: 'cookie', purpose: 'Counts.' },
      { name: '_c', match: 'exact', kind: 'cookie' },
    ],
  });
  ids.beta = await edit.item.create('beta', { name: 'Beta', enabled: false, sites: [ids.shop] });
});
afterAll(() => app.stop());

const purpose = async (name: string) => {
  const { storage } = await stored(ids.alpha!, 'en');
  return `tracking-item:alpha:purpose.${storage.find((entry: { name: string }) => entry.name === name).id}`;
};

describe('reading', () => {
  it('lists texts beside their translations', async () => {
    const { rows } = await find('/de?type=tracking-item&search=alpha');
    expect(rows.map(({ field, storage, source, state }) => [field, storage, source, state])).toEqual([
      ['name', null, 'Alpha', 'missing'],
      ['description', null, 'Counts visits.\n\nAnd more.', 'missing'],
      ['purpose', '_a', 'Tells visitors apart.', 'missing'],
      ['purpose', '_b', 'Counts.', 'missing'],
    ]);
    expect(rows[0]).toMatchObject({
      enabled: true,
      target: '',
      shown: 'Alpha',
      long: false,
      rich: false,
      maxLength: 100,
    });
    // Own words of a site are to be translated; the others are built in.
    expect(await row('site:shop:bannerTitle')).toMatchObject({ state: 'missing', source: 'Your {controller} choice' });
    expect(await row('site:shop:acceptAll')).toMatchObject({ state: 'built-in', shown: 'Alle akzeptieren' });
    expect(await row('category:STATISTICS:name')).toMatchObject({ state: 'translated' });
    expect(await row('category:STATISTICS:name', 'de-CH')).toMatchObject({ state: 'translated' });
  });

  it.each([
    ['/de?missing=true&type=category', 0],
    ['/de?type=tracking-item&site=default', 4],
    ['/de?type=tracking-item&site=shop', 5],
    ['/de?search=TELLS', 1],
    ['/de?search=_b', 1],
    ['?missing=true&search=alpha', 4],
  ])('%s', async (rest, count) => {
    expect((await find(rest)).count).toBe(count);
  });

  it('pages', async () => {
    const { rows, ...page } = await find('/de?type=tracking-item&pageSize=2&page=3');
    expect(page).toEqual({ count: 5, page: 3, pageSize: 2 });
    expect(rows.map(({ id }) => id)).toEqual(['tracking-item:beta:name']);
    expect(rows[0]!.enabled).toBe(false);
    expect((await find('/de?type=tracking-item&pageSize=2&at=tracking-item:beta:name')).page).toBe(3);
  });

  it('shows how every text stands in every language', async () => {
    const { rows } = (await find('?type=category&pageSize=1')) as unknown as TranslationsPage<MatrixRow>;
    expect(rows[0]!.states).toEqual({ de: 'translated', 'de-CH': 'translated', ja: 'translated' });
  });

  it('measures progress as the Overview does', async () => {
    const { body } = await send('get', '/progress?site=shop').expect(200);
    const { locales } = body as TranslationProgress;
    const overview = await request(app.server)
      .get('/privacy-desk/overview?site=shop')
      .set('Authorization', `Bearer ${token}`);
    const seen = overview.body.locales.map(({ code, translated, total }: TranslationProgress['locales'][0]) => ({
      code,
      translated,
      total,
    }));
    expect(locales).toEqual(seen);
    expect(locales.map(({ code }) => code)).toEqual(['en', 'de', 'de-CH', 'ja']);
  });

  it.each(['/en', '/fr', '/en/export?format=csv'])('answers 404 for %s, which nothing is translated into', (rest) =>
    send('get', rest).expect(404),
  );

  it.each([
    ['/de?missing=yes', 'missing'],
    ['/de?type=user', 'type'],
    ['/de?site[$ne]=x', 'site'],
    ['/de/export?format=xls', 'format'],
  ])('refuses %s', async (rest, field) => {
    const { body } = await send('get', rest).expect(400);
    expect(body.error.details.errors[0].path[0]).toBe(field);
  });
});

describe('permissions', () => {
  it('let readers read and export, and nothing else', async () => {
    const reader = await adminTokenWith(app.strapi, ['plugin::privacy-desk.translations.read']);
    for (const rest of ['', '/progress', '/de', '/de/export?format=csv'])
      await send('get', rest, undefined, reader).expect(200);
    await send('put', '/de', { changes: [{ id: 'x', text: 'y' }] }, reader).expect(403);
    await upload('x', 'de', reader).expect(403);
  });

  it('let others do nothing', async () => {
    const other = await adminTokenWith(app.strapi, ['plugin::privacy-desk.inventory.write']);
    for (const rest of ['', '/progress', '/de', '/de/export?format=csv'])
      await send('get', rest, undefined, other).expect(403);
    await request(app.server).get(path).expect(401);
  });
});

describe('saving', () => {
  it('makes a language of an entry, with its facts and relations', async () => {
    const id = await purpose('_b');
    await save([{ id, text: 'Zählt.' }]).expect(200);
    const german = await stored(ids.alpha!, 'de');
    expect(german).toMatchObject({
      name: 'Alpha',
      provider: 'Alpha Ltd.',
      category: { key: 'STATISTICS', locale: 'de' },
    });
    expect(
      german.storage.map(({ name, lifetime, purpose }: Record<string, unknown>) => [name, lifetime, purpose]),
    ).toEqual([
      ['_a', 60, undefined],
      ['_b', undefined, 'Zählt.'],
      ['_c', undefined, undefined],
    ]);
    expect((await stored(ids.alpha!, 'en')).storage[1].purpose).toBe('Counts.');
    expect(await row(id, 'de-CH')).toMatchObject({ state: 'inherited', shown: 'Zählt.', target: '' });
  });

  it('saves texts of many entries, rich text and all', async () => {
    const description = 'Zählt *Besuche*.\n\n- eins\n- zwei';
    const { body } = await save([
      { id: 'tracking-item:alpha:description', text: description },
      { id: await purpose('_a'), text: 'Unterscheidet Besucher.' },
      { id: 'site:shop:bannerTitle', text: 'Ihre Wahl bei {controller}' },
      { id: 'category:MARKETING:name', text: 'Werbung' },
    ]).expect(200);
    expect(body).toEqual({ saved: 4 });
    expect(await row('tracking-item:alpha:description')).toMatchObject({ target: description, state: 'translated' });
    expect(await row(await purpose('_b'))).toMatchObject({ target: 'Zählt.' });
    expect(await row('site:shop:bannerTitle')).toMatchObject({
      target: 'Ihre Wahl bei {controller}',
      state: 'translated',
    });
    expect((await stored(ids.alpha!, 'de')).description[1]).toMatchObject({ type: 'list', format: 'unordered' });
  });

  it('takes translations away', async () => {
    await save([
      { id: 'site:shop:bannerTitle', text: ' ' },
      { id: 'tracking-item:alpha:description', text: '' },
      { id: await purpose('_b'), text: '' },
    ]).expect(200);
    expect(await row('site:shop:bannerTitle')).toMatchObject({ target: '', state: 'missing' });
    expect(await row(await purpose('_b'))).toMatchObject({ target: '', state: 'missing' });
    expect(await row(await purpose('_a'))).toMatchObject({ target: 'Unterscheidet Besucher.' });
  });

  it('saves nothing where something is wrong, and says at which text', async () => {
    const { body } = await save([
      { id: 'category:MARKETING:name', text: 'Anders' },
      { id: 'tracking-item:alpha:name', text: ' ' },
      { id: 'tracking-item:alpha:description', text: '**offen' },
      { id: 'tracking-item:gone:name', text: 'x' },
      { id: 'site:shop:policyUrl', text: 'x' },
      { id: 'user:admin:password', text: 'x' },
    ]).expect(400);
    expect(
      body.error.details.errors.map(({ path: [id], message }: { path: string[]; message: string }) => [id, message]),
    ).toEqual([
      ['tracking-item:alpha:name', 'must not be empty'],
      ['tracking-item:alpha:description', expect.stringContaining('not closed')],
      ['tracking-item:gone:name', 'does not exist (any more)'],
      ['site:shop:policyUrl', 'does not exist (any more)'],
      ['user:admin:password', 'does not exist (any more)'],
    ]);
    expect(await row('category:MARKETING:name')).toMatchObject({ target: 'Werbung' });
    const link = { id: 'tracking-item:alpha:description', text: '[x](javascript:alert\\(1\\))' };
    expect((await save([link]).expect(400)).body.error.details.errors[0].message).toContain('is not allowed');
    await save([]).expect(400);
    await save([{ id: 'category:MARKETING:name', text: 'a' }], 'fr').expect(404);
    await save([{ id: 'category:MARKETING:name', text: 'a' }], 'en').expect(404);
  });

  it('does not overwrite what somebody else has saved meanwhile', async () => {
    const { id, version } = await row('category:MARKETING:name');
    await save([{ id, text: 'Erste', version }]).expect(200);
    const { body } = await save([
      { id, text: 'Zweite', version },
      { id: 'tracking-item:alpha:name', text: 'Alfa' },
    ]).expect(409);
    const [stale] = body.error.details.current;
    expect(stale).toEqual({ id, text: 'Erste', version: expect.any(String) });
    expect(await row('tracking-item:alpha:name')).toMatchObject({ target: 'Alpha' });
    await save([{ id, text: 'Zweite', version: stale.version }]).expect(200);
    const again = await row(id);
    const answers = await Promise.all(
      ['Wort eins', 'Wort zwei'].map((text) => save([{ id, text, version: again.version }])),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('files', () => {
  const preview = async (content: string): Promise<ImportPreview> => (await upload(content).expect(200)).body;

  it.each(['xliff', 'csv'])('come back as they went, %s', async (format) => {
    const { count, rows } = await find('/de?pageSize=100');
    const translated = rows.filter(({ target }) => target).length;
    expect(await preview(await exported(format))).toEqual({
      changes: [],
      unchanged: translated,
      empty: count - translated,
    });
  });

  it.each(['xliff', 'csv'])('say what they change, and change nothing, %s', async (format) => {
    const before = await row('category:MARKETING:name');
    const file = await exported(format, '&type=category');
    const { changes } = await preview(file.replaceAll(before.target, 'Wort drei'));
    expect(changes).toEqual([
      expect.objectContaining({
        id: 'category:MARKETING:name',
        before: before.target,
        after: 'Wort drei',
        version: before.version,
        conflict: false,
        sourceChanged: false,
        placeholders: [],
      }),
    ]);
    expect(await row('category:MARKETING:name')).toEqual(before);
  });

  it('tell what was changed on both sides meanwhile', async () => {
    const { id, target, version } = await row('category:MARKETING:name');
    const file = await exported('xliff');
    await save([{ id, text: 'Marketing', version }]).expect(200);
    // Nobody has touched it in the file.
    expect((await preview(file)).changes).toEqual([]);
    const edited = file
      .replace(`>${target}<`, '>Reklame<')
      .replace('>Your {controller} choice<', '>Your former choice<')
      .replace(/(Your former choice<\/source>)/, '$1<target>Ihre Wahl</target>');
    const { changes } = await preview(edited);
    expect(
      changes.map(({ id: of, conflict, sourceChanged, placeholders }) => [of, conflict, sourceChanged, placeholders]),
    ).toEqual([
      ['site:shop:bannerTitle', false, true, ['{controller}']],
      [id, true, false, []],
    ]);
  });

  it('are refused as a whole, with every line that is wrong', async () => {
    const refused = async (content: string, locale = 'de'): Promise<[string, string][]> =>
      (await upload(content, locale).expect(400)).body.error.details.errors.map(
        ({ path: [, line], message }: { path: string[]; message: string }) => [line, message],
      );
    const file = await exported('csv');
    expect(await refused(file, 'ja')).toEqual([['1', 'is translated into “de”, and not “ja”']]);
    const header = 'key,source (fr),target (de)';
    expect(
      await refused(
        `${header}\nnothing:here:name,a,b\ncategory:MARKETING:name,a,b\ncategory:MARKETING:name,a,c\n\ntracking-item:alpha:description,x,**y`,
      ),
    ).toEqual([
      ['1', 'is translated from “fr”, and the default language is “en”'],
      ['2', 'the key “nothing:here:name” does not exist (any more)'],
      ['4', 'the key “category:MARKETING:name” is there twice, first in line 3'],
      ['6', expect.stringContaining('“**” is opened and not closed')],
    ]);
    expect((await refused((await exported('xliff')).replace('</unit>', '')))[0]![1]).toMatch(/tag/);
    await send('post', '/de/import').expect(400);
    await upload(file, 'fr').expect(404);
  });
});
