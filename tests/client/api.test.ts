import aftermath from '../../client/src/aftermath/aftermath';
import type { Change } from '../../client/src/core/api';
import { createStub } from '../../client/src/stub';
import { consentConfig } from '../fixtures/consent-config';
import { cookieOf, eventsOf, leave, mockCookies, settle, stay, storedChoice, visit } from './client';

const fresh = (granted: boolean, revision = 1) => ({ granted, revision, decidedAt: 1_790_000_000 });

afterEach(leave);

describe('Before a decision', () => {
  test('everything optional is denied under opt-in, and nothing is stored by asking', () => {
    const { desk } = visit();
    expect(desk.getPreference('ESSENTIALS')).toBe(true);
    expect(desk.getPreference('STATISTICS')).toBe(false);
    expect(desk.getPreference('MARKETING/youtube')).toBe(false);
    expect(desk.getPreferences()).toEqual({ ESSENTIALS: true, STATISTICS: false, MARKETING: false });
    expect(document.cookie).toBe('');
    expect(localStorage).toHaveLength(0);
  });

  test('a default is no decision', () => {
    const { desk } = visit({ config: { regime: 'as-configured' } });
    expect(desk.getPreference('STATISTICS')).toBe(true);
    expect(desk.hasDecided()).toBe(false);
    expect(desk.hasDecided('STATISTICS')).toBe(false);
    expect(storedChoice()).toEqual([]);
  });

  test.each(['NEWSLETTER', 'STATISTICS/nothing', 'constructor', '__proto__', 'toString', ''])(
    'the unknown key "%s" is denied, with one warning',
    (key) => {
      const { desk, warnings } = visit();
      expect(desk.getPreference(key)).toBe(false);
      expect(desk.getPreference(key)).toBe(false);
      expect(desk.hasDecided(key || 'x')).toBe(false);
      expect(warnings).toHaveLength(1);
    },
  );

  test('the visitor is asked', async () => {
    const { shown } = visit();
    await settle();
    expect(shown).toEqual([{ name: 'ui', method: 'banner', target: 'ask' }]);
  });

  test('is over, so nobody is asked, when the page decides in the same breath', async () => {
    const { desk, shown } = visit();
    desk.acceptAll();
    await settle();
    expect(shown.map(({ method }) => method)).not.toContain('banner');
  });
});

