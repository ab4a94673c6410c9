import type { ConsentPost } from '../../contract/consent';
import type { Chunks } from '../../client/src/core/desk';
import { consentConfig } from '../fixtures/consent-config';
import { cookieOf, leave, settle, stay, storedChoice, unload, visit, type VisitOptions } from './client';

const ENDPOINT = `${location.origin}/api/privacy-desk/consents`;
const config = { consents: { endpoint: 'consents' } };
const granted = { granted: true, revision: 1, decidedAt: 1_790_000_000 };

interface Sent {
  url: string;
  headers: Record<string, string>;
  init: RequestInit;
  record: ConsentPost;
}
/** What the server got. */
let sent: Sent[];
/** What it does with the next ones; then it records them. */
let answers: (number | 'offline' | 'garbage' | { status: number; retryAfter: string })[];

const answer = (record: ConsentPost): Response => {
  const next = answers.shift() ?? 201;
  if (next === 'offline') throw new TypeError('Failed to fetch');
  const { status, retryAfter } = typeof next === 'object' ? next : { status: +next || 201, retryAfter: null };
  return {
    ok: status < 300,
    status,
    headers: new Headers(retryAfter ? { 'Retry-After': retryAfter } : {}),
    json: async () => {
      if (next === 'garbage') throw new SyntaxError('cut off');
      return { id: record.id, recordedAt: '2026-01-01T00:00:00.000Z', token: `token of ${record.id}` };
    },
  } as Response;
};

beforeEach(() => {
  sent = [];
  answers = [];
  Object.assign(window, {
    fetch: async (url: string, init: RequestInit) => {
      const record = JSON.parse(init.body as string) as ConsentPost;
      sent.push({ url, init, record, headers: init.headers as Record<string, string> });
      return answer(record);
    },
  });
});
afterEach(async () => {
  await leave();
  jest.useRealTimers();
  Reflect.deleteProperty(window, 'fetch');
  Reflect.deleteProperty(navigator, 'sendBeacon');
});

/** A visit with the real chunk, loaded anew as on each page. */
const load = (options: VisitOptions = {}) => {
  let aftermath: Chunks['aftermath'] | undefined;
  jest.isolateModules(() => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    aftermath = (require('../../client/src/aftermath/aftermath') as { default: Chunks['aftermath'] }).default;
  });
  return visit({ chunks: { aftermath }, ...options, config: { ...config, ...options.config } });
};
/** The visitor stays on the next page. */
const nextPage = async (options: VisitOptions = {}) => {
  unload();
  const visited = load(options);
  await settle();
  stay();
  await settle();
  return visited;
};
const pass = (ms: number) => jest.spyOn(Date, 'now').mockReturnValue(new Date().getTime() + ms);
const kept = () => JSON.parse(localStorage.getItem('privacy_desk.consents') ?? '{"queue":[]}') as { queue: unknown[] };

