import { JSON_MASK, MASK } from '../../contract';
import { getService } from '../../server/src/get-service';
import {
  apiClient,
  clientWith,
  columnOf,
  documentsOf,
  editor,
  everything,
  MARKER,
  patient,
  PATIENT,
  tablesWith,
  VISIT,
  type Client,
  type Documents,
} from '../support/encrypted-fields';
import { eventually } from '../support/eventually';
import { adminToken, startStrapi, type TestApp } from '../support/strapi';

const REVEAL = 'plugin::privacy-desk.fields.reveal';

let app: TestApp;
let documents: Documents;

beforeAll(async () => {
  app = await startStrapi();
  documents = documentsOf(app);
  await app.strapi.plugin('i18n').service('locales').create({ code: 'de', name: 'de' });
});
afterAll(() => app.stop());

/** What a refused call says, and at which fields. */
const refusal = async (call: Promise<unknown>): Promise<{ message: string; paths: string[] }> => {
  try {
    await call;
  } catch (error) {
    const { message, details } = error as { message: string; details?: { errors: { path: string[] }[] } };
    return { message, paths: (details?.errors ?? []).map(({ path }) => path.join('.')) };
  }
  throw new Error('It was not refused');
};

describe('for the document service', () => {
  it('values are plain at every depth, in drafts, published versions and languages, and nowhere in the database', async () => {
    const given = patient();
    const created = await documents.create({ data: given, populate: everything });
    expect(created).toMatchObject(given);
    const { documentId } = created;
    const german = patient({ ssn: undefined, record: undefined });
    await documents.update({ documentId, locale: 'de', data: german });
    const { entries } = await documents.publish({ documentId, locale: '*' });
    expect(entries.map(({ ssn }) => ssn)).toEqual([given.ssn, given.ssn]);
    for (const status of ['draft', 'published']) {
      expect(await documents.findOne({ documentId, status, populate: everything })).toMatchObject(given);
      // ssn and record are shared by all languages.
      expect(await documents.findOne({ documentId, status, locale: 'de', populate: everything })).toMatchObject({
        ...german,
        ssn: given.ssn,
        record: given.record,
      });
    }
    expect(await tablesWith(app, MARKER)).toEqual([]);
  });

  it('values survive discarding, cloning and deleting', async () => {
    const given = patient();
    const { documentId } = await documents.create({ data: given });
    await documents.publish({ documentId });
    await documents.update({ documentId, data: { notes: 'changed' } });
    await documents.discardDraft({ documentId });
    expect(await documents.findOne({ documentId, populate: everything })).toMatchObject(given);
    const clone = await documents.clone({ documentId, data: { name: 'clone', ssn: `756.${MARKER}.clone` } });
    expect(await documents.findOne({ documentId: clone.documentId, populate: everything })).toMatchObject({
      ...given,
      name: 'clone',
      ssn: `756.${MARKER}.clone`,
    });
    const { entries } = await documents.delete({ documentId });
    expect(entries.map(({ notes }) => notes)).toContain(given.notes);
  });

  it('values are plain in populated relations, also below a type without encrypted fields', async () => {
    const given = patient();
    const { documentId } = await documents.create({ data: given });
    const visits = documentsOf(app, VISIT);
    const visit = await visits.create({ data: { reason: 'cough', patient: documentId } });
    const read = await visits.findOne({
      documentId: visit.documentId,
      populate: { patient: { fields: ['ssn'], populate: { identities: true } } },
    });
    expect(read!.patient).toMatchObject({ ssn: given.ssn, identities: given.identities });
    const again = await documents.findOne({ documentId, populate: { visits: { populate: { patient: true } } } });
    expect(again!.visits).toMatchObject([{ reason: 'cough', patient: { email: given.email } }]);
  });

  it('null empties a field, an empty text is kept, and what is not named stays', async () => {
    const { documentId } = await documents.create({ data: patient() });
    const read = await documents.update({ documentId, data: { ssn: null, record: null, notes: '' } });
    expect(read).toMatchObject({ ssn: null, record: null, notes: '' });
    expect(await columnOf(app, 'patients', 'ssn', { document_id: documentId })).toEqual([null]);
    expect((await documents.update({ documentId, data: { name: 'x' } })).email).toContain(MARKER);
  });

  it('any JSON can be kept, texts and falsy values too', async () => {
    for (const record of ['text', 0, false, [], {}, { sealed: 'x' }, ['1.abc']]) {
      const { documentId } = await documents.create({ data: patient({ record }) });
      expect((await documents.findOne({ documentId }))!.record).toEqual(record);
    }
  });

  it('a mask is what is stored, at every depth', async () => {
    const given = patient();
    const { documentId, ...created } = await documents.create({ data: given, populate: everything });
    const { identity, identities } = created as unknown as Record<'identity', { id: number }> &
      Record<'identities', { id: number }[]>;
    await documents.update({
      documentId,
      data: {
        name: 'renamed',
        ssn: MASK,
        record: JSON_MASK,
        identity: { id: identity.id, label: 'renamed', number: MASK },
        // The other way round.
        identities: [...identities].reverse().map(({ id }) => ({ id, number: MASK })),
      },
    });
    expect(await documents.findOne({ documentId, populate: everything })).toMatchObject({
      ...given,
      name: 'renamed',
      identity: { ...given.identity, label: 'renamed' },
      identities: [...given.identities].reverse(),
    });
  });

  it('refuses values that break the rules of the field, naming each field', async () => {
    const { message, paths } = await refusal(
      documents.create({
        data: patient({
          ssn: '1234',
          email: 'nobody',
          notes: 'x'.repeat(20_001),
          identities: [{ number: 'fine' }, { number: 12 }],
          file: [{ __component: 'privacy.identity', number: 'x'.repeat(256) }],
        }),
      }),
    );
    expect(paths).toEqual(['ssn', 'email', 'notes', 'identities.1.number', 'file.0.number']);
    expect(message).toContain('ssn: must have at least 5 characters');
    expect(message).toContain('email: must be an e-mail address');
    expect(message).toContain('notes: must have at most 20000 characters');
    expect(message).toContain('identities.1.number: must be a text');
  });

  it('required is required when it is published', async () => {
    const { documentId } = await documents.create({ data: patient({ notes: null }) });
    expect((await refusal(documents.publish({ documentId }))).paths).toContain('notes');
  });

  it('unique values are unique among documents, and not within one', async () => {
    const given = patient();
    const { documentId } = await documents.create({ data: given });
    const same = await refusal(documents.create({ data: patient({ ssn: ` ${given.ssn} ` }) }));
    expect(same).toEqual({ message: 'ssn: is already the value of another entry', paths: ['ssn'] });
    await documents.publish({ documentId });
    expect((await documents.update({ documentId, data: { ssn: given.ssn } })).ssn).toBe(given.ssn);
  });
});

