import type { Actor } from './publishing-api';

/** What a person may ask for (GDPR, articles 15, 20, 16, 17, 18, 21). */
export const REQUEST_TYPES = ['access', 'portability', 'rectification', 'erasure', 'restriction', 'objection'] as const;
export type RequestType = (typeof REQUEST_TYPES)[number];

/**
 * `received`: the link that proves who asks was not followed yet; `expired`: it never was. `withdrawn`: by the person, or
 * at the person's word.
 */
export const REQUEST_STATES = [
  'received',
  'confirmed',
  'in-progress',
  'answered',
  'refused',
  'withdrawn',
  'expired',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** The state machine: where a request may go from each state. */
export const NEXT_STATES: Record<RequestState, readonly RequestState[]> = {
  received: ['confirmed', 'withdrawn', 'expired'],
  confirmed: ['in-progress', 'answered', 'refused', 'withdrawn'],
  'in-progress': ['answered', 'refused', 'withdrawn'],
  answered: [],
  refused: [],
  withdrawn: [],
  expired: [],
};

/** The states from which a request may go to this one. */
export const statesBefore = (state: RequestState): RequestState[] =>
  REQUEST_STATES.filter((before) => NEXT_STATES[before].includes(state));

/** Whether nothing more is to be done. */
export const isClosed = (state: RequestState): boolean => NEXT_STATES[state].length === 0;

/** Whether somebody has to answer: the person has proved who they are. */
export const isDue = (state: RequestState): boolean => state === 'confirmed' || state === 'in-progress';

export const OPEN_STATES: readonly RequestState[] = REQUEST_STATES.filter((state) => !isClosed(state));
export const CLOSED_STATES: readonly RequestState[] = REQUEST_STATES.filter(isClosed);
export const DUE_STATES: readonly RequestState[] = REQUEST_STATES.filter(isDue);

/** Body of `POST …/requests`. */
export interface RequestPost {
  type: RequestType;
  email: string;
  /** At most `MAX_MESSAGE_LENGTH` characters. */
  message?: string;
  /** `default` if it is missing. */
  site?: string;
  /** In which language the person is answered (BCP 47). */
  locale?: string;
  /** The solved challenge, as ALTCHA's own widget sends it, too: base64 of the JSON of a `SolvedChallenge`. */
  altcha: string;
}

export const MAX_REQUEST_BYTES = 32 * 1024;
export const MAX_MESSAGE_LENGTH = 4000;
export const MAX_EMAIL_LENGTH = 254;

/** Answer of `POST …/requests` (202). It is the same whether or not anything is known of the person. */
export interface RequestAnswer {
  /** For asking about the request, for instance `7KQ2-M9XD`. */
  reference: string;
}

/** What of a challenge (ALTCHA, version 2) its solver needs. Answer of `GET …/requests/challenge`. */
export interface Challenge {
  parameters: {
    algorithm: 'PBKDF2/SHA-256';
    /** Hexadecimal, as are `salt` and `keyPrefix`. */
    nonce: string;
    salt: string;
    /** Iterations of PBKDF2. */
    cost: number;
    /** In bytes. */
    keyLength: number;
    /** What the key that is looked for begins with. */
    keyPrefix: string;
  };
  signature: string;
}

export interface SolvedChallenge {
  challenge: Challenge;
  /** The number, appended to the nonce as four bytes, that gives the key; the key in hexadecimal. */
  solution: { counter: number; derivedKey: string };
}

/** The words of the form, in one language. */
export interface RequestFormTexts {
  title: string;
  intro: string;
  type: string;
  types: Record<RequestType, string>;
  email: string;
  message: string;
  /** Marks a field that may be left empty. */
  optional: string;
  send: string;
  sending: string;
  /** `{reference}` */
  sent: string;
  invalidEmail: string;
  missingType: string;
  tooMany: string;
  failed: string;
  /** The page has no secure connection, so the form cannot be used. */
  insecure: string;
}

/** Answer of `GET …/requests/form?site=&locale=`: what the form shows. */
export interface RequestForm {
  locale: string;
  dir: 'ltr' | 'rtl';
  texts: RequestFormTexts;
}

/*
 * The admin API. Permissions are enforced on the server:
 *
 *   POST   /privacy-desk/requests/search             requests.read       → RequestPage (body: RequestQuery)
 *   GET    /privacy-desk/requests/counts             requests.read       → RequestCounts
 *   GET    /privacy-desk/requests/statistics         requests.read       → RequestStatistics
 *   GET    /privacy-desk/requests/setup              requests.read       → RequestSetup
 *   GET    /privacy-desk/requests/:id                requests.read       → RequestDetails
 *   POST   /privacy-desk/requests/:id/<action>       requests.handle     → RequestDetails; see `RequestActions`
 *   POST   /privacy-desk/requests/:id/export         requests.export     → RequestDetails
 *   GET    /privacy-desk/requests/:id/erasure        requests.erase      → ErasurePlan
 *   POST   /privacy-desk/requests/:id/erase          requests.erase      → RequestDetails; 202 while the erasure is not done yet
 *   GET    /privacy-desk/request-templates           requests.templates  → RequestTemplates
 *   PUT    /privacy-desk/request-templates/:kind/:locale    (body: TemplateChange), DELETE: the built-in one again
 *
 * Every action takes the `version` of the request that it was decided on; 409 when somebody else was faster (mails that were
 * sent meanwhile do not count).
 */

/** Body of each `POST /privacy-desk/requests/:id/<action>`. */
export interface RequestActions {
  /** `assignee`: id of an admin user; null: nobody. */
  assign: { assignee: string | null };
  note: { text: string };
  /** The person was recognised in another way than by the link: `reason` says how. */
  confirm: { reason: string };
  /** The link once more. */
  resend: object;
  /** Mails that could not be sent are tried again now, also those that were given up. */
  retry: object;
  start: object;
  /** By two further months (GDPR, article 12 (3)); the person is told why. */
  extend: { reason: string };
  answer: { message: string };
  /** Article 12 (4): the person is told why, and of the right to complain. */
  refuse: { reason: string };
  withdraw: { reason: string };
  /** Sends the link to all data of the person. */
  export: { message?: string };
  /** Erases the data of the person and tells so. */
  erase: { message?: string };
}
export type RequestActionName = keyof RequestActions;

/** Body of `POST /privacy-desk/requests/search`: not a query, for it may hold an e-mail address. */
export interface RequestQuery {
  states?: RequestState[];
  types?: RequestType[];
  site?: string;
  /** Id of an admin user; `none`: requests of nobody. */
  assignee?: string;
  overdue?: boolean;
  /** To be answered within the days of `requests.reminderDays`. */
  dueSoon?: boolean;
  /** A reference or the whole e-mail address. */
  search?: string;
  /** From 1. */
  page?: number;
}
export const REQUESTS_PER_PAGE = 25;

export interface RequestSummary {
  id: string;
  reference: string;
  site: string;
  locale: string;
  type: RequestType;
  state: RequestState;
  /** ISO 8601, as are all times here. */
  receivedAt: string;
  /** Until when it has to be answered. */
  dueAt: string;
  extended: boolean;
  closedAt: string | null;
  overdue: boolean;
  assignee: Actor | null;
  /** null: no longer stored. */
  email: string | null;
  /** Mails to the person that could not be sent so far. */
  unsentMails: number;
}

export interface RequestPage {
  rows: RequestSummary[];
  total: number;
}

/** What happened to a request. */
export const REQUEST_EVENTS = [
  'received',
  'confirmed',
  'identified',
  'assigned',
  'note',
  'started',
  'extended',
  'answered',
  'exported',
  'downloaded',
  'erased',
  'refused',
  'withdrawn',
  'expired',
  'mail-sent',
  'mail-failed',
  'resent',
  'reminded',
  'content-removed',
] as const;
export type RequestEventKind = (typeof REQUEST_EVENTS)[number];

export interface RequestEvent {
  at: string;
  kind: RequestEventKind;
  /** null: the person, or by itself. */
  actor: Actor | null;
  /** What was written or who was meant; null if nothing, or no longer stored. */
  text: string | null;
}

export interface RequestDetails extends RequestSummary {
  /** Sent back with each action. */
  version: number;
  message: string | null;
  confirmedAt: string | null;
  /** Whether message, address and notes are still stored. */
  hasContent: boolean;
  /** Requests of the same address, this one not counted. */
  others: number;
  /** The oldest first. */
  events: RequestEvent[];
  /** Whether the period may still be extended: once, before it is over. */
  extendable: boolean;
  /** What the period would be extended to. */
  extendedDueAt: string;
}

export interface RequestCounts {
  states: Record<RequestState, number>;
  overdue: number;
  /** To be answered within the days of `requests.reminderDays`. */
  dueSoon: number;
}

/** How long requests took, from receipt until they were answered or refused; in days, null if there were none. */
export interface HandlingTimes {
  requests: number;
  medianDays: number | null;
  p90Days: number | null;
  /** 0 to 1. */
  onTimeShare: number | null;
}

export interface RequestStatistics {
  all: HandlingTimes;
  byType: ({ type: RequestType } & HandlingTimes)[];
  /** By the month of receipt, `YYYY-MM`, the latest 12. */
  byMonth: ({ month: string; received: number } & HandlingTimes)[];
}

export interface RequestSetup {
  /** Whether `requests.enabled` is on. */
  enabled: boolean;
  /** Name of Strapi's e-mail provider; `sendmail` is Strapi's default, which hardly any mail server takes mail from. */
  emailProvider: string | null;
  /** Where links in mails lead to. */
  publicUrl: string;
  /** Whether that is a guess: neither `requests.publicUrl` nor Strapi's `server.url` says it. */
  publicUrlGuessed: boolean;
  /** Who may be assigned: admin users with `requests.handle`. */
  assignees: Actor[];
  /** Who asks. */
  me: Actor;
  reminderDays: number;
  /** Where the controller is: there the last day of a period ends. */
  timeZone: string;
}

/** Mails to the person. */
export const PERSON_MAILS = ['confirm', 'confirmed', 'extension', 'answer', 'export', 'erased', 'refusal'] as const;
/** Mails to those who handle requests. */
export const STAFF_MAILS = ['new', 'reminder'] as const;
export const REQUEST_MAILS = [...PERSON_MAILS, ...STAFF_MAILS] as const;
export type RequestMail = (typeof REQUEST_MAILS)[number];

/** What is filled into a template, by kind of mail; `!` marks what must not be missing. */
const common = ['reference', 'type', 'received', 'controller'] as const;
export const MAIL_PLACEHOLDERS = {
  confirm: [...common, 'link!', 'until!'],
  confirmed: [...common, 'due'],
  extension: [...common, 'due!', 'reason!'],
  answer: [...common, 'message!'],
  export: [...common, 'link!', 'until!', 'message'],
  erased: [...common, 'message'],
  refusal: [...common, 'reason!', 'complaint!'],
  new: [...common, 'due', 'link!'],
  reminder: [...common, 'due!', 'link!'],
} as const satisfies Record<RequestMail, readonly string[]>;

export interface MailTemplate {
  subject: string;
  /** Plain text; an empty line begins a paragraph. */
  body: string;
}

/** Which placeholders of a template are not known, and which needed ones it lacks. */
export const templateProblems = (
  kind: RequestMail,
  { subject, body }: MailTemplate,
): { field: keyof MailTemplate; unknown?: string; missing?: string }[] => {
  const known = MAIL_PLACEHOLDERS[kind] as readonly string[];
  const used = (text: string) => [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!);
  const names = known.map((name) => name.replace('!', ''));
  return [
    ...(['subject', 'body'] as const).flatMap((field) =>
      used({ subject, body }[field])
        .filter((name) => !names.includes(name))
        .map((unknown) => ({ field, unknown })),
    ),
    ...known
      .filter((name) => name.endsWith('!') && !used(body).includes(name.slice(0, -1)))
      .map((name) => ({ field: 'body' as const, missing: name.slice(0, -1) })),
  ];
};

export interface StoredTemplate extends MailTemplate {
  kind: RequestMail;
  locale: string;
  /** Whether it is the one that came with Privacy Desk. */
  builtIn: boolean;
}

export interface RequestTemplates {
  /** Languages of built-in templates, those of Strapi's content, and those that templates were written in. */
  locales: string[];
  templates: StoredTemplate[];
}

/** Body of `PUT /privacy-desk/request-templates/:kind/:locale`. */
export type TemplateChange = MailTemplate;
