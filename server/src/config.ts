import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { PLUGIN_ID } from './constants';
import { knownCountryHeaders, type KnownEdge } from './geo/country-headers';
import { isProxyEntry } from './geo/trusted-proxies';
import { mapSchema } from './rights/map/validation';

const YEAR_SECONDS = 365 * 86_400;
const NUMBER = 'must be a number of seconds';
const seconds = z.number(NUMBER).int('must be whole seconds').min(0).max(YEAR_SECONDS);

const FLAG = 'must be true or false';
const count = z.number('must be a number').int('must be a whole number');
const optionalText = z.string('must be a text').nullable();
const headerName = z
  .string('must be the name of a header')
  .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'must be the name of a header');
const knownEdges = Object.keys(knownCountryHeaders) as [KnownEdge, ...KnownEdge[]];
const path = z.string('must be a path').min(1, 'must be a path');

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

const schema = z.strictObject({
  /** Who did what in the admin panel, with personal data and with this plugin's settings. */
  audit: z.strictObject({
    /** How long entries are kept. */
    retentionDays: z.number('must be a number of days').int('must be whole days').min(1).max(36_500),
    /** Whether each entry is also a line of Strapi's log, level `info`, without anybody's name. */
    log: z.boolean(FLAG),
    /** `truncated`: /24 of IPv4, /48 of IPv6, encrypted with a key of the actor's own. */
    ip: z.enum(['off', 'truncated'], 'must be off or truncated'),
    /** How long after something was recorded a signed checkpoint attests it, in minutes. */
    checkpointMinutes: z.number('must be a number of minutes').min(0.01).max(1440),
  }),
  /** What browsers and proxies may do with the public config and script; in seconds. */
  cache: z.strictObject({
    maxAgeSeconds: seconds,
    staleWhileRevalidateSeconds: seconds,
    staleIfErrorSeconds: seconds,
  }),
  consents: z.strictObject({
    /** Whether consents are recorded. */
    enabled: z.boolean(FLAG),
    /** How long the first consent of a group waits for others before they are committed, in milliseconds. */
    groupDelayMs: count.min(0).max(1000),
    /** How many consents are committed at once at most. */
    groupSize: count.min(1).max(1000),
    /** How many may wait for that; more are answered with 503. */
    queueSize: count.min(1).max(1_000_000),
    /** How many consents one address may post; `RATE_LIMIT=off` in the environment turns it off. */
    rateLimit: z.strictObject({ max: count.min(1), windowSeconds: count.min(1).max(86_400) }),
    /** How often a signed checkpoint is written of what was recorded since, in minutes. */
    checkpointMinutes: z.number('must be a number of minutes').min(0.01).max(1440),
    /** Which share of the banners that visitors see is counted, 0 to 1; 0: none. */
    impressionShare: z.number('must be a number from 0 to 1').min(0).max(1),
    /** When expired consents are removed and counters summed up: a cron expression; null: never by itself. */
    housekeeping: z.string('must be a cron expression').min(1, 'must be a cron expression').nullable(),
    /** What is recorded of the visitor beyond the choice, encrypted with a key of the record's own. */
    personal: z.strictObject({
      /** `truncated`: /24 of IPv4, /48 of IPv6; `hashed`: with a secret key. */
      ip: z.enum(['off', 'truncated', 'hashed'], 'must be off, truncated or hashed'),
      /** Firefox, Chrome, Safari …; without versions. */
      userAgentFamily: z.boolean(FLAG),
      /** Name of the header in which your CDN tells the visitor's country, for instance `cf-ipcountry`. */
      countryHeader: optionalText,
    }),
  }),
  /** Whether `POST …/choice` answers, which has the choice cookie set by the server where it lies behind a website's own origin. */
  choiceEndpoint: z.boolean(FLAG),
  /** The master key: the environment's `PRIVACY_DESK_MASTER_KEY` comes first. */
  keys: z.strictObject({
    /** 32 bytes in base64. */
    master: optionalText,
    /** A file that holds it; a relative path starts at the Strapi application. */
    file: optionalText,
    /** The one before, until `privacy-desk rotate-keys` has run. */
    previous: optionalText,
  }),
  /** How this server learns in which country a visitor is, for sites whose regime goes by country. */
  geo: z
    .strictObject({
      /** The headers in which a proxy tells it: those of a known edge, or names of one's own. */
      headers: z
        .union([z.enum(knownEdges), z.strictObject({ country: headerName, subdivision: headerName.optional() })], {
          error: `must be one of ${knownEdges.join(', ')}, or an object with the names of the headers: country, subdivision`,
        })
        .nullable(),
      /** Whose headers are believed: addresses, ranges, `loopback`, `private`. */
      trustedProxies: z.array(
        z.string().refine(isProxyEntry, {
          error: ({ input }) =>
            `“${String(input)}” is no address, no range such as 10.0.0.0/8, and not loopback or private`,
        }),
        'must be a list of addresses',
      ),
      /** Path of a country or city database in MaxMind's format (.mmdb). */
      database: path.nullable(),
    })
    .refine(({ headers, trustedProxies }) => !headers || trustedProxies.length > 0, {
      path: ['trustedProxies'],
      error:
        'is empty, so the headers that config.geo.headers names would never be believed: list the proxies that set them',
    }),
  /** Which content types hold data of persons, and what their rights do to them: docs/rights.md. */
  personalData: mapSchema,
  rights: z.strictObject({
    /**
     * Whether entries are also found by the e-mail address of an account: `confirmed` where users-permissions has addresses
     * confirmed; `always` only where nobody can register with another one's.
     */
    trustAccountEmail: z.enum(['confirmed', 'always', 'never'], 'must be confirmed, always or never'),
    /** Whether users may erase themselves (`POST …/me/erasure`). */
    selfErasure: z.boolean(FLAG),
    /** Other systems that are told of an erasure (GDPR, article 19). */
    erasureWebhooks: z.array(
      z.strictObject({
        url: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }),
        headers: z.record(z.string(), z.string(), 'must be an object of texts').optional(),
      }),
      'must be a list',
    ),
  }),
  /** How often changes are looked for that another process made, in seconds. */
  pollIntervalSeconds: z.number(NUMBER).min(0.1).max(3600),
  /** Where instances share rate limits and tell each other of changes; without it they look into the database. */
  redis: z.strictObject({
    /** For instance `redis://127.0.0.1:6379`; needs the package `ioredis`. */
    url: optionalText,
    /** What the names of keys and channels begin with. */
    prefix: z.string('must be a text').min(1),
  }),
  /** Requests of persons for their rights: docs/data-requests.md. */
  requests: z.strictObject({
    /** Whether `POST …/requests` answers. */
    enabled: z.boolean(FLAG),
    /** Where links in mails lead to, if not below Strapi's `server.url`: for instance `https://www.example.com/api/privacy-desk`. */
    publicUrl: z
      .string('must be a URL')
      .regex(/^https?:\/\/[^\s?#]+$/, 'must be a URL that begins with https://')
      .nullable(),
    /** Where the controller is, for instance `Europe/Berlin`: there the last day of a period ends. null: as the server's clock. */
    timeZone: z
      .string('must be a time zone')
      .refine(isTimeZone, 'must be a time zone such as Europe/Berlin')
      .nullable(),
    /** How long the link is good that proves who asks, in hours. */
    linkHours: count.min(1).max(720),
    /** How long the link is good that leads to a person's data, in days. */
    downloadDays: count.min(1).max(90),
    /** How many requests one address may send. */
    rateLimit: z.strictObject({ max: count.min(1), windowSeconds: count.min(1).max(86_400) }),
    /** How much a browser has to compute before a request is taken; 300 is about a second. */
    proofOfWorkTries: count.min(2).max(100_000),
    /** Sender and address for answers, if not those of Strapi's e-mail plugin. */
    from: optionalText,
    replyTo: optionalText,
    /** Who is told of new requests and of deadlines, as long as a request has no assignee. */
    notify: z.array(z.email('must be an e-mail address'), 'must be a list of e-mail addresses'),
    /** How many days before the deadline somebody is reminded of it. */
    reminderDays: count.min(1).max(60),
    /** What is answered by itself as soon as the person has followed the link. */
    automatic: z.array(z.enum(['access', 'portability'], 'must be access or portability'), 'must be a list'),
    retention: z.strictObject({
      /** How long after its end address, message and notes of a request are kept, in days. */
      contentDays: count.min(1).max(36_500),
      /** How long after its end is kept when which request was received and answered, in days. */
      proofDays: count.min(1).max(36_500),
    }),
    /** When expired requests are removed and deadlines reminded of: a cron expression; null: never by itself. */
    housekeeping: z.string('must be a cron expression').min(1, 'must be a cron expression').nullable(),
  }),
  /** Whether a first boot creates the default site and the three built-in categories. */
  seed: z.boolean(FLAG),
});

