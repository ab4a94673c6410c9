import {
  consentLayers,
  consentSources,
  type ConsentLayer,
  type ConsentPost,
  type ConsentSource,
} from '../../../contract';
import { isLanguageTag, isSiteKey } from '../publishing/public-request';

/** A consent as the client sent it, read and checked. */
export interface ReadConsent {
  id: string;
  site: string;
  locale: string;
  configVersion: string;
  subject: string | null;
  /** Sorted by key, so that the same choices have the same text. */
  choices: Record<string, boolean>;
  source: ConsentSource;
  decidedAtMs: number;
  gpc: boolean | undefined;
  layer: ConsentLayer | undefined;
}

interface Problem {
  path: string[];
  message: string;
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const SUBJECT = /^[\w-]{22}$/;
const VERSION = /^[\w-]{1,64}$/;
const CHOICE = /^(?:[A-Z][A-Z\d_]{0,63}|item:[a-z\d][\w-]{0,63})$/i;
const MOST_CHOICES = 500;
const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;

/** Clocks are wrong; more than a day is no clock. */
export const FUTURE_MS = 24 * 3600 * 1000;

type Fields = { [Field in keyof ConsentPost]?: unknown };

/** `max` of its rest: `V` for 2021-02-30 would be another day. */
const readTime = (text: string): number => {
  const time = Date.parse(text);
  const [year, month, day] = text.slice(0, 10).split('-').map(Number) as [number, number, number];
  const exists = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
  return exists ? time : NaN;
};

/**
 * Reads the body of `POST …/consents`; public contract, section 6.
 *
 * @param now milliseconds since 1970
 */
export const readConsent = (body: unknown, now: number): { consent: ReadConsent } | { problems: Problem[] } => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { problems: [{ path: ['body'], message: 'The body must be a JSON object' }] };
  const { id, site, locale, configVersion, subject, choices, source, decidedAt, gpc, layer } = body as Fields;
  const problems: Problem[] = [];
  const expect = (holds: boolean, path: string[], message: string): void => {
    if (!holds) problems.push({ path, message: `${path.join('.')} ${message}` });
  };
  const text = (value: unknown, pattern: RegExp): boolean => typeof value === 'string' && pattern.test(value);

  expect(text(id, UUID), ['id'], 'must be a UUID');
  expect(typeof site === 'string' && isSiteKey(site), ['site'], 'must be the key of a site');
  expect(typeof locale === 'string' && isLanguageTag(locale), ['locale'], 'must be a language tag (BCP 47)');
  expect(text(configVersion, VERSION), ['configVersion'], 'must be the version of a consent config');
  expect(
    subject === undefined || subject === null || subject === '-' || text(subject, SUBJECT),
    ['subject'],
    'must be 128 bits in base64url (22 characters), or null',
  );
  expect(
    (consentSources as readonly unknown[]).includes(source),
    ['source'],
    `must be one of ${consentSources.join(', ')}`,
  );
  expect(gpc === undefined || typeof gpc === 'boolean', ['gpc'], 'must be true or false');
  expect(
    layer === undefined || (consentLayers as readonly unknown[]).includes(layer),
    ['layer'],
    `must be one of ${consentLayers.join(', ')}`,
  );

  let decidedAtMs = NaN;
  if (!text(decidedAt, ISO_8601)) expect(false, ['decidedAt'], 'must be a time in ISO 8601 with its zone');
  else {
    decidedAtMs = readTime(decidedAt as string);
    expect(!(Number.isNaN(decidedAtMs) || decidedAtMs < 0), ['decidedAt'], 'must be a time since 1970');
    expect(!(decidedAtMs > now + FUTURE_MS), ['decidedAt'], 'must not be more than 24 hours in the future');
  }

  const sorted: Record<string, boolean> = {};
  if (typeof choices !== 'object' || choices === null || Array.isArray(choices))
    expect(false, ['choices'], 'must be an object such as {"STATISTICS": true}');
  else {
    const keys = Object.keys(choices).sort();
    expect(keys.length > 0, ['choices'], 'must decide on something');
    expect(keys.length <= MOST_CHOICES, ['choices'], `must be at most ${MOST_CHOICES}`);
    for (const key of keys.slice(0, MOST_CHOICES)) {
      const value = (choices as Record<string, unknown>)[key];
      if (!CHOICE.test(key))
        expect(false, ['choices', key.slice(0, 80)], 'must be the key of a category, or item:<key>');
      else if (typeof value !== 'boolean') expect(false, ['choices', key], 'must be true or false');
      else sorted[key] = value;
    }
  }
  if (problems.length > 0) return { problems };
  return {
    consent: {
      id: (id as string).toLowerCase(),
      site: site as string,
      locale: locale as string,
      configVersion: configVersion as string,
      subject: typeof subject === 'string' && subject !== '-' ? subject : null,
      choices: sorted,
      source: source as ConsentSource,
      decidedAtMs,
      gpc: gpc as boolean | undefined,
      layer: layer as ConsentLayer | undefined,
    },
  };
};
