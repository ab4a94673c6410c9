import fs from 'node:fs';
import path from 'node:path';
import { googleConsentTypes } from '../../contract';

const text = fs.readFileSync(path.resolve(__dirname, '../../google-tag-manager/privacy-desk.tpl'), 'utf8');
const sections = Object.fromEntries(
  [...text.matchAll(/^___([A-Z_]+)___\n+(.*?)(?=^___[A-Z_]+___$|(?![\s\S]))/gms)].map(([, name, body]) => [
    name,
    body!,
  ]),
);

interface Parameter {
  name: string;
  defaultValue?: string;
  subParams?: Parameter[];
}
const parameters = (JSON.parse(sections.TEMPLATE_PARAMETERS!) as Parameter[]).flatMap(
  ({ subParams = [] }) => subParams,
);
const defaults = Object.fromEntries(parameters.map(({ name, defaultValue }) => [name, defaultValue]));

/** Runs the tag as Google Tag Manager's sandbox would: with nothing but what it requires. */
const fire = (data: object, preferences: Record<string, boolean> | null) => {
  const calls: unknown[][] = [];
  const globals: Record<string, (argument: never) => unknown> = preferences
    ? {
        'privacyDesk.getPreference': (key: string) => preferences[key] ?? false,
        'privacyDesk.onChange': (listener: () => void) => (listeners.push(listener), () => {}),
      }
    : {};
  const listeners: (() => void)[] = [];
  const note =
    (name: string) =>
    (...rest: unknown[]) =>
      void calls.push([name, ...rest]);
  const apis: Record<string, unknown> = {
    callInWindow: (name: string, argument: never) => globals[name]?.(argument),
    makeNumber: Number,
    gtagSet: note('set'),
    setDefaultConsentState: note('default'),
    updateConsentState: note('update'),
  };
  const success = jest.fn();
  new Function('require', 'data', sections.SANDBOXED_JS_FOR_WEB_TEMPLATE!)((name: string) => apis[name], {
    ...defaults,
    ...data,
    gtmOnSuccess: success,
  });
  expect(success).toHaveBeenCalledTimes(1);
  return { calls, listeners };
};

const all = (value: string) => Object.fromEntries(googleConsentTypes.map((type) => [type, value]));

describe('The template for Google Tag Manager', () => {
  test('has all that an import needs', () => {
    expect(JSON.parse(sections.INFO!)).toMatchObject({ type: 'TAG', containerContexts: ['WEB'] });
    expect(parameters.map(({ name }) => name)).toEqual(expect.arrayContaining([...googleConsentTypes]));
  });

  test('may do what it does, and no more', () => {
    const permissions = sections.WEB_PERMISSIONS!;
    expect(
      (JSON.parse(permissions) as { instance: { key: { publicId: string } } }[]).map((p) => p.instance.key.publicId),
    ).toEqual(['access_globals', 'access_consent', 'write_data_layer']);
    const code = sections.SANDBOXED_JS_FOR_WEB_TEMPLATE!;
    for (const [, called] of code.matchAll(/callInWindow\('([^']+)'/g)) expect(permissions).toContain(`"${called}"`);
    for (const [, set] of code.matchAll(/gtagSet\('([^']+)'/g)) expect(permissions).toContain(`"${set}"`);
    for (const type of googleConsentTypes) expect(permissions).toContain(`"${type}"`);
  });

  test('denies everything where Privacy Desk is not on the page', () => {
    expect(fire({}, null).calls).toEqual([['default', all('denied')]]);
  });

  test('denies first, then grants what is allowed, then follows each decision', () => {
    const preferences: Record<string, boolean> = { ESSENTIALS: true, STATISTICS: false, MARKETING: false };
    const { calls, listeners } = fire({}, preferences);
    const always = { functionality_storage: 'granted', security_storage: 'granted' };
    expect(calls).toEqual([
      ['default', all('denied')],
      ['update', { ...all('denied'), ...always }],
    ]);
    Object.assign(preferences, { STATISTICS: true, MARKETING: true });
    listeners.forEach((listener) => listener());
    expect(calls.at(-1)).toEqual(['update', all('granted')]);
    preferences.MARKETING = false;
    listeners.forEach((listener) => listener());
    expect(calls.at(-1)).toEqual(['update', { ...all('denied'), ...always, analytics_storage: 'granted' }]);
  });

  test('grants a type only when all that it depends on is allowed, and never one that depends on nothing', () => {
    const data = { ad_storage: 'MARKETING, MARKETING/google-ads', ad_user_data: ' ' };
    const { calls } = fire(data, { MARKETING: true, 'MARKETING/google-ads': false });
    expect(calls.at(-1)).toEqual([
      'update',
      { ...all('denied'), ad_personalization: 'granted', personalization_storage: 'granted' },
    ]);
  });

  test('takes the options', () => {
    const data = { wait_for_update: '500', region: 'DE, US-CA', ads_data_redaction: true, url_passthrough: true };
    expect(fire(data, null).calls).toEqual([
      ['default', { ...all('denied'), wait_for_update: 500, region: ['DE', 'US-CA'] }],
      ['set', 'ads_data_redaction', true],
      ['set', 'url_passthrough', true],
    ]);
  });
});