describe('searching', () => {
  it('finds exact values by $eq and $in, in components and relations too', async () => {
    const [first, second] = [patient({ email: 'Case.Test@Example.com' }), patient()];
    const { documentId } = await documents.create({ data: first });
    await documents.create({ data: second });
    const names = async (filters: object) =>
      (await documents.findMany({ filters, sort: 'id' })).map(({ name }) => name);
    expect(await names({ ssn: { $eq: first.ssn } })).toEqual([first.name]);
    expect(await names({ ssn: first.ssn })).toEqual([first.name]);
    expect(await names({ ssn: { $in: [first.ssn, second.ssn, 'no one’s'] } })).toEqual([first.name, second.name]);
    expect(await names({ ssn: { $in: [] } })).toEqual([]);
    expect(await names({ ssn: 'no one’s' })).toEqual([]);
    expect(await names({ email: ' case.test@example.COM' })).toEqual([first.name]);
    expect(await names({ $and: [{ $or: [{ ssn: first.ssn }, { ssn: second.ssn }] }, { name: second.name }] })).toEqual([
      second.name,
    ]);
    expect(await names({ $not: { ssn: first.ssn } })).not.toContain(first.name);
    expect(await names({ identities: { number: first.identities[1]!.number } })).toEqual([first.name]);
    expect(await documents.count({ filters: { ssn: first.ssn } })).toBe(1);
    const visits = documentsOf(app, VISIT);
    await visits.create({ data: { reason: 'found', patient: documentId } });
    expect(await visits.findMany({ filters: { patient: { ssn: { $eq: first.ssn } } } })).toMatchObject([
      { reason: 'found' },
    ]);
    const populated = await documents.findOne({
      documentId,
      populate: { identities: { filters: { number: first.identities[0]!.number } } },
    });
    expect(populated!.identities).toMatchObject([first.identities[0]]);
    // By the way around the document service, which gives what is stored.
    const row = await app.strapi.db.query(PATIENT).findOne({ where: { ssn: first.ssn } });
    expect(row.name).toBe(first.name);
    await getService('fields', app).open(PATIENT, row);
    expect(row.ssn).toBe(first.ssn);
  });

  it('knows what is empty, with or without a blind index', async () => {
    await documents.create({ data: patient({ name: 'empty', record: null, ssn: null }) });
    const names = async (filters: object) => (await documents.findMany({ filters })).map(({ name }) => name);
    for (const field of ['record', 'ssn']) {
      expect(await names({ [field]: { $null: true } })).toContain('empty');
      expect(await names({ [field]: { $notNull: true } })).not.toContain('empty');
      expect(await names({ [field]: { $ne: null } })).not.toContain('empty');
      expect(await names({ [field]: null })).toContain('empty');
    }
  });

  it('refuses what encrypted values cannot answer, naming field and operator', async () => {
    for (const operator of ['$contains', '$startsWith', '$ne', '$gt', '$eqi', '$between', '$notIn']) {
      const { message, paths } = await refusal(documents.findMany({ filters: { ssn: { [operator]: 'x' } } }));
      expect(paths).toEqual(['ssn']);
      expect(message).toContain(`the operator ${operator} does not work`);
    }
    expect((await refusal(documents.findMany({ filters: { notes: 'x' } }))).message).toBe(
      'notes: is encrypted and has no blind index, so it cannot be searched with $eq',
    );
    for (const sort of ['ssn', 'ssn:desc', { ssn: 'asc' }, ['name', 'ssn'], [{ identity: { number: 'asc' } }]])
      expect((await refusal(documents.findMany({ sort }))).message).toContain(
        'is encrypted, so nothing can be sorted by it',
      );
  });

  it('rewrites and refuses conditions on what a dynamic zone has, too', async () => {
    const given = patient();
    const { documentId } = await documents.create({ data: given });
    const zone = (asked: object) => ({ documentId, populate: { file: { on: { 'privacy.identity': asked } } } });
    const found = await documents.findOne(zone({ filters: { number: given.file[0]!.number } }));
    expect(found!.file).toMatchObject([{ number: given.file[0]!.number }]);
    const [stored] = await columnOf(app, 'components_privacy_identities', 'number', { label: 'zone' });
    for (const asked of [{ filters: { number: { $startsWith: stored!.slice(0, 5) } } }, { sort: 'number' }])
      expect((await refusal(documents.findOne(zone(asked)))).message).toContain('is encrypted');
  });

  it('the search for words leaves encrypted values alone', async () => {
    const given = patient();
    await documents.create({ data: given });
    const [stored] = await columnOf(app, 'patients', 'ssn', { name: given.name });
    expect(await documents.findMany({ _q: stored!.slice(40, 60) })).toEqual([]);
    expect(await documents.findMany({ _q: given.name })).toMatchObject([{ name: given.name }]);
  });

  it('blind indexes tell nothing across fields', async () => {
    const same = `756.${MARKER}.same`;
    const { documentId } = await documents.create({ data: patient({ ssn: same, identity: { number: same } }) });
    const [ssn] = await columnOf(app, 'patients', 'ssn', { document_id: documentId });
    const numbers = await columnOf(app, 'components_privacy_identities', 'number');
    expect(ssn).toMatch(/^b\.[0-9a-f]{32}\.1\./);
    expect(numbers.some((value) => value?.startsWith(ssn!.slice(0, 34)))).toBe(false);
  });
});

