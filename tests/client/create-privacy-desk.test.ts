import { createPrivacyDesk } from '../../client/src';
import { google, matomo, shopify } from '../../client/src/signals';
import { consentConfig } from '../fixtures/consent-config';
import { leave, settle } from './client';

const answer = (body: unknown, ok = true) => ({ ok, status: ok ? 200 : 503, json: async () => body });
const page = window as unknown as { fetch?: jest.Mock };
let count = 0;
/** Each test asks another CMS, since the same options give the same desk. */
const endpoint = () => `https://cms-${++count}.example.com/api/privacy-desk`;

beforeEach(() => {
  page.fetch = jest.fn();
  jest.spyOn(console, 'warn').mockImplementation(() => {});
});
afterEach(async () => {
  await leave();
  delete page.fetch;
});

describe('createPrivacyDesk', () => {
  test('denies everything until the config is there, and does then what was asked before', async () => {
    page.fetch!.mockResolvedValue(answer(consentConfig('en')));
    const desk = createPrivacyDesk({ endpoint: `${endpoint()}/`, site: 'shop', locale: 'de-CH', regime: 'opt-in' });
    desk.setPreference('STATISTICS', true);
    expect(desk.getPreference('ESSENTIALS')).toBe(false);
    await desk.ready;
    expect(page.fetch!.mock.calls).toEqual([
      [`https://cms-${count}.example.com/api/privacy-desk/config?site=shop&locale=de-CH&regime=opt-in`],
    ]);
    expect(desk.getPreferences()).toEqual({ ESSENTIALS: true, STATISTICS: true, MARKETING: false });
  });

  test.each([
    ['fails', () => page.fetch!.mockRejectedValue(new TypeError('Failed to fetch'))],
    ['answers with an error', () => page.fetch!.mockResolvedValue(answer({}, false))],
    ['answers nonsense', () => page.fetch!.mockResolvedValue(answer({ hello: 1 }))],
  ])('stays denied when the CMS %s; that is reported, and nobody waits for ever', async (_, arrange) => {
    arrange();
    const errors: unknown[] = [];
    document.addEventListener('privacy-desk:error', (event) => errors.push((event as CustomEvent).detail));
    const desk = createPrivacyDesk({ endpoint: endpoint() });
    await desk.ready;
    await settle();
    expect(errors).toEqual([{ error: expect.any(Error) }]);
    expect(desk.getPreference('ESSENTIALS')).toBe(false);
    expect(() => desk.acceptAll()).not.toThrow();
    expect(document.cookie).toBe('');
  });

  test('gives the same desk for the same options', () => {
    page.fetch!.mockReturnValue(new Promise(() => {}));
    const options = { endpoint: endpoint() };
    expect(createPrivacyDesk(options)).toBe(createPrivacyDesk({ ...options }));
    expect(page.fetch).toHaveBeenCalledTimes(1);
  });

  test('tells vendors that nothing is allowed until the config is there, and then what is', async () => {
    const layer = window as unknown as { dataLayer?: ArrayLike<unknown>[]; _paq?: unknown };
    const grants = { analytics_storage: ['STATISTICS'] };
    const config = consentConfig('en', { regime: 'opt-out', signals: { google: { grants }, gtm: { grants: {} } } });
    page.fetch!.mockResolvedValue(answer(config));
    const desk = createPrivacyDesk({ endpoint: endpoint(), signals: [google, matomo, shopify] });
    const states = () =>
      Array.from(layer.dataLayer!)
        // Desks of other tests hear of the decision, too.
        .filter((command) => command[0] === 'consent')
        .map((command) => [command[1], (command[2] as Record<string, string>).analytics_storage]);
    expect(states()).toEqual([['default', 'denied']]);
    await desk.ready;
    await settle();
    expect(states()).toEqual([
      ['default', 'denied'],
      ['default', 'granted'],
    ]);
    desk.rejectAll();
    await settle();
    expect(states().at(-1)).toEqual(['update', 'denied']);
    // The site does not tell Matomo, so it stays as it was held.
    expect(layer._paq).toEqual([['requireConsent']]);
    delete layer._paq;
  });

  test('tells Google Tag Manager’s data layer where nothing else is said, and what throws is reported', async () => {
    const layer = window as unknown as { dataLayer?: unknown };
    page.fetch!.mockResolvedValue(answer(consentConfig('en')));
    await createPrivacyDesk({ endpoint: endpoint() }).ready;
    expect(layer.dataLayer).toEqual([expect.objectContaining({ event: 'privacy-desk' })]);
    const errors: unknown[] = [];
    document.addEventListener('privacy-desk:error', (event) => errors.push((event as CustomEvent).detail));
    layer.dataLayer = { push: 'not a function' };
    createPrivacyDesk({ endpoint: endpoint(), signals: [google] });
    expect(errors).toEqual([{ error: expect.any(TypeError) }]);
  });
});
