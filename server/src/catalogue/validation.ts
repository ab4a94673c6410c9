import { z } from 'zod';
import {
  BY_COUNTRY,
  bannerPositions,
  categoryModes,
  isRegionGroup,
  isSafeHref,
  regimes,
  regionGroups,
  signalNames,
  siteRegimes,
  siteTextKeys,
  storageKinds,
  storageMatches,
  UNCLASSIFIED,
  vendorNames,
  type Block,
  type InlineNode,
  type ListItemNode,
  type RegimeRules,
  type SiteSignals,
  type StorageEntry,
  type TextNode,
  type Theme,
  type VendorName,
  type VendorOptions,
} from '../../../contract';
import { CATEGORY_UID, SITE_UID, TRACKING_ITEM_UID, type CatalogueUid } from '../constants';
import type { FieldProblem } from '../errors';

/** The one category that is always on: what the service cannot be provided without. */
export const ESSENTIALS = 'ESSENTIALS';

const MAX_STORAGE_ROWS = 200;
/** 100 years: longer than any device lives. */
const MAX_LIFETIME_SECONDS = 100 * 365 * 86_400;
/** Browsers keep no cookie for longer (RFC 6265bis, section 5.5). */
const MAX_CHOICE_DAYS = 400;

const EMPTY = 'must not be empty';
/** Too long ends the examination: what follows may be slow on megabytes. */
const text = (maxLength: number) =>
  z
    .string({ error: ({ input }) => (input === null || input === undefined ? EMPTY : 'must be text') })
    .max(maxLength, { error: `must not be longer than ${maxLength} characters`, abort: true });
export const requiredText = (maxLength: number) => text(maxLength).regex(/\S/, EMPTY);
const trueOrFalse = z.boolean('must be true or false');
const wholeNumber = z.int('must be a whole number');
const oneOf = <const Value extends string>(values: readonly Value[]) =>
  z.enum(values, {
    error: ({ input }) =>
      input === undefined || input === null ? EMPTY : `${JSON.stringify(input)} is not one of ${values.join(', ')}`,
  });

/** A value that may be left out; the Content Manager empties a text by sending `''`. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? null : value), schema.nullish());

/** The value of a JSON field, which the Content Manager's editor sends as text. */
export const fromJson = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value || 'null');
  } catch {
    return value;
  }
};
const json = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(fromJson, schema.nullish());

// Rich text

const textNode = z.object({
  type: z.literal('text'),
  text: z.string(),
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  underline: z.boolean().optional(),
  strikethrough: z.boolean().optional(),
  code: z.boolean().optional(),
}) satisfies z.ZodType<TextNode>;

const link = z.object({
  type: z.literal('link'),
  url: z.string().refine(isSafeHref, {
    error: ({ input }) => `the link “${String(input)}” is not allowed: use http, https, mailto or tel`,
  }),
  children: z.array(textNode),
});

const nodeOfType = <const Members extends readonly [z.core.$ZodTypeDiscriminable, ...z.core.$ZodTypeDiscriminable[]]>(
  members: Members,
) =>
  z.discriminatedUnion('type', members, {
    error: ({ input }) => `“${String((input as { type?: unknown } | null)?.type)}” cannot stand here`,
  });

const inlineNodes = z.array(nodeOfType([textNode, link])) satisfies z.ZodType<InlineNode[]>;
const listItem = z.object({ type: z.literal('list-item'), children: inlineNodes }) satisfies z.ZodType<ListItemNode>;
const list = z.object({
  type: z.literal('list'),
  format: z.enum(['ordered', 'unordered']),
  get children() {
    return z.array(nodeOfType([listItem, list]));
  },
});

/** Rich text without what a consent text must not have: images, and links that are not plain addresses. Parsing drops the editor's own fields. */
export const blocks = z.array(
  nodeOfType([
    z.object({ type: z.enum(['paragraph', 'quote', 'code']), children: inlineNodes }),
    z.object({ type: z.literal('heading'), level: z.literal([1, 2, 3, 4, 5, 6]), children: inlineNodes }),
    list,
  ]),
  'must be rich text',
) satisfies z.ZodType<Block[]>;

// Names and addresses

const categoryKey = text(64)
  .regex(/^[A-Z][A-Z0-9_]*$/, 'must begin with a capital letter and have only capital letters, digits and underscores')
  .refine((key) => key !== UNCLASSIFIED, `${UNCLASSIFIED} is where items without a category are listed`);
export const slug = text(64).regex(
  /^[a-z0-9]+(-[a-z0-9]+)*$/,
  'must have only small letters, digits and single hyphens between them',
);

