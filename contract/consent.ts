/** How a visitor decided. */
export type ConsentSource = 'accept-all' | 'reject-all' | 'save' | 'withdraw' | 'api' | 'embed' | 'import';
export const consentSources = [
  'accept-all',
  'reject-all',
  'save',
  'withdraw',
  'api',
  'embed',
  'import',
] as const satisfies readonly ConsentSource[];

/** Where on the page they decided. */
export type ConsentLayer = 'banner' | 'settings' | 'placeholder' | 'declaration' | 'page';
export const consentLayers = [
  'banner',
  'settings',
  'placeholder',
  'declaration',
  'page',
] as const satisfies readonly ConsentLayer[];

/** Body of `POST …/consents`, at most `MAX_CONSENT_BYTES` of JSON. */
export interface ConsentPost {
  /** A UUID that the client makes, so that a retry is the same consent. */
  id: string;
  site: string;
  /** BCP 47. */
  locale: string;
  /** `version` of the consent config that was shown. */
  configVersion: string;
  /** From the choice; null, absent or `-` for visitors who only ever refused. */
  subject?: string | null;
  /** By category key, and `item:<key>` for items that are an exception; without required categories. */
  choices: Record<string, boolean>;
  source: ConsentSource;
  /** ISO 8601 with time zone. */
  decidedAt: string;
  /** Whether the browser sent Global Privacy Control. Absent: as the `Sec-GPC` header of this request says. */
  gpc?: boolean;
  layer?: ConsentLayer;
}

export const MAX_CONSENT_BYTES = 8192;

/** Answer of `POST …/consents`, after the commit: 201, or 200 for an id that is recorded already. */
export interface ConsentAnswer {
  id: string;
  /** ISO 8601. */
  recordedAt: string;
  /** For `GET` and `DELETE …/consents`: of the subject's whole history with its first consent, else of this record alone. */
  token: string;
}

/** What `GET …/consents` answers for one consent. */
export interface ConsentReceipt {
  id: string;
  /** ISO 8601. */
  recordedAt: string;
  /** The receipt's fields, the same as in `jws`; see docs/ledger.md. */
  receipt: Record<string, unknown>;
  /** The receipt as a compact JWS (RFC 7515), verifiable with `GET …/keys`. */
  jws: string;
}