describe('A decision', () => {
  test('of the visitor holds at once, and is kept in one cookie', () => {
    const { desk } = visit();
    desk.setPreference('STATISTICS', true);
    expect(desk.getPreference('STATISTICS')).toBe(true);
    expect(desk.getPreference('STATISTICS/matomo')).toBe(true);
    expect(desk.getPreference('MARKETING')).toBe(false);
    expect(desk.hasDecided('STATISTICS')).toBe(true);
    expect(desk.hasDecided('MARKETING')).toBe(false);
    expect(desk.hasDecided()).toBe(false);
    expect(storedChoice()).toEqual([expect.stringMatching(/^1\.0\.-\.STATISTICS:1:1:[\da-z]+$/)]);
  });

  test('survives a new visit', () => {
    visit().desk.setPreferences({ STATISTICS: true, MARKETING: false });
    const { desk, shown } = visit();
    expect(desk.getPreferences()).toEqual({ ESSENTIALS: true, STATISTICS: true, MARKETING: false });
    expect(desk.hasDecided()).toBe(true);
    expect(shown).toEqual([]);
  });

  test('to accept all, to reject all', () => {
    const { desk } = visit();
    desk.acceptAll();
    expect(desk.getPreferences()).toEqual({ ESSENTIALS: true, STATISTICS: true, MARKETING: true });
    desk.rejectAll();
    expect(desk.getPreferences()).toEqual({ ESSENTIALS: true, STATISTICS: false, MARKETING: false });
    expect(desk.hasDecided()).toBe(true);
  });

  test('to withdraw is a stored refusal, and does not ask again', async () => {
    const { desk, shown } = visit({ choice: { STATISTICS: fresh(true), MARKETING: fresh(true) } });
    desk.withdraw();
    await settle();
    expect(storedChoice()[0]).toMatch(/STATISTICS:0:1:\w+~MARKETING:0:1:\w+$/);
    expect(desk.hasDecided()).toBe(true);
    expect(shown.map(({ name }) => name)).toEqual(['aftermath']);
  });

  test('gives the visitor a name only at the first grant, and keeps it', async () => {
    const { desk } = visit({ chunks: { aftermath } });
    desk.rejectAll();
    await settle();
    expect(storedChoice()[0]).toMatch(/^1\.0\.-\./);
    desk.setPreference('STATISTICS', true); // at once from here on
    const [, subject] = /^1\.0\.([\w-]{22})\./.exec(storedChoice()[0]!)!;
    desk.withdraw();
    desk.acceptAll();
    expect(storedChoice()[0]).toContain(subject);
  });

  test('about one category leaves what is stored about others as it is', () => {
    const { desk } = visit({
      choice: { STATISTICS: fresh(true), MARKETING: fresh(false), '@matomo': { granted: false } },
    });
    desk.setPreference('MARKETING', true);
    expect(storedChoice()[0]).toContain(`STATISTICS:1:1:${(1_790_000_000).toString(36)}`);
    expect(storedChoice()[0]).toContain('@matomo:0');
    expect(desk.getPreference('STATISTICS/matomo')).toBe(false);
  });

  test('about a category takes its items with it', () => {
    const { desk } = visit({ choice: { STATISTICS: fresh(true), '@matomo': { granted: false } } });
    desk.setPreference('STATISTICS', true);
    expect(desk.getPreference('STATISTICS/matomo')).toBe(true);
  });

  test('names the revision of the category as it is now', () => {
    const config = consentConfig('en');
    config.categories[1]!.revision = 7;
    const { desk } = visit({ config });
    desk.setPreference('STATISTICS', false);
    expect(storedChoice()[0]).toContain('STATISTICS:0:7:');
  });

  test.each([
    ['a required category', 'ESSENTIALS', true],
    ['an item of a required category', 'ESSENTIALS/session', false],
    ['an unknown key', 'NEWSLETTER', true],
    ['an unknown item', 'STATISTICS/nothing', true],
    ['what every object has', 'constructor', true],
    ['a string', 'STATISTICS', 'true'],
    ['a number', 'STATISTICS', 1],
    ['nothing', 'STATISTICS', undefined],
  ])('about %s is a TypeError, and nothing is stored', (_, key, granted) => {
    const { desk } = visit();
    expect(() => desk.setPreference(key, granted as boolean)).toThrow(TypeError);
    expect(() => desk.setPreferences({ MARKETING: true, [key]: granted as boolean })).toThrow(TypeError);
    expect(document.cookie).toBe('');
  });

  test('lives in memory where cookies are disabled, also when the visitor comes back to the tab', () => {
    mockCookies().get.mockReturnValue('');
    const { desk } = visit();
    desk.acceptAll();
    stay();
    window.dispatchEvent(new Event('visibilitychange'));
    expect(desk.getPreference('MARKETING')).toBe(true);
  });

  test('lives in memory in a sandboxed frame, where cookies throw', () => {
    const denied = () => {
      throw new DOMException('sandboxed', 'SecurityError');
    };
    const { get, set } = mockCookies();
    get.mockImplementation(denied);
    set.mockImplementation(denied);
    const { desk } = visit();
    desk.setPreference('STATISTICS', true);
    expect(desk.getPreferences()).toMatchObject({ STATISTICS: true, MARKETING: false });
  });
});

describe('An item', () => {
  test('is decided on by its path', () => {
    const { desk } = visit({ choice: { STATISTICS: fresh(true) } });
    desk.setPreference('STATISTICS/hotjar', false);
    expect(desk.getPreference('STATISTICS')).toBe(true);
    expect(desk.getPreference('STATISTICS/hotjar')).toBe(false);
    expect(storedChoice()[0]).toMatch(/@hotjar:0$/);
  });

  test('of an undecided category carries the revision, and leaves the category undecided', () => {
    const { desk } = visit();
    desk.setPreference('MARKETING/youtube', true);
    expect(desk.getPreferences().MARKETING).toBe(false);
    expect(desk.getPreference('MARKETING/youtube')).toBe(true);
    expect(desk.hasDecided('MARKETING')).toBe(false);
    expect(storedChoice()[0]).toMatch(/\.@youtube:1:1$/);
  });

  test('of a category whose grant is stale can be allowed', () => {
    const { desk } = visit({ choice: { MARKETING: fresh(true, 9), STATISTICS: fresh(true) } });
    desk.setPreference('MARKETING/youtube', true);
    expect(desk.getPreference('MARKETING/youtube')).toBe(true);
    expect(desk.getPreference('MARKETING/meta-pixel')).toBe(false);
    expect(desk.getPreference('STATISTICS')).toBe(true);
  });

  test('is never on while its category is refused', () => {
    const { desk } = visit({ choice: { MARKETING: fresh(false) } });
    desk.setPreference('MARKETING/youtube', true);
    expect(desk.getPreference('MARKETING/youtube')).toBe(false);
  });

  test('is decided together with its category', () => {
    const { desk } = visit();
    desk.setPreferences({ MARKETING: true, 'MARKETING/meta-pixel': false });
    expect(desk.getPreference('MARKETING')).toBe(true);
    expect(desk.getPreference('MARKETING/meta-pixel')).toBe(false);
    expect(desk.getPreference('MARKETING/youtube')).toBe(true);
  });
});