describe('over REST', () => {
  let seeing: Client;
  let blind: Client;
  beforeAll(async () => {
    seeing = await apiClient(app, [REVEAL]);
    blind = await apiClient(app);
  });
  const query = 'populate[identity][populate]=*&populate[identities]=true&status=draft';

  it('who has the permission writes and reads plain text', async () => {
    const given = patient({ file: [] });
    const created = await seeing.post(`/api/patients?${query}`, { data: given });
    expect(created.status).toBe(201);
    expect(created.body.data).toMatchObject({ ssn: given.ssn, record: given.record, identity: given.identity });
    const read = await seeing.get(`/api/patients/${created.body.data.documentId}?${query}`);
    expect(read.body.data).toMatchObject({ email: given.email, identities: given.identities });
    const found = await seeing.get(`/api/patients?filters[ssn][$eq]=${given.ssn}&status=draft`);
    expect(found.body.data).toMatchObject([{ name: given.name, ssn: given.ssn }]);
    expect((await seeing.get('/api/privacy-desk/fields/reveal')).body).toEqual({ data: { reveal: true } });
  });

  it('everybody else reads null, and keeps what is stored when sending it back', async () => {
    const given = patient({ file: [] });
    const created = await blind.post(`/api/patients?${query}`, { data: given });
    expect(created.status).toBe(201);
    const { documentId } = created.body.data;
    for (const { body } of [
      created,
      await blind.get(`/api/patients/${documentId}?${query}`),
      await blind.get(`/api/patients?filters[documentId]=${documentId}&${query}`),
    ]) {
      const data = Array.isArray(body.data) ? body.data[0] : body.data;
      expect(data).toMatchObject({ name: given.name, ssn: null, email: null, notes: null, record: null });
      expect(data.identity).toMatchObject({ label: 'passport', number: null, papers: [{ kind: 'scan', code: null }] });
      expect(JSON.stringify(body)).not.toContain(MARKER);
      expect(JSON.stringify(body)).not.toMatch(/1\.[\w-]{10}\./);
    }
    const {
      id: _id,
      documentId: _documentId,
      ...masked
    } = (await blind.get(`/api/patients/${documentId}?${query}`)).body.data;
    for (const key of ['createdAt', 'updatedAt', 'publishedAt', 'locale']) delete masked[key];
    const saved = await blind.put(`/api/patients/${documentId}?status=draft`, { data: { ...masked, name: 'renamed' } });
    expect(saved.status).toBe(200);
    expect(await documents.findOne({ documentId, populate: everything })).toMatchObject({ ...given, name: 'renamed' });
    const written = await blind.put(`/api/patients/${documentId}?status=draft`, { data: { ssn: '12345 new' } });
    expect(written.body.data.ssn).toBeNull();
    expect((await documents.findOne({ documentId }))!.ssn).toBe('12345 new');
    expect((await blind.get('/api/privacy-desk/fields/reveal')).status).toBe(403);
  });

  it('who may not see a value may not search by it either', async () => {
    for (const filters of ['filters[ssn][$eq]=x', 'filters[$or][0][identity][number]=x', 'filters[ssn][$null]=true']) {
      const { status, body } = await blind.get(`/api/patients?${filters}`);
      expect(status).toBe(400);
      expect(body.error.message).toContain('is encrypted, and you may not search by it');
    }
    const { status, body } = await blind.get('/api/visits?filters[patient][ssn]=x');
    expect([status, body.error.details.errors[0].path]).toEqual([400, ['patient', 'ssn']]);
  });

  it('nor by one in a dynamic zone', async () => {
    const asked = 'populate[file][on][privacy.identity][filters][number]=x&status=draft';
    const { status, body } = await blind.get(`/api/patients?${asked}`);
    expect(status).toBe(400);
    expect(body.error.message).toContain('you may not search by it');
  });

  it('bad questions are 400', async () => {
    const { status, body } = await seeing.get('/api/patients?filters[ssn][$contains]=x');
    expect(status).toBe(400);
    expect(body.error.message).toContain('ssn: is encrypted, so the operator $contains does not work');
    expect((await seeing.get('/api/patients?sort=ssn')).status).toBe(400);
  });

  it('an encrypted value is not opened for somebody who sends it in', async () => {
    const given = patient();
    await documents.create({ data: given });
    const [stolen] = await columnOf(app, 'patients', 'ssn', { name: given.name });
    const [note] = await columnOf(app, 'patients', 'notes', { name: given.name });
    for (const data of [{ ssn: stolen }, { notes: note }, { record: { sealed: stolen } }]) {
      const { status, body } = await seeing.post('/api/patients', { data: patient(data) });
      expect(status).toBe(400);
      expect(body.error.message).toContain('must not be an encrypted value');
    }
  });

  it('relations of another type are masked and plain in the same way', async () => {
    const given = patient();
    const { documentId } = await documents.create({ data: given });
    await documents.publish({ documentId });
    await documentsOf(app, VISIT).create({ data: { reason: 'rest', patient: documentId } });
    const path = '/api/visits?filters[reason]=rest&populate=patient';
    expect((await seeing.get(path)).body.data[0].patient.ssn).toBe(given.ssn);
    expect((await blind.get(path)).body.data[0].patient).toMatchObject({ name: given.name, ssn: null });
  });
});

