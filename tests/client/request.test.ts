import { webcrypto } from 'node:crypto';
import { TextDecoder, TextEncoder } from 'node:util';
import type { RequestForm } from '../../contract/data-requests';
import embed from '../../client/src/gate/embed';
import request from '../../client/src/request/request';
import ui from '../../client/src/ui/ui';
import { createChallenges } from '../../server/src/rights/requests/challenges';
import { builtInTexts } from '../../server/src/catalogue/texts';
import { leave, settle, visit } from './client';

// The server's half and the banner ask for what jsdom does not have.
Object.assign(globalThis, { TextEncoder, TextDecoder });
Object.assign(performance, { getEntriesByType: () => [] });
const challenges = createChallenges('a secret', 3);
const { requestForm: texts } = builtInTexts('en');
const fetchOf = window as unknown as { fetch?: jest.Mock };
type Answer = () => unknown;

/** A server that answers as ours does; `post` is what it says to requests. */
const serve = (post: Answer = () => ({ status: 202, body: { reference: '7KQ2-M9XD' } })) => {
  const seen: { url: string; body?: Record<string, unknown> }[] = [];
  fetchOf.fetch = jest.fn(async (url: URL, init?: { body: string }) => {
    seen.push({ url: url.pathname + url.search, ...(init && { body: JSON.parse(init.body) }) });
    const { status = 200, body } = (
      init
        ? await post()
        : url.pathname.endsWith('challenge')
          ? { body: await challenges.make() }
          : { body: { locale: 'en', dir: 'ltr', texts } satisfies RequestForm }
    ) as { status?: number; body: unknown };
    return { ok: status < 300, status, json: async () => body, text: async () => JSON.stringify(body) };
  });
  return seen;
};

const secure = (subtle: SubtleCrypto | undefined) =>
  Object.defineProperty(window.crypto, 'subtle', { value: subtle, configurable: true });

const one = <T extends HTMLElement = HTMLInputElement>(selector: string) => document.querySelector<T>(selector)!;
const place = (attributes = '') => {
  document.body.innerHTML = `<privacy-desk-request ${attributes}><p id="instead">Write to us.</p></privacy-desk-request>`;
  return visit({ chunks: { embed, ui, request } });
};
const send = () => one('form').dispatchEvent(new Event('submit', { cancelable: true }));
const fill = (type: string, email: string, message = '') => {
  one('[name=type]').value = type;
  one('[name=email]').value = email;
  one('[name=message]').value = message;
};
const until = async (holds: () => boolean) => {
  for (let i = 0; i < 500 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
};
const status = () => one('[role=status]').textContent;

beforeAll(() => secure(webcrypto.subtle as SubtleCrypto));
afterEach(async () => {
  await leave();
  secure(webcrypto.subtle as SubtleCrypto);
  delete fetchOf.fetch;
});

test('a request arrives with a challenge that was solved, and the person is told what comes next', async () => {
  const seen = serve();
  place();
  await settle();
  expect(document.getElementById('instead')).toBeNull();
  fill('erasure', 'ada@example.com', 'All of it.');
  send();
  send();
  expect(status()).toBe(texts.sending);
  await until(() => !one('form'));
  expect(status()).toBe(texts.sent.replace('{reference}', '7KQ2-M9XD'));
  expect(document.activeElement).toBe(one('[role=status]'));
  const posted = seen.filter(({ body }) => body);
  expect(posted).toHaveLength(1);
  expect(posted[0]).toMatchObject({
    url: '/api/privacy-desk/requests',
    body: { type: 'erasure', email: 'ada@example.com', message: 'All of it.', site: 'default', locale: 'en' },
  });
  expect(await challenges.check(posted[0]!.body!.altcha)).toMatchObject({ id: expect.any(String) });
});

test('what is wrong is said at the field, and the first one has the focus', async () => {
  const seen = serve();
  place();
  await settle();
  send();
  const [type, email] = [one('[name=type]'), one('[name=email]')];
  const problemOf = (field: HTMLElement) =>
    document.getElementById(field.getAttribute('aria-describedby')!)!.textContent;
  expect(problemOf(type)).toBe(texts.missingType);
  expect(problemOf(email)).toBe(texts.invalidEmail);
  expect(document.activeElement).toBe(type);
  fill('access', 'ada');
  send();
  expect(problemOf(type)).toBe('');
  expect(problemOf(email)).toBe(texts.invalidEmail);
  expect(document.activeElement).toBe(email);
  expect(seen.filter(({ url }) => !url.includes('form'))).toEqual([]);
});

test.each<[string, Answer, string]>([
  ['too many', () => ({ status: 429, body: {} }), texts.tooMany],
  ['a server that is not ready', () => ({ status: 503, body: {} }), texts.failed],
  [
    'a challenge that expired',
    () => ({ status: 400, body: { error: { details: { path: ['altcha'] } } } }),
    texts.failed,
  ],
  ['no network', () => Promise.reject(new TypeError('Failed to fetch')), texts.failed],
])('%s: all that was typed stays, and it can be sent again', async (_, answer, told) => {
  let say = answer;
  serve(() => say());
  place();
  await settle();
  fill('access', 'ada@example.com', 'Hello');
  send();
  await until(() => status() !== texts.sending);
  expect(status()).toBe(told);
  expect(one('[name=email]').value).toBe('ada@example.com');
  expect(one('[name=message]').value).toBe('Hello');
  say = () => ({ status: 202, body: { reference: 'AAAA-BBBB' } });
  send();
  await until(() => !one('form'));
  expect(status()).toContain('AAAA-BBBB');
});

test('an address that the server does not take is told at its field', async () => {
  serve(() => ({ status: 400, body: { error: { details: { errors: [{ path: ['email'] }] } } } }));
  place();
  await settle();
  fill('access', 'a,b@example.com');
  send();
  await until(() => status() !== texts.sending);
  expect(one('[name=email]').getAttribute('aria-invalid')).toBe('true');
  expect(document.activeElement).toBe(one('[name=email]'));
  expect(status()).toBe('');
});

test('kinds of requests, site and language can be said by attributes', async () => {
  const seen = serve();
  place('types="access erasure" site="shop" locale="de"');
  await settle();
  expect(seen[0]!.url).toBe('/api/privacy-desk/requests/form?site=shop&locale=de');
  expect([...document.querySelectorAll('option')].map(({ value }) => value)).toEqual(['', 'access', 'erasure']);
});

test('without a secure connection it says so, and what the page has instead stays', async () => {
  secure(undefined);
  serve();
  place();
  await settle();
  expect(one('privacy-desk-request').textContent).toBe(`${texts.insecure}Write to us.`);
  expect(one('form')).toBeNull();
});

test('what the page has instead stays when the form cannot be loaded, and that is reported', async () => {
  fetchOf.fetch = jest.fn(async () => ({ ok: false, status: 503 }));
  const { errors } = place();
  await settle();
  expect(document.getElementById('instead')).not.toBeNull();
  expect(errors).toEqual([{ error: expect.objectContaining({ status: 503 }) }]);
});