describe('The cookie', () => {
  const writing = async (domain?: string) => {
    const { set } = mockCookies();
    const { desk } = visit({
      config: { choice: { cookie: 'privacy_desk', maxAgeSeconds: 99, domain } },
      chunks: { aftermath },
    });
    desk.rejectAll();
    await settle();
    return set.mock.calls.map(([cookie]) => cookie).filter((cookie) => cookie.startsWith('privacy_desk='));
  };

  test('is kept as long as the site says, for the whole site', async () => {
    const [first, ...more] = await writing();
    expect(first).toMatch(/; Path=\/; SameSite=Lax; Max-Age=99$/);
    expect(more).toEqual([]);
  });

  test('has the domain of the site', async () => {
    expect((await writing('localhost'))[0]).toMatch(/; Domain=localhost$/);
  });

  test("has no domain that is not the page's own, which browsers would refuse", async () => {
    expect((await writing('example.com')).at(-1)).not.toContain('Domain');
    expect(storedChoice()).toHaveLength(1);
  });

  test('is read once at the start', async () => {
    const { get } = mockCookies();
    visit({ choice: { STATISTICS: fresh(true) } });
    await settle();
    expect(get).toHaveBeenCalledTimes(1);
  });

  test.each(['garbage', '1.0.-.STATISTICS:1:1', '1.0.-.STATISTICS%3A1', ''])('"%s" is no decision', (value) => {
    document.cookie = `privacy_desk=${value}; Path=/`;
    const { desk } = visit();
    expect(desk.hasDecided('STATISTICS')).toBe(false);
    expect(desk.getPreference('STATISTICS')).toBe(false);
  });

  test('of another name that ends like ours is not ours', () => {
    document.cookie = `my_privacy_desk=${cookieOf({ STATISTICS: fresh(true) })}; Path=/`;
    expect(visit().desk.getPreference('STATISTICS')).toBe(false);
  });

  test('that arrives twice grants only what none of them refuses', () => {
    const { get } = mockCookies();
    const [grants, refusal] = [
      cookieOf({ STATISTICS: fresh(true), MARKETING: fresh(true) }),
      cookieOf({ STATISTICS: fresh(false) }),
    ];
    get.mockReturnValue(`privacy_desk=${grants}; other=1; privacy_desk=${refusal}`);
    expect(visit().desk.getPreferences()).toEqual({ ESSENTIALS: true, STATISTICS: false, MARKETING: true });
  });
});

describe('Global Privacy Control', () => {
  const choice = { STATISTICS: fresh(true), MARKETING: fresh(true) };

  test('turns off what was granted before it was on', () => {
    expect(visit({ gpc: true, choice }).desk.getPreferences()).toEqual({
      ESSENTIALS: true,
      STATISTICS: false,
      MARKETING: false,
    });
  });

  test('gives way to a decision that was made while it was on', () => {
    const { desk } = visit({ gpc: true });
    desk.setPreference('STATISTICS', true);
    expect(storedChoice()[0]).toMatch(/^1\.1\./);
    expect(desk.getPreferences()).toMatchObject({ STATISTICS: true, MARKETING: false });
    expect(visit({ gpc: true }).desk.getPreference('STATISTICS')).toBe(true);
  });

  test('is not circumvented by a later decision about something else', () => {
    const { desk } = visit({ gpc: true, choice });
    desk.setPreference('STATISTICS', true);
    expect(desk.getPreferences()).toMatchObject({ STATISTICS: true, MARKETING: false });
    expect(desk.hasDecided('MARKETING')).toBe(false);
  });

  test('alone is no decision', () => {
    expect(visit({ gpc: true }).desk.hasDecided()).toBe(false);
    expect(document.cookie).toBe('');
  });

  test('under opt-out is acknowledged instead of asked about', async () => {
    const { shown } = visit({ gpc: true, config: { regime: 'opt-out' } });
    await settle();
    expect(shown).toEqual([{ name: 'ui', method: 'banner', target: 'ask' }]);
  });
});