const hasHost = (url: string): boolean => {
  if (/[\s\\*]/.test(url) || !URL.canParse(url)) return false;
  const { protocol, username, password } = new URL(url);
  return /^https?:\/\/[^/]/i.test(url) && /^https?:$/.test(protocol) && !username && !password;
};
export const webAddress = text(255).refine(hasHost, 'must be an address such as https://example.com/privacy');
const pageAddress = text(255).refine(
  (url) => hasHost(url) || (/^\/(?![/\\])[^\s\\]*$/.test(url) && URL.canParse(url, 'https://relative.invalid')),
  'must be an address such as https://example.com/privacy, or a path such as /privacy',
);
const origin = text(255).refine((value) => hasHost(value) && new URL(value).origin === value, {
  error: ({ input }) =>
    hasHost(String(input))
      ? `must be an origin, without a path: ${new URL(String(input)).origin}`
      : 'must be an origin such as https://www.example.com',
});
export const domain = text(253).regex(
  /^\.?([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i,
  'must be a domain such as example.com',
);

// What an item stores

const LIFETIME = `must be a number of seconds from 1 to ${MAX_LIFETIME_SECONDS}, "session" or "persistent"`;

export const storageEntry = z.object({
  name: requiredText(255),
  match: oneOf(storageMatches),
  kind: oneOf(storageKinds),
  domain: domain.optional(),
  lifetime: z
    .union(
      [z.literal('session'), z.literal('persistent'), z.int().min(1, LIFETIME).max(MAX_LIFETIME_SECONDS, LIFETIME)],
      {
        error: LIFETIME,
      },
    )
    .optional(),
  purpose: text(1000).optional(),
}) satisfies z.ZodType<StorageEntry>;

/** A row of the storage table: an entry with the id by which the rows of all languages are the same one. */
export type StorageRow = StorageEntry & { id: string };

const storageRow = z
  .preprocess(
    // Left empty is left out; an entry without `match` means what it says.
    (row) =>
      row && typeof row === 'object' && !Array.isArray(row)
        ? { match: 'exact', ...Object.fromEntries(Object.entries(row).filter(([, v]) => v !== null && v !== '')) }
        : row,
    z.object(
      {
        id: text(64).regex(/^[\w-]+$/, 'must have only letters, digits, hyphens and underscores'),
        ...storageEntry.shape,
      },
      'must be a storage entry',
    ),
  )
  .superRefine(({ name, match, kind }, context) => {
    const complain = (message: string) => context.addIssue({ code: 'custom', path: ['name'], message });
    if (kind === 'cookie' && /[\p{Cc}\s=;,]/u.test(name)) complain('is not a possible name of a cookie');
    if (match === 'prefix' && name.includes('*')) complain('is a prefix and takes no *');
    if (match !== 'pattern') return;
    if (/[()[\]{}\\|^$+?]/.test(name))
      complain('is a pattern, in which only * is special: it is no regular expression');
    else if (!name.includes('*')) complain('is a pattern and needs a *');
    else if (/^[*\s.]+$/.test(name)) complain('is a pattern that fits everything');
  }) satisfies z.ZodType<StorageRow>;

const rows = z
  .array(storageRow, 'must be a list')
  .max(MAX_STORAGE_ROWS, `must not have more than ${MAX_STORAGE_ROWS} rows`)
  .superRefine((rows, context) => {
    const seen = new Set<string>();
    rows.forEach(({ id, name, match, kind, domain: host = '' }, index) => {
      const identity = JSON.stringify([name, match, kind, host.toLowerCase()]);
      for (const [what, field] of [
        [id, 'id'],
        [identity, 'name'],
      ] as const)
        if (seen.has(what)) context.addIssue({ code: 'custom', path: [index, field], message: 'is there twice' });
      seen.add(id).add(identity);
    });
  });

/** The value of `storage`; parsing leaves out what was left empty. */
export const storageRows = json(rows);

// A site's look

/** Functions that only compute: whatever loads something (`url()`, `image-set()`) is not among them. */
const cssFunctions = new Set(
  'rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark calc min max clamp var env cubic-bezier'.split(
    ' ',
  ),
);
/** Whether a value stays inside its declaration: words, numbers, closed quotes and brackets, and harmless functions. */
const isPlainCssValue = (value: string): boolean => {
  const unquoted = value.replace(/"[^"\n\r\f\\]*"|'[^'\n\r\f\\]*'/g, 'quoted');
  if (!/^[\w #%.,()+*/-]+$/.test(unquoted) || unquoted.includes('/*')) return false;
  const functions = [...unquoted.matchAll(/([\w-]+)\(/g)].map(([, name]) => name!.toLowerCase());
  let depth = 0;
  const closes = [...unquoted].every((c) => (depth += c === '(' ? 1 : c === ')' ? -1 : 0) >= 0) && depth === 0;
  return closes && functions.every((name) => cssFunctions.has(name));
};

const tokens = z.record(
  z.string().regex(/^[a-z][a-z0-9-]*$/, 'is not the name of a custom property'),
  text(200).refine(isPlainCssValue, {
    error: ({ input }) => `“${String(input)}” is not a plain CSS value`,
  }),
);

export const theme = z.strictObject(
  {
    position: oneOf(bannerPositions).optional(),
    tokens: tokens.optional(),
    dark: tokens.optional(),
  },
  'must be an object with position, tokens and dark',
) satisfies z.ZodType<Theme>;

// What vendors are told

/** What a category or an item names. */
const signalList = z.array(oneOf(signalNames), 'must be a list such as ["analytics_storage"]').max(100);

const DOMAIN_NAME = 'must be a host such as shop.example.com';
const hostName = text(253).regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i, DOMAIN_NAME);

const vendorOptions = {
  google: {
    mode: oneOf(['basic', 'advanced']).optional(),
    wait_for_update: wholeNumber.min(0, 'must not be negative').max(10_000, 'must be 10000 ms at most').optional(),
    region: z
      .array(
        z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, {
          error: ({ input }) => `“${String(input)}” is not an ISO 3166-2 code such as DE or US-CA`,
        }),
        'must be a list such as ["DE", "US-CA"]',
      )
      .min(1, EMPTY)
      .max(300)
      .optional(),
    ads_data_redaction: trueOrFalse.optional(),
    url_passthrough: trueOrFalse.optional(),
  },
  gtm: {},
  uet: {},
  clarity: {},
  meta: {},
  tiktok: {},
  matomo: { mode: oneOf(['tracking', 'cookies']).optional() },
  posthog: { cookieless_mode: oneOf(['on_reject']).optional() },
  'piwik-pro': {},
  shopify: {
    checkoutRootDomain: hostName.optional(),
    storefrontRootDomain: hostName.optional(),
    storefrontAccessToken: requiredText(255).optional(),
  },
} satisfies {
  [Vendor in VendorName]: { [Name in keyof VendorOptions[Vendor]]-?: z.ZodType<VendorOptions[Vendor][Name]> };
};

/** An object without other keys than these, which the message names. */
const only = <Shape extends z.ZodRawShape>(shape: Shape, otherwise: string) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `${issue.keys.map((key) => `“${key}”`).join(', ')} is not one of ${Object.keys(shape).join(', ') || 'its options: it has none'}`
        : otherwise,
  });

/** `true` is the vendor without options, `false` none of it. */
const vendor = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess(
    (value) => (value === true ? {} : value === false ? null : value),
    only(shape, 'must be true, false or an object with options').nullish(),
  );

const siteSignals = only(
  Object.fromEntries(vendorNames.map((name) => [name, vendor(vendorOptions[name])])),
  'must be an object such as {"google": true}',
) as unknown as z.ZodType<SiteSignals>;

// Which regime applies where

const REGION = `must be a country such as DE, a subdivision such as US-CA, or one of ${Object.keys(regionGroups).join(', ')}`;
const countryNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** Whether it is the code of a country, and not of a union of them, nor a former one: `UK` is `GB`. */
const isCountry = (code: string): boolean =>
  Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}` &&
  !!countryNames.of(code) &&
  !['EU', 'EZ', 'UN', 'ZZ', 'XA', 'XB'].includes(code);
const region = text(64).refine(
  (code) => isRegionGroup(code) || (/^[A-Z]{2}(-[A-Z\d]{1,3})?$/.test(code) && isCountry(code.slice(0, 2))),
  { error: ({ input }) => `“${String(input)}” ${REGION}${input === 'UK' ? ' (the United Kingdom is GB)' : ''}` },
);

const regimeRules = z
  .strictObject(
    {
      rules: z
        .array(
          z.strictObject(
            {
              regions: z.array(region, 'must be a list such as ["DE", "US-CA"]').min(1, EMPTY),
              regime: oneOf(regimes),
            },
            'must be a rule such as {"regions": ["DE"], "regime": "opt-in"}',
          ),
          'must be a list of rules',
        )
        .max(300, 'must not have more than 300 rules'),
      unknown: oneOf(regimes),
      default: oneOf(regimes),
    },
    'must be an object with rules, unknown and default',
  )
  .superRefine(({ rules }, context) => {
    const seen = new Set<string>();
    rules.forEach(({ regions }, index) => {
      for (const code of regions) {
        if (seen.has(code))
          context.addIssue({ code: 'custom', path: ['rules', index], message: `${code} is there twice` });
        seen.add(code);
      }
    });
  }) satisfies z.ZodType<RegimeRules>;

// The three types

const entry = { name: requiredText(100).optional() };

const schemas = {
  [CATEGORY_UID]: z.object({
    ...entry,
    key: categoryKey.optional(),
    description: blocks.nullish(),
    mode: oneOf(categoryModes).optional(),
    honoursGpc: trueOrFalse.nullish(),
    signals: json(signalList),
    order: wholeNumber.nullish(),
  }),
  [TRACKING_ITEM_UID]: z.object({
    ...entry,
    key: slug.optional(),
    description: blocks.nullish(),
    provider: optional(text(200)),
    providerPolicyUrl: optional(webAddress),
    storage: storageRows,
    signals: json(signalList),
    order: wholeNumber.nullish(),
    enabled: trueOrFalse.nullish(),
  }),
  [SITE_UID]: z.object({
    ...entry,
    key: slug.optional(),
    origins: json(z.array(origin, 'must be a list such as ["https://www.example.com"]').max(100)),
    regime: oneOf(siteRegimes).optional(),
    regimeRules: json(regimeRules),
    policyUrl: optional(pageAddress),
    imprintUrl: optional(pageAddress),
    controllerName: optional(text(200)),
    theme: json(theme),
    choiceLifetimeDays: wholeNumber
      .min(1, 'must be at least one day')
      .max(MAX_CHOICE_DAYS, `browsers keep no cookie for longer than ${MAX_CHOICE_DAYS} days`)
      .optional(),
    consentRetentionMonths: optional(
      wholeNumber.min(1, 'must be at least one month').max(240, 'must be at most 240 months (20 years)'),
    ),
    cookieName: text(64)
      .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'must be a cookie name: letters, digits, hyphens and underscores')
      .optional(),
    cookieDomain: optional(domain),
    reloadOnWithdrawal: trueOrFalse.nullish(),
    signals: json(siteSignals),
    ...Object.fromEntries(siteTextKeys.map((key) => [key, optional(text(2000))])),
  }),
} satisfies Record<CatalogueUid, z.ZodType>;

/** The Content Manager shows one message per input, and only the storage table has an input per cell. */
const toProblems = (issues: z.core.$ZodIssue[]): FieldProblem[] => {
  const problems = new Map<string, FieldProblem>();
  for (const issue of issues) {
    const places = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    const length = places[0] === 'storage' ? 3 : 1;
    const [inside] = places.slice(length).filter((place) => place !== 'tokens' && place !== 'rules');
    const message =
      inside === undefined
        ? issue.message
        : `${typeof inside === 'number' ? `no. ${inside + 1}` : inside}: ${issue.message}`;
    const path = places.slice(0, length);
    const known = problems.get(path.join('.'));
    problems.set(path.join('.'), { path, message: known ? `${known.message}; ${message}` : message });
  }
  return [...problems.values()];
};

/** Rules between fields; `values` is the whole entry, as far as it is known. */
const crossProblems = (uid: CatalogueUid, values: Record<string, unknown>): FieldProblem[] => {
  if (uid === CATEGORY_UID && values.key === ESSENTIALS && values.mode && values.mode !== 'required')
    return [
      { path: ['mode'], message: `${ESSENTIALS} is always required: visitors can refuse what is in another category` },
    ];
  if (uid === SITE_UID && values.cookieDomain && String(values.cookieName).startsWith('__Host-'))
    return [{ path: ['cookieDomain'], message: 'browsers refuse cookies named __Host-… that have a domain' }];
  if (uid === SITE_UID && values.regime === BY_COUNTRY && !fromJson(values.regimeRules))
    return [{ path: ['regimeRules'], message: `must say which regime applies where: the regime is ${BY_COUNTRY}` }];
  return [];
};

/**
 * What is wrong with an entry of the catalogue; nothing if it may be published.
 * Fields that are not given are not looked at; `stored` is the entry they are going to change.
 */
export const catalogueProblems = (uid: CatalogueUid, given: object, stored: object = {}): FieldProblem[] => {
  const { error } = schemas[uid].safeParse(given);
  return error ? toProblems(error.issues) : crossProblems(uid, { ...stored, ...given });
};

/**
 * A whole entry as the database has it: what is wrong with it, and its values as the rules read them,
 * without what they do not know and with what may be left out filled in.
 */
export const parseEntry = <Entry extends Record<string, unknown>>(
  uid: CatalogueUid,
  stored: Entry,
): { entry: Entry; problems: FieldProblem[] } => {
  const { data, error } = schemas[uid].safeParse(stored);
  return error
    ? { entry: stored, problems: toProblems(error.issues) }
    : { entry: { ...stored, ...data }, problems: crossProblems(uid, stored) };
};