describe('in the Content Manager', () => {
  const type = `/content-manager/collection-types/${PATIENT}`;
  let seeing: Client;
  let blind: Client;
  beforeAll(async () => {
    seeing = await editor(app, [REVEAL]);
    blind = await editor(app);
  });

  it('everybody sees masks, and saving them changes nothing', async () => {
    const given = patient();
    for (const client of [seeing, blind]) {
      const created = await client.post(type, { ...given, ssn: `${given.ssn}.${client === seeing}` });
      expect(created.status).toBe(201);
      const { documentId } = created.body.data;
      const read = await client.get(`${type}/${documentId}`);
      expect(read.body.data).toMatchObject({
        ssn: MASK,
        record: JSON_MASK,
        identity: { label: 'passport', number: MASK },
      });
      const list = await client.get(`${type}?page=1&pageSize=100`);
      expect(list.body.results.length).toBeGreaterThan(0);
      for (const { body } of [created, read, list]) expect(JSON.stringify(body)).not.toContain(MARKER);
      const { data } = read.body;
      const saved = await client.put(`${type}/${documentId}`, { ...data, name: 'renamed', visits: { connect: [] } });
      expect(saved.status).toBe(200);
      const published = await client.post(`${type}/${documentId}/actions/publish`, {
        ...saved.body.data,
        visits: { connect: [] },
      });
      expect(published.status).toBe(200);
      expect(JSON.stringify(published.body)).not.toContain(MARKER);
      expect(await documents.findOne({ documentId, status: 'published', populate: everything })).toMatchObject({
        ...given,
        ssn: `${given.ssn}.${client === seeing}`,
        name: 'renamed',
      });
    }
  });

  it('a value is revealed to who has the permission and may read the field', async () => {
    const given = patient();
    const created = await documents.create({ data: given, populate: everything });
    const { documentId } = created;
    const identities = created.identities as { id: number }[];
    const ask = (client: Client, path: string, more: object = {}) =>
      client.post('/privacy-desk/fields/reveal', {
        uid: PATIENT,
        documentId,
        locale: null,
        status: 'draft',
        path,
        ...more,
      });
    expect((await ask(seeing, 'ssn')).body).toEqual({ value: given.ssn });
    expect((await ask(seeing, 'record', { locale: 'en' })).body).toEqual({ value: given.record });
    expect((await ask(seeing, `identities.${identities[1]!.id}.number`)).body).toEqual({
      value: given.identities[1]!.number,
    });
    expect((await ask(seeing, 'identity.number')).body).toEqual({ value: given.identity.number });
    expect((await ask(blind, 'ssn')).status).toBe(403);
    for (const [path, more] of [
      ['name', {}],
      ['identities.999999.number', {}],
      ['ssn', { documentId: 'unknown' }],
      ['ssn', { uid: 'api::unknown.unknown' }],
      ['reason', { uid: VISIT }],
    ] as const)
      expect((await ask(seeing, path, more)).status).toBe(404);
    expect((await ask(seeing, 'ssn', { status: 'x' })).status).toBe(400);

    const entries: { outcome: string; detail: string; actor_type: string; target_type: string }[] = await app.strapi.db
      .getConnection('privacy_desk_audit')
      .where({ action: 'field.reveal' });
    const seen = entries.filter(({ outcome }) => outcome === 'ok').map(({ detail }) => JSON.parse(detail).field);
    expect(seen).toEqual(['ssn', 'record', `identities.${identities[1]!.id}.number`, 'identity.number']);
    expect(entries.filter(({ outcome }) => outcome === 'refused')).toHaveLength(5);
    expect(entries[0]).toMatchObject({ actor_type: 'admin', target_type: PATIENT });
    expect(JSON.stringify(entries)).not.toContain(MARKER);
  });

  it('searches for who may see, and refuses the others', async () => {
    const given = patient();
    await documents.create({ data: given });
    const path = `${type}?page=1&pageSize=10&filters[$and][0][ssn][$eq]=${given.ssn}`;
    expect((await seeing.get(path)).body.results).toMatchObject([{ name: given.name, ssn: MASK }]);
    expect((await blind.get(path)).status).toBe(400);
    expect((await seeing.get(`${type}?page=1&pageSize=10&sort=ssn:ASC`)).status).toBe(400);
  });

  it('an encrypted field is not sortable in lists and cannot be the title of an entry', async () => {
    const admin = clientWith(app, await adminToken(app.strapi));
    const path = `/content-manager/content-types/${PATIENT}/configuration`;
    const { body } = await admin.get(path);
    const { metadatas } = body.data.contentType;
    expect(metadatas.ssn.list).toMatchObject({ sortable: false, searchable: false });
    const service = app.strapi.plugin('content-manager').service('content-types');
    const visit = app.strapi.contentType(VISIT as never);
    const patients = app.strapi.contentType(PATIENT as never);
    const stored = await service.findConfiguration(patients);
    const title = { ...stored, settings: { ...stored.settings, mainField: 'ssn' } };
    const ofVisits = await service.findConfiguration(visit);
    const shown = structuredClone(ofVisits);
    shown.metadatas.patient.edit.mainField = 'ssn';
    expect((await refusal(Promise.resolve().then(() => service.updateConfiguration(patients, title)))).message).toBe(
      'settings.mainField: ssn is encrypted',
    );
    expect((await refusal(Promise.resolve().then(() => service.updateConfiguration(visit, shown)))).message).toBe(
      'metadatas.patient.edit.mainField: ssn is encrypted',
    );
    await service.updateConfiguration(visit, ofVisits);
  });
});