describe('Listeners', () => {
  test('hear what changed, how, and how it is now', () => {
    const { desk } = visit({ config: { regime: 'as-configured' } });
    const heard: Change[] = [];
    const events = eventsOf('change');
    desk.onChange((change) => heard.push(change));
    expect(heard).toEqual([]);
    desk.setPreferences({ STATISTICS: true, MARKETING: true });
    expect(heard).toEqual([
      {
        preferences: { ESSENTIALS: true, STATISTICS: true, MARKETING: true },
        changed: ['MARKETING', 'MARKETING/meta-pixel', 'MARKETING/youtube'],
        source: 'api',
        reloadAdvised: false,
      },
    ]);
    expect(events).toEqual(heard);
  });

  test.each([
    ['acceptAll', 'accept-all'],
    ['rejectAll', 'reject-all'],
    ['withdraw', 'withdraw'],
  ] as const)('hear of %s as %s', (method, source) => {
    const { desk } = visit();
    const events = eventsOf('change');
    desk[method]();
    expect(events).toEqual([expect.objectContaining({ source })]);
  });

  test('that come late are told at once if there is a decision', () => {
    const heard: Change[] = [];
    visit({ choice: { STATISTICS: fresh(true) } }).desk.onChange((change) => heard.push(change));
    expect(heard).toEqual([
      expect.objectContaining({ preferences: { ESSENTIALS: true, STATISTICS: true, MARKETING: false } }),
    ]);
  });

  test('that come late hear nothing while there is none', () => {
    const heard = jest.fn();
    visit().desk.onChange(heard);
    expect(heard).not.toHaveBeenCalled();
  });

  test('can stop listening', () => {
    const { desk } = visit();
    const heard = jest.fn();
    desk.onChange(heard)();
    desk.acceptAll();
    expect(heard).not.toHaveBeenCalled();
  });

  test('that throw stop nothing else, and are reported', async () => {
    const { desk, errors } = visit();
    const heard = jest.fn();
    const error = new Error('broken listener');
    desk.onChange(() => {
      throw error;
    });
    desk.onChange(heard);
    expect(() => desk.acceptAll()).not.toThrow();
    await settle();
    expect(heard).toHaveBeenCalledTimes(1);
    expect(errors).toEqual([{ error }]);
    expect(desk.getPreference('MARKETING')).toBe(true);
  });

  test('are advised to reload when something of what was withdrawn may have run', () => {
    const { desk } = visit({ choice: { STATISTICS: fresh(true), MARKETING: fresh(true) } });
    const events = eventsOf('change');
    if (desk.getPreference('STATISTICS')) desk.setPreference('MARKETING', false);
    desk.withdraw();
    expect(events.map(({ reloadAdvised }) => reloadAdvised)).toEqual([false, true]);
  });

  test('hear that the client is ready, when the page is', async () => {
    const events = eventsOf('ready');
    const { desk } = visit();
    expect(events).toEqual([]);
    await desk.ready;
    await settle();
    expect(events).toEqual([expect.objectContaining({ preferences: desk.getPreferences() })]);
  });
});

describe('whenAllowed', () => {
  test('resolves when it is allowed, once it is', async () => {
    const { desk } = visit();
    const allowed = jest.fn();
    void desk.whenAllowed('MARKETING/youtube').then(allowed);
    desk.setPreference('STATISTICS', true);
    await settle();
    expect(allowed).not.toHaveBeenCalled();
    desk.setPreference('MARKETING', true);
    await settle();
    expect(allowed).toHaveBeenCalledTimes(1);
  });

  test('resolves at once if it already is', async () => {
    await visit({ choice: { STATISTICS: fresh(true) } }).desk.whenAllowed('STATISTICS');
  });

  test('never resolves for what is unknown, with one warning', async () => {
    const { desk, warnings } = visit();
    const allowed = jest.fn();
    void desk.whenAllowed('NEWSLETTER').then(allowed);
    desk.acceptAll();
    await settle();
    expect(allowed).not.toHaveBeenCalled();
    expect(warnings).toHaveLength(1);
  });
});