describe('A decision', () => {
  test('is recorded: what, when, how, and upon what texts', async () => {
    const { desk } = load();
    const before = Date.now();
    desk.setPreferences({ STATISTICS: true, MARKETING: false, 'STATISTICS/hotjar': false });
    expect(sent).toEqual([]); // not in the task of the click
    await settle();
    expect(sent).toHaveLength(1);
    const [{ url, init, record, headers }] = sent as [Sent];
    expect(url).toBe(ENDPOINT);
    expect(init).toMatchObject({ method: 'POST', keepalive: true, credentials: 'omit' });
    expect(headers).toEqual({ 'Content-Type': 'text/plain' });
    const { version, site, locale } = consentConfig('en');
    expect(record).toEqual({
      id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/),
      site,
      locale,
      configVersion: version,
      subject: storedChoice()[0]!.split('.')[2],
      choices: { STATISTICS: true, MARKETING: false, 'item:hotjar': false },
      source: 'api',
      decidedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      gpc: false,
    });
    expect(Math.abs(Date.parse(record.decidedAt) - before)).toBeLessThan(60_000);
    expect(kept().queue).toEqual([]);
  });

  test('of a visitor who only ever refuses names nobody', async () => {
    const { desk } = load({ gpc: true });
    desk.rejectAll();
    await settle();
    expect(sent[0]!.record).toMatchObject({ subject: null, source: 'reject-all', gpc: true });
  });

  test('is neither recorded nor kept where nothing records', async () => {
    const { desk } = load({ config: { consents: undefined } });
    desk.acceptAll();
    await settle();
    expect(sent).toEqual([]);
    expect(localStorage.getItem('privacy_desk.consents')).toBeNull();
    expect(await desk.receipt()).toBeNull();
  });

  test('that is recorded loads nothing on the next page', async () => {
    load().desk.acceptAll();
    await settle();
    const { shown } = await nextPage();
    expect(shown).toEqual([]);
    expect(sent).toHaveLength(1);
  });

  test('is answered with a receipt, which the next page knows, too', async () => {
    const { desk } = load();
    expect(await desk.receipt()).toBeNull();
    desk.acceptAll();
    await settle();
    const receipt = {
      id: sent[0]!.record.id,
      recordedAt: '2026-01-01T00:00:00.000Z',
      token: `token of ${sent[0]!.record.id}`,
    };
    expect(await desk.receipt()).toEqual(receipt);
    expect(await load().desk.receipt()).toEqual(receipt);
  });

  test('of a subject that has a history brings the token of it', async () => {
    const { desk } = load();
    desk.rejectAll();
    await settle();
    desk.acceptAll();
    await settle();
    desk.withdraw();
    await settle();
    expect(sent.map(({ headers }) => headers.Authorization)).toEqual([
      undefined,
      undefined, // the subject's first
      `Bearer token of ${sent[1]!.record.id}`,
    ]);
    expect(sent[2]!.record.subject).toBe(sent[1]!.record.subject);
  });

  test('taken twice is two consents, in their order', async () => {
    const { desk } = load();
    desk.acceptAll();
    desk.rejectAll();
    await settle();
    expect(sent.map(({ record }) => record.source)).toEqual(['accept-all', 'reject-all']);
    expect(kept().queue).toEqual([]);
  });
});

describe('A consent that could not be recorded', () => {
  test.each(['offline', 429, 500, 503, 'garbage'] as const)(
    '(%s) is sent again from a later page, as the same',
    async (reason) => {
      answers = [reason];
      const { desk, errors } = load();
      desk.acceptAll();
      await settle();
      expect(errors).toEqual([]);
      expect(kept().queue).toHaveLength(1);
      expect(await desk.receipt()).toBeNull();

      await nextPage(); // too early
      expect(sent).toHaveLength(1);
      pass(60_000);
      await nextPage();
      expect(sent).toHaveLength(2);
      expect(sent[1]!.record).toEqual(sent[0]!.record);
      expect(kept().queue).toEqual([]);
      expect((await nextPage()).shown).toEqual([]);
    },
  );

  test.each([400, 403, 404, 409, 413, 422])('because of %d is not sent again', async (status) => {
    answers = [status];
    const { desk } = load();
    desk.acceptAll();
    await settle();
    expect(kept().queue).toEqual([]);
    expect(await desk.receipt()).toBeNull();
    expect((await nextPage()).shown).toEqual([]);
  });

  test('waits longer each time, and as long as the server asks for', async () => {
    answers = ['offline', 'offline', { status: 503, retryAfter: '7200' }];
    load().desk.acceptAll();
    await settle();
    const at = async (seconds: number) => {
      pass(seconds * 1000);
      await nextPage();
      return sent.length;
    };
    expect(await at(29)).toBe(1);
    expect(await at(31)).toBe(2);
    expect(await at(31 + 59)).toBe(2);
    expect(await at(31 + 61)).toBe(3);
    expect(await at(31 + 61 + 7199)).toBe(3);
    expect(await at(31 + 61 + 7201)).toBe(4);
    expect(kept().queue).toEqual([]);
  });

  test('does not hold up what the visitor decides', async () => {
    answers = ['offline'];
    const { desk } = load();
    desk.acceptAll();
    expect(desk.getPreference('MARKETING')).toBe(true);
    await settle();
    expect(desk.hasDecided()).toBe(true);
  });

  test('is kept as long as the page where nothing can be stored', async () => {
    answers = ['offline'];
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    jest.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    const { desk, errors } = load();
    desk.acceptAll();
    await settle();
    stay();
    pass(60_000);
    window.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(sent).toHaveLength(2);
    expect(errors).toEqual([]);
  });

  test('on its way while the page is left is sent once more', async () => {
    const beacons: string[] = [];
    Object.assign(navigator, { sendBeacon: (_url: string, body: string) => beacons.push(body) });
    Object.assign(window, { fetch: () => new Promise(() => {}) });
    load().desk.acceptAll();
    await settle();
    window.dispatchEvent(new Event('pagehide'));
    expect(beacons.map((body) => (JSON.parse(body) as ConsentPost).source)).toEqual(['accept-all']);
    expect(kept().queue).toHaveLength(1);
  });
});