describe('elsewhere', () => {
  it('events, and so webhooks, carry null', async () => {
    const seen: unknown[] = [];
    const events = ['create', 'update', 'publish', 'unpublish', 'delete', 'draft-discard'];
    const off = events.map((event) =>
      app.strapi.eventHub.on(
        `entry.${event}`,
        async (payload: unknown) => void seen.push(JSON.parse(JSON.stringify(payload))),
      ),
    );
    const { documentId } = await documents.create({ data: patient() });
    await documents.update({ documentId, data: { notes: MARKER } });
    await documents.publish({ documentId });
    await documents.discardDraft({ documentId });
    await documents.unpublish({ documentId });
    await documents.delete({ documentId });
    // They are told after the commit.
    await eventually(() => expect(seen.length).toBeGreaterThanOrEqual(events.length));
    off.forEach((stop) => stop());
    for (const payload of seen) {
      expect(payload).toMatchObject({ uid: PATIENT, entry: { ssn: null, notes: null } });
      expect(JSON.stringify(payload)).not.toContain(MARKER);
      expect(JSON.stringify(payload)).not.toMatch(/1\.[\w-]{10}\./);
    }
  });

  it('what goes around the document service is encrypted, too', async () => {
    const data = {
      name: 'raw',
      notes: `${MARKER} raw`,
      ssn: `${MARKER} raw`,
      record: { raw: MARKER },
      locale: 'en',
      publishedAt: null,
    };
    const row = await app.strapi.db.query(PATIENT).create({ data: { ...data, documentId: 'raw1' } });
    await app.strapi.db.query(PATIENT).createMany({
      data: [
        { ...data, documentId: 'raw2' },
        { ...data, documentId: 'raw3' },
      ],
    });
    await app.strapi.db.query(PATIENT).updateMany({ where: { documentId: 'raw3' }, data: { notes: `${MARKER} many` } });
    await app.strapi.db.query(PATIENT).update({ where: { id: row.id }, data: { notes: `${MARKER} one` } });
    expect(await tablesWith(app, MARKER)).toEqual([]);
    const read = async (documentId: string) => (await documents.findOne({ documentId, status: 'draft' }))!;
    expect([(await read('raw1')).notes, (await read('raw2')).notes, (await read('raw3')).notes]).toEqual([
      `${MARKER} one`,
      `${MARKER} raw`,
      `${MARKER} many`,
    ]);
  });
});