describe('Settings and banner', () => {
  test('are loaded when the page wants them', async () => {
    const { desk, shown } = visit({ choice: { STATISTICS: fresh(true), MARKETING: fresh(true) } });
    desk.openSettings('MARKETING');
    desk.closeSettings();
    desk.showBanner();
    await settle();
    expect(shown).toEqual([
      { name: 'ui', method: 'dialog', target: 'MARKETING' },
      { name: 'ui', method: 'hide', target: undefined },
      { name: 'ui', method: 'banner', target: undefined },
    ]);
  });

  test('that cannot be loaded are reported, and the page works', async () => {
    const { desk, errors } = visit({ chunks: 'fail' });
    desk.openSettings();
    await settle();
    expect(errors).toHaveLength(2);
    expect(desk.getPreference('STATISTICS')).toBe(false);
  });

  test.each([
    ['accept-all', { STATISTICS: true, MARKETING: true }],
    ['reject-all', { STATISTICS: false, MARKETING: false }],
    ['withdraw', { STATISTICS: false, MARKETING: false }],
  ])('any element of the page does %s on click', (action, preferences) => {
    const { desk } = visit({ choice: { STATISTICS: fresh(action === 'withdraw') } });
    document.body.append(document.createElement('a'));
    const link = document.querySelector('a')!;
    link.href = '#';
    link.dataset.privacyAction = action;
    link.append(document.createElement('b'));
    const click = new MouseEvent('click', { bubbles: true, cancelable: true });
    link.firstElementChild!.dispatchEvent(click);
    expect(click.defaultPrevented).toBe(true);
    expect(desk.getPreferences()).toMatchObject(preferences);
    expect(desk.hasDecided()).toBe(true);
  });

  test('an element of the page opens the settings', async () => {
    const { shown } = visit({ choice: { STATISTICS: fresh(true), MARKETING: fresh(true) } });
    document.body.append(document.createElement('button'));
    document.querySelector('button')!.dataset.privacyAction = 'open-settings';
    document.querySelector('button')!.click();
    await settle();
    expect(shown).toEqual([{ name: 'ui', method: 'dialog', target: undefined }]);
  });

  test.each(['save', 'close', 'constructor', 'set-preferences', 'on-change', 'ready', ''])(
    'an element with the action "%s" decides nothing and breaks nothing',
    (action) => {
      const { desk } = visit();
      document.body.append(document.createElement('button'));
      document.querySelector('button')!.dataset.privacyAction = action;
      document.querySelector('button')!.click();
      expect(desk.hasDecided()).toBe(false);
      expect(document.cookie).toBe('');
    },
  );
});

describe('Another tab', () => {
  test('hears of a decision, tells its listeners, and stores nothing itself', async () => {
    const one = visit().desk;
    const two = visit().desk;
    const heard: Change[] = [];
    two.onChange((change) => heard.push(change));
    stay();
    one.acceptAll();
    const { set } = mockCookies();
    // What the other tab keeps beside the cookie tells this one.
    window.dispatchEvent(new Event('storage'));
    expect(two.getPreference('MARKETING')).toBe(true);
    expect(heard).toEqual([expect.objectContaining({ preferences: one.getPreferences() })]);
    expect(set).not.toHaveBeenCalled();
  });

  test('that decides while this page begins is caught up with after a second', () => {
    const { desk } = visit({ choice: { STATISTICS: fresh(true), MARKETING: fresh(true) } });
    document.cookie = `privacy_desk=${cookieOf({ STATISTICS: fresh(false), MARKETING: fresh(true) })}; Path=/`;
    expect(desk.getPreference('STATISTICS')).toBe(true);
    stay();
    expect(desk.getPreference('STATISTICS')).toBe(false);
  });

  test('is caught up with when the visitor comes back to this one', () => {
    const { desk } = visit({ choice: { STATISTICS: fresh(true), MARKETING: fresh(true) } });
    stay();
    document.cookie = `privacy_desk=${cookieOf({ STATISTICS: fresh(false), MARKETING: fresh(true) })}; Path=/`;
    expect(desk.getPreference('STATISTICS')).toBe(true);
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    expect(desk.getPreference('STATISTICS')).toBe(false);
  });

  test('is caught up with when the page comes from the back-forward cache', () => {
    const { desk } = visit();
    stay();
    document.cookie = `privacy_desk=${cookieOf({ STATISTICS: fresh(true) })}; Path=/`;
    expect(desk.getPreference('STATISTICS')).toBe(false);
    window.dispatchEvent(new Event('pageshow'));
    expect(desk.getPreference('STATISTICS')).toBe(true);
  });

  test('where the cookies were deleted takes the decision back here, and asks again', async () => {
    const { desk, shown } = visit({ choice: { STATISTICS: fresh(true), MARKETING: fresh(true) } });
    await settle();
    stay();
    document.cookie = 'privacy_desk=; Path=/; Max-Age=0';
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    await settle();
    expect(desk.getPreference('STATISTICS')).toBe(false);
    expect(shown).toEqual([
      // What its own second found to be left of the earlier decision.
      { name: 'aftermath', method: 'show', target: undefined },
      { name: 'ui', method: 'banner', target: 'ask' },
    ]);
  });
});