describe('A decision on a page that was left at once', () => {
  const now = Math.floor(Date.now() / 1000);
  const decided = (statistics: boolean, marketing: boolean, decidedAt = now) => ({
    choice: {
      STATISTICS: { granted: statistics, revision: 1, decidedAt },
      MARKETING: { granted: marketing, revision: 1, decidedAt },
    },
  });

  test.each([
    ['accept-all', true, true],
    ['reject-all', false, false],
    ['save', true, false],
  ])('is recorded by the next page, once, as %s', async (source, statistics, marketing) => {
    await nextPage(decided(statistics, marketing));
    expect(sent.map(({ record }) => record)).toEqual([
      expect.objectContaining({ source, decidedAt: new Date(now * 1000).toISOString() }),
    ]);
    await nextPage();
    expect(sent).toHaveLength(1);
  });

  test('is not recorded if it is old: then only what was kept here is lost', async () => {
    await nextPage(decided(true, true, granted.decidedAt));
    expect(sent).toEqual([]);
    expect((await nextPage()).shown).toEqual([]);
  });

  test('is not recorded where it may be that of another subdomain', async () => {
    await nextPage({
      ...decided(true, true),
      config: { choice: { cookie: 'privacy_desk', maxAgeSeconds: 99, domain: 'localhost' } },
    });
    expect(sent).toEqual([]);
  });
});

describe('The choice cookie', () => {
  const renewing = (renewEndpoint: string) => ({
    config: { consents: undefined, choice: { cookie: 'privacy_desk', maxAgeSeconds: 99, renewEndpoint } },
  });
  const requests = () => sent.map(({ url, init }) => [`${url}`, init.credentials, init.body]);

  test('is set again by the website itself, where that is offered', async () => {
    const { desk } = load(renewing('choice'));
    desk.acceptAll();
    await settle();
    expect(requests()).toEqual([
      [
        `${location.origin}/api/privacy-desk/choice`,
        'same-origin',
        JSON.stringify({ site: 'default', value: storedChoice()[0] }),
      ],
    ]);
    await nextPage(renewing('choice'));
    expect(sent).toHaveLength(1);
  });

  test('is never sent to another origin', async () => {
    const { desk } = load(renewing('https://cms.example.com/api/privacy-desk/choice'));
    desk.acceptAll();
    await settle();
    expect(sent).toEqual([]);
  });

  test('that was not set again is tried once a day', async () => {
    answers = [503, 'offline'];
    load(renewing('choice')).desk.acceptAll();
    await settle();
    await nextPage(renewing('choice'));
    expect(sent).toHaveLength(1);
    pass(25 * 3_600_000);
    await nextPage(renewing('choice'));
    expect(sent).toHaveLength(2);
    pass(50 * 3_600_000);
    await nextPage(renewing('choice'));
    expect(sent).toHaveLength(3);
    expect((await nextPage(renewing('choice'))).shown).toEqual([]);
  });
});

test('Broken leftovers of the queue are no reason to fail', async () => {
  document.cookie = `privacy_desk=${cookieOf({ STATISTICS: granted })}; Path=/`;
  localStorage.setItem('privacy_desk.consents', '{"queue":{}}');
  const { desk, errors } = load();
  expect(await desk.receipt()).toBeNull();
  desk.acceptAll();
  await settle();
  expect(sent).toHaveLength(1);
  expect(errors).toEqual([]);
});