describe('what cannot be opened', () => {
  const changed = async (name: string, column: string, change: (stored: string) => string): Promise<void> => {
    const [stored] = await columnOf(app, 'patients', column, { name });
    await app.strapi.db
      .getConnection('patients')
      .where({ name })
      .update({ [column]: change(stored!) });
  };
  const flip = (stored: string): string => stored.slice(0, -1) + (stored.endsWith('A') ? 'B' : 'A');

  it('is null in the middle of what can, said in the log and recorded once', async () => {
    const error = jest.spyOn(app.strapi.log, 'error').mockReturnValue(app.strapi.log);
    const given = [patient(), patient(), patient()];
    for (const data of given) await documents.create({ data });
    const [, tampered, swapped] = given;
    await changed(tampered!.name, 'notes', (stored) => flip(stored.slice(0, -4)) + stored.slice(-4));
    // A value of another field of the same entry.
    const [email] = await columnOf(app, 'patients', 'email', { name: swapped!.name });
    await changed(swapped!.name, 'ssn', () => email!);
    const filters = { name: { $in: given.map(({ name }) => name) } };
    for (let round = 0; round < 2; round++)
      expect(await documents.findMany({ filters, sort: 'id' })).toMatchObject([
        { ssn: given[0]!.ssn, notes: given[0]!.notes },
        { ssn: tampered!.ssn, notes: null },
        { ssn: null, notes: swapped!.notes },
      ]);
    expect(error.mock.calls.flat().filter((text) => String(text).includes('cannot open'))).toHaveLength(2);
    error.mockRestore();
    const seeing = await apiClient(app, [REVEAL]);
    const { status, body } = await seeing.get(`/api/patients?status=draft&filters[name]=${tampered!.name}`);
    expect([status, body.data[0].ssn, body.data[0].notes]).toEqual([200, tampered!.ssn, null]);
    await eventually(async () => {
      const entries: { detail: string }[] = await app.strapi.db
        .getConnection('privacy_desk_audit')
        .where({ action: 'field.unreadable', outcome: 'failed' });
      expect(entries.map(({ detail }) => JSON.parse(detail).field).sort()).toEqual(['notes', 'ssn']);
    });
  });

  it('is counted by encrypt-fields, and left as it is', async () => {
    const given = patient();
    await documents.create({ data: given });
    await changed(given.name, 'email', (stored) => flip(stored.slice(0, -4)) + stored.slice(-4));
    const [before] = await columnOf(app, 'patients', 'email', { name: given.name });
    const report = await getService('fields', app).encryptExisting();
    expect(report.find(({ field }) => field === `${PATIENT}.email`)!.unreadable).toBe(1);
    expect(await columnOf(app, 'patients', 'email', { name: given.name })).toEqual([before]);
  });
});