describe('The stub', () => {
  test('denies everything, for good if the client never comes, without an error', async () => {
    const stub = createStub();
    expect(stub.getPreference('ESSENTIALS')).toBe(false);
    expect(stub.getPreferences()).toEqual({});
    expect(stub.hasDecided()).toBe(false);
    stub.acceptAll();
    stub.openSettings();
    const stop = stub.onChange(() => {});
    expect(() => stop()).not.toThrow();
  });

  test('becomes the client, for whoever holds it, and its calls are done in their order', async () => {
    const stub = createStub();
    const heard: Change[] = [];
    const allowed = jest.fn();
    const stopped = jest.fn();
    stub.onChange((change) => heard.push(change));
    stub.onChange(stopped)();
    stub.setPreference('STATISTICS', true);
    void stub.whenAllowed('STATISTICS').then(allowed);
    stub.openSettings('MARKETING');
    const ready = jest.fn();
    void stub.ready.then(ready);
    const { desk, shown } = visit({ stub });
    await settle();
    expect(desk).toBe(stub);
    expect(stub.getPreference('STATISTICS')).toBe(true);
    expect(heard).toHaveLength(1);
    expect(stopped).not.toHaveBeenCalled();
    expect(allowed).toHaveBeenCalledTimes(1);
    expect(ready).toHaveBeenCalledTimes(1);
    expect(shown).toContainEqual({ name: 'ui', method: 'dialog', target: 'MARKETING' });
    expect(stub.q).toBeUndefined();
    expect(await stub.receipt()).toBeNull();
  });

  test('hands on a wrong call as a reported error, and goes on with the others', () => {
    const stub = createStub();
    stub.setPreference('ESSENTIALS', false);
    stub.setPreference('STATISTICS', true);
    const { desk, errors } = visit({ stub });
    expect(errors).toEqual([{ error: expect.any(TypeError) }]);
    expect(desk.getPreference('STATISTICS')).toBe(true);
  });
});

describe('Google Tag Manager', () => {
  const dataLayer = () => (window as { dataLayer?: object[] }).dataLayer;

  test('finds both variables in its data layer before any other script runs', async () => {
    visit({ config: { regime: 'as-configured' } });
    await Promise.resolve();
    expect(dataLayer()).toEqual([
      { event: 'privacy-desk', statisticsTrackingItemCategory: true, personalizationTrackingItemCategory: false },
    ]);
  });

  test('hears of a change, with an event that can trigger', async () => {
    Object.assign(window, { dataLayer: [{ mine: 1 }] });
    const { desk } = visit();
    await Promise.resolve();
    desk.acceptAll();
    await settle();
    expect(dataLayer()![0]).toEqual({ mine: 1 });
    expect(dataLayer()!.at(-1)).toEqual({
      event: 'privacy-desk',
      statisticsTrackingItemCategory: true,
      personalizationTrackingItemCategory: true,
    });
  });

  test('with a broken data layer breaks nothing else', async () => {
    Object.assign(window, { dataLayer: { push: 'not a function' } });
    const { desk, errors } = visit();
    const allowed = jest.fn();
    void desk.whenAllowed('STATISTICS').then(allowed);
    desk.acceptAll();
    await settle();
    expect(errors.length).toBeGreaterThan(0);
    expect(allowed).toHaveBeenCalledTimes(1);
  });
});