export type PluginConfig = z.infer<typeof schema>;

const defaults: PluginConfig = {
  audit: { retentionDays: 1095, log: true, ip: 'off', checkpointMinutes: 1 },
  cache: { maxAgeSeconds: 60, staleWhileRevalidateSeconds: 600, staleIfErrorSeconds: 604_800 },
  consents: {
    enabled: true,
    groupDelayMs: 0,
    groupSize: 200,
    queueSize: 5000,
    rateLimit: { max: 120, windowSeconds: 60 },
    checkpointMinutes: 10,
    impressionShare: 0,
    housekeeping: '17 3 * * *',
    personal: { ip: 'off', userAgentFamily: false, countryHeader: null },
  },
  choiceEndpoint: true,
  keys: { master: null, file: null, previous: null },
  geo: { headers: null, trustedProxies: [], database: null },
  personalData: {},
  rights: { trustAccountEmail: 'confirmed', selfErasure: true, erasureWebhooks: [] },
  pollIntervalSeconds: 2,
  redis: { url: null, prefix: 'privacy-desk' },
  requests: {
    enabled: true,
    publicUrl: null,
    timeZone: null,
    linkHours: 48,
    downloadDays: 7,
    rateLimit: { max: 10, windowSeconds: 3600 },
    proofOfWorkTries: 300,
    from: null,
    replyTo: null,
    notify: [],
    reminderDays: 7,
    automatic: [],
    retention: { contentDays: 90, proofDays: 1095 },
    housekeeping: '41 * * * *',
  },
  seed: true,
};

const knownKeys = (keys: PropertyKey[]): string => {
  const group = keys.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    defaults,
  );
  return group ? `; known are ${Object.keys(group).join(', ')}` : '';
};

/** The plugin's configuration (`config/plugins`, key `privacy-desk`); Strapi merges the user's over these defaults. */
export default {
  default: defaults,
  validator(config: unknown): void {
    const { error } = schema.safeParse(config);
    if (!error) return;
    const problems = error.issues.map((issue) => {
      const field = ['config', ...issue.path].join('.');
      return issue.code === 'unrecognized_keys'
        ? `${field}: unknown ${issue.keys.join(', ')}${knownKeys(issue.path)}`
        : `${field}: ${issue.message}`;
    });
    throw new Error(problems.join('\n'));
  },
};

export const pluginConfig = (strapi: Core.Strapi): PluginConfig =>
  strapi.config.get<PluginConfig>(`plugin::${PLUGIN_ID}`);