describe('values from before a field was encrypted', () => {
  it('are read as they are, until encrypt-fields encrypts them', async () => {
    const given = patient();
    const { documentId } = await documents.create({ data: given });
    const [stored] = await columnOf(app, 'patients', 'ssn', { name: given.name });
    await app.strapi.db
      .getConnection('patients')
      .where({ document_id: documentId })
      // One encrypted without the blind index that it is to have.
      .update({ ssn: stored!.slice(35), notes: `plain ${MARKER}`, record: JSON.stringify({ plain: MARKER }) });
    await app.strapi.db
      .getConnection('components_privacy_identities')
      .insert({ label: 'old', number: `old ${MARKER}` });
    const before = await documents.findOne({ documentId });
    expect(before).toMatchObject({ ssn: given.ssn, notes: `plain ${MARKER}`, record: { plain: MARKER } });
    expect(await documents.findMany({ filters: { ssn: given.ssn } })).toEqual([]);
    expect((await tablesWith(app, MARKER)).sort()).toEqual(['components_privacy_identities', 'patients']);

    const report = await getService('fields', app).encryptExisting();
    const of = (field: string) => report.find((one) => one.field === field);
    expect(of(`${PATIENT}.notes`)).toMatchObject({ encrypted: 1, indexed: 0 });
    expect(of(`${PATIENT}.record`)).toMatchObject({ encrypted: 1 });
    expect(of(`${PATIENT}.ssn`)).toMatchObject({ encrypted: 0, indexed: 1 });
    expect(of('privacy.identity.number')).toMatchObject({ encrypted: 1 });
    expect(await tablesWith(app, MARKER)).toEqual([]);
    expect(await documents.findMany({ filters: { ssn: given.ssn } })).toMatchObject([before]);
    const again = await getService('fields', app).encryptExisting();
    expect(again.every(({ encrypted, indexed }) => encrypted === 0 && indexed === 0)).toBe(true);
  });
});

it('a search by blind index uses an index of the database', async () => {
  const { client } = app.strapi.db.dialect;
  const where = { ssn: { $startsWith: [`b.${'0'.repeat(32)}.`] } };
  const { sql, bindings } = app.strapi.db.queryBuilder(PATIENT).init({ where }).select('id').getKnexQuery().toSQL();
  await app.strapi.db.connection.transaction(async (trx) => {
    if (client === 'postgres') await trx.raw('set local enable_seqscan = off');
    const plan: unknown = await trx.raw(`explain ${client === 'sqlite' ? 'query plan ' : ''}${sql}`, bindings);
    expect(JSON.stringify(plan)).toContain('privacy_desk_blind_');
  });
});
