import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import request from 'supertest';
import {
  NEXT_STATES,
  REQUEST_MAILS,
  REQUEST_STATES,
  type Attention,
  type RequestDetails,
  type RequestForm,
  type RequestPage,
  type RequestSetup,
  type RequestState,
  type RequestTemplates,
} from '../../contract';
import { getService } from '../../server/src/get-service';
import { endOfPeriod } from '../../server/src/rights/requests/deadline';
import { editCatalogue } from '../support/catalogue';
import { captureMails, linkIn, requester, solved, type Mail } from '../support/data-requests';
import { eventually } from '../support/eventually';
import { unzip } from '../support/unzip';
import { adminToken, adminTokenWith, startStrapi, type TestApp } from '../support/strapi';

jest.setTimeout(120_000);

const DAY = 86_400_000;
const config = {
  pollIntervalSeconds: 3600,
  requests: {
    proofOfWorkTries: 2,
    timeZone: 'Europe/Berlin',
    rateLimit: { max: 100_000 },
    notify: ['dpo@example.com'],
    publicUrl: 'https://www.example.com/api/privacy-desk',
  },
};

let app: TestApp;
let mails: ReturnType<typeof captureMails>;
let base: string;
let token: string;
let count = 0;

beforeAll(async () => {
  app = await startStrapi({ config });
  const edit = editCatalogue(app.strapi);
  await edit.site.create('closed', { origins: ['https://closed.example.com'] });
  await getService('publishing', app).refresh();
  await new Promise<void>((resolve) => void app.strapi.server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  mails = captureMails(app.strapi);
  token = await adminToken(app.strapi);
});
afterAll(() => app?.stop());
beforeEach(async () => {
  mails.fail = undefined;
  // What the test before has ordered comes now, and not later.
  await requests().sendMails();
  mails.length = 0;
});

const requests = () => getService('dataRequests', app);
const visitor = () => requester(base);
const newEmail = () => `person${(count += 1)}@example.com`;
const table = (name: string) => app.strapi.db.getConnection(`privacy_desk_${name}`);
const sent = async (wanted = 1): Promise<Mail[]> =>
  eventually(async () => {
    await requests().sendMails();
    expect(mails.length).toBeGreaterThanOrEqual(wanted);
    return mails;
  });
const follow = (path: string, method: 'get' | 'post' = 'post') => request(app.server)[method](path);
const api = (method: 'get' | 'post' | 'put' | 'delete', path: string, body?: object, as = token) => {
  const call = request(app.server)[method](`/privacy-desk${path}`).set('Authorization', `Bearer ${as}`);
  return body ? call.send(body) : call;
};
const find = async (email: string): Promise<RequestDetails> => {
  const { body } = await api('post', '/requests/search', { search: email }).expect(200);
  const [row] = (body as RequestPage).rows;
  return (await api('get', `/requests/${row!.id}`).expect(200)).body as RequestDetails;
};
const act = (details: RequestDetails, action: string, input: object = {}) =>
  api('post', `/requests/${details.id}/${action}`, { version: details.version, ...input });

/** A request that has just been sent, with the link of its mail. */
const received = async (more = {}): Promise<{ email: string; link: string }> => {
  const email = newEmail();
  expect((await visitor().send({ email, ...more })).status).toBe(202);
  await sent();
  return { email, link: linkIn(mails.find(({ to }) => to === email)!) };
};
const confirmed = async (more = {}): Promise<RequestDetails> => {
  const { email, link } = await received(more);
  await follow(link).expect(200);
  await requests().sendMails();
  return find(email);
};

describe('POST /requests', () => {
  it('takes a request, and answers the same whether or not the person is known', async () => {
    const email = newEmail();
    const user = app.strapi.plugin('users-permissions').service('user');
    await user.add({ username: email, email, password: 'Passw0rd!', provider: 'local', confirmed: true });
    const known = await visitor().send({ email, message: 'Hello', locale: 'de-AT' });
    const unknown = await visitor().send({ email: newEmail(), message: 'Hello', locale: 'de-AT' });
    expect([known.status, unknown.status]).toEqual([202, 202]);
    const bodies = [await known.json(), await unknown.json()];
    for (const body of bodies) expect(body).toEqual({ reference: expect.stringMatching(/^[\dA-HJKMNP-TV-Z]{4}-[\dA-HJKMNP-TV-Z]{4}$/) }); // prettier-ignore
    const headers = (answer: Response) => [...answer.headers].filter(([name]) => name !== 'date');
    expect(headers(known)).toEqual(headers(unknown));
    expect(Object.fromEntries(known.headers)).toMatchObject({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' }); // prettier-ignore
  });

  it('sends the link in the language of the person, and stores nothing personal in the clear', async () => {
    const email = newEmail();
    await visitor().send({ email, type: 'erasure', message: 'Bitte alles löschen', locale: 'de-AT' });
    const [mail] = await sent();
    expect(mail).toMatchObject({ to: email, subject: expect.stringContaining('Bitte bestätigen Sie Ihre Anfrage') });
    expect(mail!.text).toContain('Löschung meiner Daten');
    expect(mail!.text).toContain('https://www.example.com/api/privacy-desk/requests/confirm?locale=de&token=');
    expect(mail!.html).toContain('<html lang="de">');
    for (const name of ['requests', 'request_events', 'request_mails']) {
      const stored = JSON.stringify(await table(name).select());
      expect(stored).not.toContain(email);
      expect(stored).not.toContain('alles');
    }
    const details = await find(email.toUpperCase());
    expect(details).toMatchObject({
      email,
      message: 'Bitte alles löschen',
      type: 'erasure',
      state: 'received',
      locale: 'de-AT',
    });
  });

  it('begins the period with the receipt', async () => {
    const { email } = await received();
    const { receivedAt, dueAt, extendedDueAt } = await find(email);
    expect(Date.parse(dueAt)).toBe(endOfPeriod(Date.parse(receivedAt), 1, 'Europe/Berlin'));
    expect(Date.parse(extendedDueAt)).toBe(endOfPeriod(Date.parse(receivedAt), 3, 'Europe/Berlin'));
  });

  it.each([
    [{ type: 'everything' }, ['type']],
    [{ email: 'nobody' }, ['email']],
    [{ email: 'a@example.com, b@example.com' }, ['email']],
    [{ email: 'a@example.com\r\nBcc: b@example.com' }, ['email']],
    [{ email: 'Eve <a@example.com>' }, ['email']],
    [{ email: ['a@example.com'] }, ['email']],
    [{ message: 7 }, ['message']],
    [{ message: 'x'.repeat(4001) }, ['message']],
    [{ message: 'a\u0000b' }, ['message']],
    [{ site: '$ne', locale: 'not a locale' }, ['site', 'locale']],
    [{ altcha: undefined }, ['altcha']],
    [{ altcha: 'e30=' }, ['altcha']],
    [{ altcha: { challenge: {} } }, ['altcha']],
    [{ altcha: Buffer.from('{"challenge":{"parameters":null},"solution":{}}').toString('base64') }, ['altcha']],
  ])('answers 400 and names the field for %j', async (wrong, fields) => {
    const answer = await visitor().send(wrong as never);
    expect(answer.status).toBe(400);
    const { error } = (await answer.json()) as { error: { name: string; details: { errors: { path: string[] }[] } } };
    expect(error.name).toBe('ValidationError');
    expect(error.details.errors.map(({ path }) => path[0])).toEqual(fields);
  });

  it('answers 413, 400, 404, 403 and 405 as the other endpoints do', async () => {
    const statuses = [
      await visitor().post({ type: 'access', email: newEmail(), message: 'x'.repeat(40_000) }),
      await visitor().post('{'),
      await visitor().post('[]'),
      await visitor().send({ site: 'nowhere' }),
      await visitor().send({ site: 'closed' }),
      await visitor().send({ site: 'closed' }, { origin: 'https://evil.example.com' }),
      await visitor().send({ site: 'closed' }, { origin: 'https://closed.example.com' }),
      await fetch(`${base}/api/privacy-desk/requests`),
      await fetch(`${base}/api/privacy-desk/requests`, { method: 'OPTIONS' }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([413, 400, 400, 404, 403, 403, 202, 405, 204]);
  });

  it('takes a solved challenge once, also when it comes twice at the same moment', async () => {
    const altcha = await solved(await visitor().challenge());
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => visitor().post({ type: 'access', email: newEmail(), altcha })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 400, 400, 400]);
    const replayed = await visitor().post({ type: 'access', email: newEmail(), altcha });
    expect(((await replayed.json()) as { error: { message: string } }).error.message).toContain('used already');
  });

  it('does not take a challenge of somebody else, one that was changed, or a guess', async () => {
    const challenge = await visitor().challenge();
    const { solution } = JSON.parse(Buffer.from(await solved(challenge), 'base64').toString());
    const wrong = [
      { challenge: { ...challenge, signature: 'ab'.repeat(32) }, solution },
      { challenge: { ...challenge, parameters: { ...challenge.parameters, cost: 1 } }, solution },
      { challenge: { ...challenge, parameters: { ...challenge.parameters, expiresAt: 9_999_999_999 } }, solution },
      { challenge, solution: { ...solution, derivedKey: challenge.parameters.keyPrefix.padEnd(64, '0') } },
    ];
    for (const payload of wrong) {
      const altcha = Buffer.from(JSON.stringify(payload)).toString('base64');
      expect((await visitor().post({ type: 'access', email: newEmail(), altcha })).status).toBe(400);
    }
  });

  it('does not flood a mailbox with links, and tells nobody', async () => {
    const email = newEmail();
    for (let time = 0; time < 5; time++) expect((await visitor().send({ email })).status).toBe(202);
    await requests().sendMails();
    expect(mails).toHaveLength(3);
  });

  it('has a form in the language of the page', async () => {
    const { body } = await request(app.server).get('/api/privacy-desk/requests/form?locale=ar-EG').expect(200);
    expect(body as RequestForm).toMatchObject({
      locale: 'ar',
      dir: 'rtl',
      texts: { types: { access: expect.any(String) } },
    });
    await request(app.server).get('/api/privacy-desk/requests/form?site=nowhere').expect(404);
    await request(app.server).get('/api/privacy-desk/requests/form?locale[$ne]=x').expect(400);
  });
});

describe('The link', () => {
  it('shows a button and changes nothing when it is opened, as mail scanners do; confirms when it is pressed', async () => {
    const { email, link } = await received({ locale: 'fr' });
    for (let time = 0; time < 3; time++) {
      const page = await follow(link, 'get').expect(200);
      expect(page.text).toContain('Confirmer la demande');
      expect(page.text).toMatch(/^<!doctype html>\n<html lang="fr">/);
    }
    expect(await find(email)).toMatchObject({ state: 'received' });
    mails.length = 0;
    const done = await follow(link).expect(200);
    expect(done.text).toContain('Merci');
    expect(await find(email)).toMatchObject({ state: 'confirmed', confirmedAt: expect.any(String) });
    await sent(2);
    expect(mails.map(({ to }) => to).sort()).toEqual(['dpo@example.com', email].sort());
    // Who handles requests learns no more than that there is one.
    expect(JSON.stringify(mails.find(({ to }) => to === 'dpo@example.com'))).not.toContain(email);
  });

  it('leads to a page without any script, style or place that is not our own', async () => {
    const { link } = await received();
    const page = await follow(link, 'get');
    const csp = page.headers['content-security-policy'] as string;
    expect(csp).toMatch(
      /^default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'/,
    );
    expect(page.headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store', 'x-robots-tag': 'noindex', 'x-content-type-options': 'nosniff' }); // prettier-ignore
    expect(page.text).not.toMatch(/<script|style=|\son\w+=|https?:/);
    const css = await request(app.server).get('/api/privacy-desk/requests/page.css').expect(200);
    expect(css.headers['content-type']).toBe('text/css; charset=utf-8');
  });

  it('is good once: a replayed one gets a clear page, and nothing is done', async () => {
    const { email, link } = await received();
    const both = await Promise.all([follow(link), follow(link)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
    const again = await follow(link);
    expect(again.text).toContain('no longer good');
    expect((await follow(link, 'get')).status).toBe(410);
    const { events } = await find(email);
    expect(events.filter(({ kind }) => kind === 'confirmed')).toHaveLength(1);
  });

  it('expires: a clear page, and nothing is done', async () => {
    const { email, link } = await received();
    const { id } = await find(email);
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 48 * 3_600_000 + 2000);
    try {
      const page = await follow(link);
      expect([page.status, page.text.includes('no longer good')]).toEqual([410, true]);
    } finally {
      now.mockRestore();
    }
    expect((await table('requests').where({ id }).select('state'))[0]).toEqual({ state: 'received' });
  });

  it('cannot be made up, and one for another purpose is not taken', async () => {
    const { link } = await received();
    const genuine = new URL(link, 'https://x.invalid').searchParams.get('token')!;
    const changed = genuine.slice(0, 10) + (genuine[10] === 'A' ? 'B' : 'A') + genuine.slice(11);
    const paths = [
      link.replace(genuine, changed),
      link.replace('/confirm?', '/download?'),
      '/api/privacy-desk/requests/confirm',
      '/api/privacy-desk/requests/confirm?token=%',
      `/api/privacy-desk/requests/confirm?locale=%22%3E%3Cscript%3E&token=${'A'.repeat(54)}`,
    ];
    for (const path of paths) {
      const page = await follow(path);
      expect([path, page.status]).toEqual([path, 410]);
      expect(page.text).not.toContain('<script');
    }
  });

  it('lets the person delete a request that somebody else has sent in their name', async () => {
    const { email, link } = await received();
    await follow(`${link}&action=delete`).expect(200);
    const { id } = (await api('post', '/requests/search', { search: email })).body.rows[0];
    const [row] = await table('requests').where({ id }).select();
    expect(row).toMatchObject({ state: 'withdrawn', sealed_key: null, sealed_content: null });
    await follow(link).expect(410);
  });
});

describe('Handling', () => {
  it('goes from assignment over work to the answer, and remembers each step', async () => {
    let details = await confirmed({ message: 'My name is spelled wrong', type: 'rectification' });
    const { body: setup } = await api('get', '/requests/setup').expect(200);
    expect(setup).toMatchObject({ enabled: true, emailProvider: 'sendmail', publicUrlGuessed: false });
    const [ada] = setup.assignees;
    details = (await act(details, 'assign', { assignee: ada.id }).expect(200)).body;
    details = (await act(details, 'start').expect(200)).body;
    details = (await act(details, 'note', { text: 'Asked the shop' }).expect(200)).body;
    mails.length = 0;
    details = (await act(details, 'answer', { message: 'Corrected.\n\n{link} <b>' }).expect(200)).body;
    expect(details).toMatchObject({ state: 'answered', closedAt: expect.any(String), assignee: ada });
    const [mail] = await sent();
    // What somebody writes is neither a template nor HTML.
    expect(mail!.text).toContain('Corrected.\n\n{link} <b>');
    expect(mail!.html).toContain('&#60;b&#62;');
    const { events } = await find(details.email!);
    expect(events.map(({ kind }) => kind)).toEqual([
      'received', 'mail-sent', 'confirmed', 'mail-sent', 'mail-sent', 'assigned', 'started', 'note', 'answered', 'mail-sent',
    ]); // prettier-ignore
    expect(events.find(({ kind }) => kind === 'note')).toMatchObject({
      actor: { name: 'Ada Admin' },
      text: 'Asked the shop',
    });
  });

  it('lets only one of two admins decide: the other learns of it', async () => {
    const details = await confirmed();
    const both = await Promise.all([
      act(details, 'refuse', { reason: 'Manifestly unfounded' }),
      act(details, 'answer', { message: 'Done' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    await act(details, 'start').expect(409);
  });

  it('refuses with a reason, and tells of the right to complain', async () => {
    const details = await confirmed();
    await act(details, 'refuse', {}).expect(400);
    await act(details, 'refuse', { reason: '  ' }).expect(400);
    mails.length = 0;
    await act(details, 'refuse', { reason: 'You are not the person' }).expect(200);
    const [mail] = await sent();
    expect(mail!.text).toContain('You are not the person');
    expect(mail!.text).toContain('complaint');
  });

  it('extends by two months from the receipt, once, in time, with a reason and a notice', async () => {
    const details = await confirmed();
    mails.length = 0;
    const extended: RequestDetails = (await act(details, 'extend', { reason: 'Many requests' }).expect(200)).body;
    expect(extended).toMatchObject({ extended: true, extendable: false, dueAt: details.extendedDueAt });
    expect((await sent())[0]!.text).toContain('Many requests');
    await act(extended, 'extend', { reason: 'Again' }).expect(409);
    const late = await confirmed();
    await table('requests')
      .where({ id: late.id })
      .update({ due_at_ms: Date.now() - 1000 });
    expect(await find(late.email!)).toMatchObject({ overdue: true, extendable: false });
    await act(late, 'extend', { reason: 'Too late' }).expect(409);
  });

  it('lets nobody do what their permissions do not say', async () => {
    const details = await confirmed();
    const reader = await adminTokenWith(app.strapi, ['plugin::privacy-desk.requests.read']);
    const stranger = await adminTokenWith(app.strapi, ['plugin::privacy-desk.overview.read']);
    await request(app.server).post('/privacy-desk/requests/search').send({}).expect(401);
    await api('post', '/requests/search', {}, stranger).expect(403);
    await api('get', `/requests/${details.id}`, undefined, stranger).expect(403);
    await api('get', `/requests/${details.id}`, undefined, reader).expect(200);
    for (const action of [
      'assign',
      'note',
      'confirm',
      'resend',
      'retry',
      'start',
      'extend',
      'answer',
      'refuse',
      'withdraw',
    ])
      await api('post', `/requests/${details.id}/${action}`, { version: details.version }, reader).expect(403);
    await api('get', '/request-templates', undefined, reader).expect(403);
    await api('get', `/requests/00000000-0000-4000-8000-000000000000`).expect(404);
  });

  it('is not refused because a mail was sent meanwhile, but because somebody has acted', async () => {
    const details = await confirmed();
    const begun: RequestDetails = (await act(details, 'extend', { reason: 'Complex' }).expect(200)).body;
    await requests().sendMails();
    expect((await find(details.email!)).version).toBeGreaterThan(begun.version);
    await act(begun, 'note', { text: 'Decided before the mail was sent' }).expect(200);
    await act(begun, 'answer', { message: 'Decided before the note' }).expect(409);
    await act({ ...begun, version: begun.version + 100 }, 'note', { text: 'From the future' }).expect(409);
  });

  it('is assigned to who may handle it, and to nobody else', async () => {
    const details = await confirmed();
    const { body } = await act(details, 'assign', { assignee: '999999' }).expect(400);
    expect(body.error.details.errors).toEqual([expect.objectContaining({ path: ['assignee'] })]);
    const { me, assignees, timeZone } = (await api('get', '/requests/setup').expect(200)).body as RequestSetup;
    expect(assignees).toContainEqual(me);
    expect(timeZone).toBe('Europe/Berlin');
    await act(details, 'assign', { assignee: String(me.id) }).expect(200);
    const mine = await api('post', '/requests/search', { assignee: String(me.id) }).expect(200);
    expect((mine.body as RequestPage).rows.map(({ id }) => id)).toContain(details.id);
  });

  it('is in the audit trail, reads too, and the trail names no person', async () => {
    const details = await confirmed();
    await act(details, 'start').expect(200);
    const rows = await app.strapi.db.connection('privacy_desk_audit').select();
    const actions = rows.map(({ action }: { action: string }) => action);
    for (const action of ['request.received', 'request.confirmed', 'request.started', 'request.read'])
      expect(actions).toContain(action);
    expect(JSON.stringify(rows)).not.toContain(details.email);
    expect(await getService('audit', app).verify()).toMatchObject({ ok: true });
  });

  it('follows the state machine, whatever is tried in whatever order', async () => {
    const inputs = {
      confirm: { reason: 'Known by phone' },
      start: {},
      answer: { message: 'Done' },
      refuse: { reason: 'No' },
      withdraw: { reason: 'Changed their mind' },
    };
    const target = {
      confirm: 'confirmed',
      start: 'in-progress',
      answer: 'answered',
      refuse: 'refused',
      withdraw: 'withdrawn',
    } as const;
    const names = Object.keys(inputs) as (keyof typeof inputs)[];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...names), { minLength: 1, maxLength: 6 }), async (steps) => {
        const { email } = await received();
        let details = await find(email);
        for (const step of steps) {
          const may = NEXT_STATES[details.state].includes(target[step]);
          const answer = await act(details, step, inputs[step]);
          expect([step, details.state, answer.status]).toEqual([step, details.state, may ? 200 : 409]);
          await requests().sendMails();
          const now = await find(email);
          expect(now.state).toBe<RequestState>(may ? target[step] : details.state);
          expect(now.closedAt !== null).toBe(NEXT_STATES[now.state].length === 0);
          details = now;
        }
      }),
      { numRuns: 12 },
    );
  });

  it('finds by state, type, assignee, reference and deadline, what is due first at the top', async () => {
    const late = await confirmed({ type: 'objection' });
    await table('requests').where({ id: late.id }).update({ due_at_ms: 1000 });
    const { body } = await api('post', '/requests/search', {}).expect(200);
    expect((body as RequestPage).rows[0]).toMatchObject({ id: late.id, overdue: true });
    const found = async (query: object) => {
      const page = (await api('post', '/requests/search', query).expect(200)).body as RequestPage;
      expect(page.total).toBeGreaterThanOrEqual(page.rows.length);
      return page.rows;
    };
    expect(await found({ search: late.reference.toLowerCase() })).toHaveLength(1);
    expect((await found({ overdue: true })).every(({ overdue }) => overdue)).toBe(true);
    expect((await found({ types: ['objection'] })).every(({ type }) => type === 'objection')).toBe(true);
    expect((await found({ assignee: 'none' })).every(({ assignee }) => assignee === null)).toBe(true);
    expect(await found({ page: 1000 })).toEqual([]);
    await api('post', '/requests/search', { states: ['lost'] }).expect(400);
    const soon = await confirmed();
    await table('requests')
      .where({ id: soon.id })
      .update({ due_at_ms: Date.now() + 6 * DAY });
    const dueSoon = (await found({ dueSoon: true })).map(({ id }) => id);
    expect(dueSoon).toContain(soon.id);
    expect(dueSoon).not.toContain(late.id);
    const { body: counts } = await api('get', '/requests/counts').expect(200);
    expect(counts.overdue).toBeGreaterThan(0);
    const before = (await api('get', '/attention').expect(200)).body as Attention;
    expect(before.requests).toEqual({ overdue: counts.overdue, dueSoon: dueSoon.length });
    expect(before.count).toBe(counts.overdue + dueSoon.length);
    const stranger = await adminTokenWith(app.strapi, ['plugin::privacy-desk.install.read']);
    const { body: strangers } = await api('get', '/attention', undefined, stranger).expect(200);
    expect(strangers).toMatchObject({ requests: { overdue: 0, dueSoon: 0 }, count: 0 });
    const total = Object.values(counts.states as Record<string, number>).reduce((sum, number) => sum + number, 0);
    expect(total).toBe(((await api('post', '/requests/search', {})).body as RequestPage).total);
    const { body: statistics } = await api('get', '/requests/statistics').expect(200);
    expect(statistics.all.requests).toBeGreaterThan(0);
  });
});

describe('The data of who asks', () => {
  const account = async () => {
    const email = newEmail();
    const user = await app.strapi
      .plugin('users-permissions')
      .service('user')
      .add({
        username: `marker-${email}`,
        email,
        password: 'Passw0rd!',
        provider: 'local',
        confirmed: true,
      });
    return { email, id: user.id as number };
  };
  const confirmedBy = async (email: string, type: string) => {
    await visitor().send({ email, type: type as 'access', message: 'About me' });
    const mail = (await sent()).find(({ to, text }) => to === email && text.includes('/confirm?'))!;
    await follow(linkIn(mail)).expect(200);
    await requests().sendMails();
    mails.length = 0;
    return find(email);
  };
  const download = (path: string) =>
    request(app.server)
      .post(path)
      .buffer()
      .parse((answer, done) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => done(null, Buffer.concat(chunks)));
      });

  it('is sent as a link that shows a button first, and gives an archive of everything then', async () => {
    const { email } = await account();
    const details = await confirmedBy(email, 'access');
    const answered: RequestDetails = (await act(details, 'export', { message: 'Here it is' }).expect(200)).body;
    expect(answered).toMatchObject({ state: 'answered' });
    const [mail] = await sent();
    expect(mail!.text).toContain('Here it is');
    const link = linkIn(mail!);
    const page = await follow(link, 'get').expect(200);
    expect(page.text).toContain('Download');
    const file = await download(link).expect(200);
    expect(file.headers).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': expect.stringMatching(/^attachment; filename="personal-data-.*\.zip"$/),
      'cache-control': 'no-store',
    });
    const data = Object.entries(await unzip(file.body as Buffer)).find(([name]) => name.endsWith('.json'))![1];
    for (const marker of [`marker-${email}`, 'About me', details.reference]) expect(data).toContain(marker);
    expect((await find(email)).events.map(({ kind }) => kind)).toContain('downloaded');
    for (let time = 1; time < 10; time++) await download(link).expect(200);
    await follow(link).expect(410);
  });

  it('is erased after a dry run, and the person is told; the request itself remains as proof', async () => {
    const { email, id } = await account();
    const details = await confirmedBy(email, 'erasure');
    const { body: plan } = await api('get', `/requests/${details.id}/erasure`).expect(200);
    expect(plan.items).toContainEqual(expect.objectContaining({ type: 'plugin::users-permissions.user', entries: 1 }));
    const looks = await table('audit').where({ action: 'subject.find', target_type: 'data-request' });
    expect(looks).not.toEqual([]);
    const users = () => app.strapi.db.query('plugin::users-permissions.user').count({ where: { id } });
    expect(await users()).toBe(1);
    const { body } = await act(details, 'erase', { message: 'Goodbye' }).expect(200);
    expect(body).toMatchObject({ state: 'answered' });
    expect(await users()).toBe(0);
    expect((await sent())[0]).toMatchObject({ to: email, text: expect.stringContaining('Goodbye') });
    await act(body as RequestDetails, 'erase').expect(409);
    await api('get', `/requests/${details.id}/erasure`).expect(409);
    const erased = (await find(email)).events.find(({ kind }) => kind === 'erased');
    expect(await getService('rights', app).erasures.find(erased!.text!)).toMatchObject({ origin: 'data-request' });
  });

  it('is told to be erased when the last thing is done, and not before', async () => {
    const { email } = await account();
    const details = await confirmedBy(email, 'erasure');
    const { erasures } = getService('rights', app);
    const emit = app.strapi.eventHub.emit.bind(app.strapi.eventHub);
    const spy = jest.spyOn(app.strapi.eventHub, 'emit').mockImplementation((event, ...args) => {
      if (event === 'privacy-desk.erasure') return Promise.reject(new Error('The other system is away'));
      return emit(event, ...args);
    });
    const { body } = await act(details, 'erase', { message: 'Goodbye' }).expect(202);
    spy.mockRestore();
    expect(body).toMatchObject({ state: 'in-progress', closedAt: null });
    await requests().sendMails();
    expect(mails).toEqual([]);
    erasures.start();
    const [mail] = await sent();
    expect(mail).toMatchObject({ to: email, text: expect.stringContaining('Goodbye') });
    expect(await find(email)).toMatchObject({ state: 'answered' });
  });

  it('is neither sent nor erased for somebody who has not proved who they are, nor by who may not', async () => {
    const { email } = await account();
    await visitor().send({ email, type: 'erasure' });
    const details = await find(email);
    await act(details, 'export').expect(409);
    await act(details, 'erase').expect(409);
    await api('get', `/requests/${details.id}/erasure`).expect(409);
    const handler = await adminTokenWith(app.strapi, [
      'plugin::privacy-desk.requests.read',
      'plugin::privacy-desk.requests.handle',
    ]);
    for (const action of ['export', 'erase'])
      await api('post', `/requests/${details.id}/${action}`, { version: details.version }, handler).expect(403);
  });

  it('takes the closed requests of the person along when it is erased', async () => {
    const { email } = await account();
    const first = await confirmedBy(email, 'rectification');
    await act(first, 'answer', { message: 'Corrected' }).expect(200);
    await requests().sendMails();
    await confirmedBy(email, 'erasure').then((second) => act(second, 'erase').expect(200));
    const { body } = await api('get', `/requests/${first.id}`).expect(200);
    expect(body).toMatchObject({ hasContent: false, email: null, message: null });
  });
});

describe('Templates', () => {
  it('are there in eight languages, complete, and can be replaced and brought back', async () => {
    const { body } = await api('get', '/request-templates').expect(200);
    const { templates } = body as RequestTemplates;
    for (const locale of ['de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt'])
      expect(templates.filter((template) => template.locale === locale)).toHaveLength(REQUEST_MAILS.length);
    const path = '/request-templates/confirm/en';
    await api('put', path, { subject: 'Confirm', body: 'No link' }).expect(400);
    await api('put', path, { subject: 'Confirm {name}', body: '{link} {until}' }).expect(400);
    await api('put', path, { subject: 'Confirm\r\nBcc: x@example.com', body: '{link} {until}' }).expect(400);
    await api('put', '/request-templates/nothing/en', { subject: 'x', body: 'y' }).expect(404);
    await api('put', path, { subject: 'Please confirm', body: 'Own words, until {until}:\n\n{link}' }).expect(200);
    const { link } = await received();
    expect(mails.at(-1)).toMatchObject({ subject: 'Please confirm', text: expect.stringContaining('Own words') });
    await follow(link, 'get').expect(200);
    await api('delete', path).expect(200);
    await received();
    expect(mails.at(-1)!.subject).toContain('Please confirm your request');
  });
});

describe('Mails', () => {
  it('are tried again when the mail server fails, and lose nothing', async () => {
    const email = newEmail();
    mails.fail = new Error(`550 <${email}>: rejected`);
    const logged = jest.spyOn(app.strapi.log, 'error').mockImplementation(() => app.strapi.log);
    await visitor().send({ email });
    await eventually(async () => {
      await requests().sendMails();
      expect(await find(email)).toMatchObject({ unsentMails: 1 });
    });
    expect(logged.mock.calls.join()).not.toContain(email);
    logged.mockRestore();
    mails.fail = undefined;
    await table('request_mails').whereNull('sent_at_ms').update({ next_at_ms: 0 });
    await sent();
    expect(await find(email)).toMatchObject({ unsentMails: 0 });
    await follow(linkIn(mails[0]!)).expect(200);
  });

  it('that were given up, or wait, are sent at once when somebody has set up the mail server', async () => {
    const details = await confirmed();
    mails.fail = new Error('Connection refused');
    const logged = jest.spyOn(app.strapi.log, 'error').mockImplementation(() => app.strapi.log);
    await act(details, 'answer', { message: 'Finally' }).expect(200);
    const unsent = () => table('request_mails').where({ request_id: details.id }).whereNull('sent_at_ms');
    await eventually(async () => {
      await requests().sendMails();
      expect(await find(details.email!)).toMatchObject({ unsentMails: 1 });
    });
    // As after the last vain attempt.
    await unsent().update({ failed_at_ms: Date.now(), attempts: 10 });
    mails.fail = undefined;
    mails.length = 0;
    await requests().sendMails();
    expect(mails).toEqual([]);
    await act(await find(details.email!), 'retry').expect(200);
    const [mail] = await sent();
    expect(mail!.text).toContain('Finally');
    expect(await unsent()).toEqual([]);
    logged.mockRestore();
  });
});

describe('Housekeeping', () => {
  it('expires what was never confirmed, and forgets it', async () => {
    const { email, link } = await received();
    const { id } = await find(email);
    expect(await requests().keepHouse(Date.now() + 47 * 3_600_000)).toMatchObject({ expired: 0 });
    const report = await requests().keepHouse(Date.now() + 49 * 3_600_000);
    expect(report!.expired).toBeGreaterThan(0);
    const [row] = await table('requests').where({ id }).select();
    expect(row).toMatchObject({ state: 'expired', sealed_key: null, sealed_content: null });
    await follow(link).expect(410);
  });

  it('reminds of a deadline once, and again of an extended one', async () => {
    let details = await confirmed();
    const before = Date.parse(details.dueAt) - 6 * DAY;
    const reminders = async (now: number) => {
      mails.length = 0;
      await requests().keepHouse(now);
      await requests().sendMails();
      return mails.filter(({ text }) => text.includes(details.id)).map(({ to }) => to);
    };
    expect(await reminders(Date.parse(details.dueAt) - 8 * DAY)).toEqual([]);
    expect(await reminders(before)).toEqual(['dpo@example.com']);
    expect(await reminders(before)).toEqual([]);
    details = await find(details.email!);
    const extended: RequestDetails = (await act(details, 'extend', { reason: 'Complex' })).body;
    await requests().sendMails();
    expect(await reminders(before)).toEqual([]);
    const [admin] = (await api('get', '/requests/setup')).body.assignees;
    await act(await find(details.email!), 'assign', { assignee: admin.id }).expect(200);
    const to = await reminders(Date.parse(extended.dueAt) - DAY);
    expect(to).toHaveLength(1);
    expect(to[0]).not.toBe('dpo@example.com');
  });

  it('keeps the proof without what is personal, and then nothing', async () => {
    const details = await confirmed({ message: 'Secret words' });
    await act(details, 'answer', { message: 'Done' }).expect(200);
    await requests().sendMails();
    await requests().keepHouse(Date.now() + 89 * DAY);
    expect(await find(details.email!)).toMatchObject({ hasContent: true });
    await requests().keepHouse(Date.now() + 91 * DAY);
    const emptied = await find(details.email!);
    expect(emptied).toMatchObject({ hasContent: false, email: null, message: null, state: 'answered' });
    expect(emptied.events.map(({ kind }) => kind)).toContain('content-removed');
    expect(emptied.events.every(({ text }) => text === null)).toBe(true);
    await act(emptied, 'note', { text: 'More' }).expect(409);
    expect(await table('request_mails').where({ request_id: details.id })).toEqual([]);
    await requests().keepHouse(Date.now() + 1097 * DAY);
    for (const name of ['requests', 'request_events'])
      expect(await table(name).where({ [name === 'requests' ? 'id' : 'request_id']: details.id })).toEqual([]);
  });

  it('is done by one of two that begin at once', async () => {
    const both = await Promise.all([requests().keepHouse(), requests().keepHouse()]);
    expect(both.filter((report) => report === null)).toHaveLength(1);
    expect(REQUEST_STATES).toHaveLength(7);
  });

  it('forgets used challenges when they have expired', async () => {
    await visitor().send({ email: newEmail() });
    expect(await table('used_challenges').select()).not.toEqual([]);
    await requests().keepHouse(Date.now() + 3_600_000);
    expect(await table('used_challenges').select()).toEqual([]);
  });
});

describe('The master key', () => {
  it('can be rotated: requests are sealed anew', async () => {
    const details = await confirmed({ message: 'Still here' });
    await getService('keyRing', app).rotate();
    expect(await find(details.email!)).toMatchObject({ message: 'Still here' });
  });
});
