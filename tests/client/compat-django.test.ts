import { consentConfig } from '../fixtures/consent-config';
import { eventsOf, leave, settle, storedChoice, visit, type VisitOptions } from './client';

interface Django {
  getPreference(name: string): boolean;
  setPreference(name: string, granted: unknown): void;
  _getPreferences(): Record<string, boolean>;
}

const page = window as unknown as { privacyDesk?: unknown; django_privacy_mgmt?: Django };
const granted = { granted: true, revision: 1, decidedAt: 1_790_000_000 };

/** As js-cookie writes it. */
const oldCookie = (name: string, value: object) =>
  (document.cookie = `${name}=${encodeURIComponent(JSON.stringify(value))}; Path=/`);
const oldChoice = (preferences: object) => oldCookie('django_privacy_mgmt_preferences', preferences);
const bannerClosed = () => oldCookie('django-privacy-mgmt-banner-state', { hidden: true });

const load = (options: VisitOptions = {}) => {
  const visited = visit(options);
  page.privacyDesk = visited.desk;
  jest.isolateModules(() => {
    // The script acts when it is loaded.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    require('../../client/src/compat-django');
  });
  return { ...visited, django: page.django_privacy_mgmt! };
};

afterEach(async () => {
  await leave();
  delete page.django_privacy_mgmt;
  delete page.privacyDesk;
});

describe('A page written for django-privacy-mgmt', () => {
  test('asks as before', () => {
    const { django } = load({ choice: { STATISTICS: granted } });
    expect(django.getPreference('STATISTICS')).toBe(true);
    expect(django.getPreference('MARKETING')).toBe(false);
    expect(django.getPreference('ESSENTIALS')).toBe(true);
    expect(django.getPreference('ESSENTIAL')).toBe(true);
    expect(django.getPreference('NEWSLETTER')).toBe(false);
    expect(django._getPreferences()).toEqual({ ESSENTIALS: true, STATISTICS: true, MARKETING: false });
  });

  test('decides as before, and may save the essentials with the rest', () => {
    const { django, desk } = load();
    for (const name of ['ESSENTIALS', 'ESSENTIAL', 'STATISTICS', 'MARKETING']) django.setPreference(name, true);
    expect(desk.hasDecided()).toBe(true);
    expect(desk.getPreferences()).toEqual({ ESSENTIALS: true, STATISTICS: true, MARKETING: true });
  });

  test('cannot set anything but booleans', () => {
    const { django } = load();
    expect(() => django.setPreference('STATISTICS', 'true')).toThrow(TypeError);
    expect(storedChoice()).toEqual([]);
  });
});

describe('Its old cookie', () => {
  test('is imported: grants and refusals, if the banner was closed', () => {
    oldChoice({ ESSENTIALS: true, STATISTICS: true, MARKETING: false });
    bannerClosed();
    const events = eventsOf('change');
    const { desk } = load();
    expect(desk.getPreferences()).toEqual({ ESSENTIALS: true, STATISTICS: true, MARKETING: false });
    expect(desk.hasDecided()).toBe(true);
    expect(new Set(events.map(({ source }) => source))).toEqual(new Set(['import']));
  });

  test.each([
    ['no banner cookie', () => {}],
    [
      'a banner cookie that does not say closed',
      () => oldCookie('django-privacy-mgmt-banner-state', { hidden: false }),
    ],
  ])('grants nothing with %s, for it holds defaults that were written on mere reading', (_, banner) => {
    oldChoice({ STATISTICS: true, MARKETING: false });
    banner();
    const { desk } = load({ config: { regime: 'as-configured' } });
    expect(desk.hasDecided('STATISTICS')).toBe(false);
    expect(desk.hasDecided('MARKETING')).toBe(true);
    expect(desk.getPreference('MARKETING')).toBe(false);
  });

  test('refuses before the first gated script could run', async () => {
    oldChoice({ STATISTICS: false });
    Object.assign(window, { ran: [] });
    const script = document.createElement('script');
    script.type = 'text/plain';
    script.dataset.privacy = 'STATISTICS';
    script.text = 'window.ran.push(1)';
    document.body.append(script);
    load({ config: { regime: 'as-configured' } });
    await settle();
    expect((window as unknown as { ran: number[] }).ran).toEqual([]);
  });

  test('is imported once', () => {
    oldChoice({ STATISTICS: false });
    load();
    expect(document.cookie).not.toContain('django_privacy_mgmt_preferences');
  });

  test('counts for nothing where there is a choice already', () => {
    oldChoice({ STATISTICS: true, MARKETING: true });
    bannerClosed();
    const { desk } = load({ choice: { STATISTICS: { ...granted, granted: false } } });
    expect(desk.getPreferences()).toMatchObject({ STATISTICS: false, MARKETING: false });
  });

  test.each([
    ['no JSON', 'garbage'],
    ['a broken escape', '%E0%A4%A'],
    ['no object', 'null'],
    ['a list', '[true]'],
    ['names that every object has', '%7B%22constructor%22%3Atrue%2C%22__proto__%22%3Atrue%7D'],
    ['no booleans', '%7B%22STATISTICS%22%3A%22true%22%2C%22MARKETING%22%3A0%7D'],
  ])('with %s is no choice', (_, value) => {
    document.cookie = `django_privacy_mgmt_preferences=${value}; Path=/`;
    bannerClosed();
    const { desk, errors } = load({ config: consentConfig('en') });
    expect(desk.hasDecided('STATISTICS')).toBe(false);
    expect(desk.hasDecided('MARKETING')).toBe(false);
    expect(errors).toEqual([]);
  });
});
