import type { Desk } from '../../client/src/core/desk';
import { fullConfig } from '../../client/src/core/full-config';
import { consentConfig, slimConfig } from '../fixtures/consent-config';

const full = consentConfig('en');
const deskOf = () =>
  ({ config: slimConfig(full), url: 'https://cms.example.com/api/privacy-desk/client.js?locale=en' }) as Desk;
const answers = (...list: (Error | { ok: boolean })[]) => {
  const fetched = jest.fn(async (_url: URL) => {
    const answer = list.shift()!;
    if (answer instanceof Error) throw answer;
    return { ...answer, json: async () => full };
  });
  Object.assign(window, { fetch: fetched });
  return fetched;
};

afterEach(() => Reflect.deleteProperty(window, 'fetch'));

describe('The full config', () => {
  test('is fetched once, from where the client came from, for the regime that it was composed for', async () => {
    const fetched = answers({ ok: true });
    const desk = deskOf();
    expect(await Promise.all([fullConfig(desk), fullConfig(desk)])).toEqual([full, full]);
    expect(await fullConfig(desk)).toBe(full);
    expect(fetched.mock.calls.map(([url]) => url.href)).toEqual([
      `https://cms.example.com/api/privacy-desk/config?site=default&regime=${full.regime}&locale=en`,
    ]);
  });

  test('is asked for again after the network failed, and after an answer that is none', async () => {
    answers(new TypeError('offline'), { ok: false }, { ok: true });
    const desk = deskOf();
    await expect(fullConfig(desk)).rejects.toThrow('offline');
    await expect(fullConfig(desk)).rejects.toMatchObject({ ok: false });
    expect(await fullConfig(desk)).toBe(full);
  });
});
