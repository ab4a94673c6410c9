import type { RequestMail, RequestState, RequestType } from '../../../../contract';

/** A row of `REQUESTS`. */
export interface RequestRow {
  id: string;
  reference: string;
  site: string;
  locale: string;
  type: RequestType;
  state: RequestState;
  received_at_ms: number;
  due_at_ms: number;
  confirmed_at_ms: number | null;
  extended_at_ms: number | null;
  closed_at_ms: number | null;
  link_until_ms: number | null;
  reminded_of_ms: number | null;
  assignee: string | null;
  email_hash: string;
  downloads: number;
  version: number;
  sealed_key: string | null;
  sealed_content: string | null;
}

const TIMES = [
  'received_at_ms',
  'due_at_ms',
  'confirmed_at_ms',
  'extended_at_ms',
  'closed_at_ms',
  'link_until_ms',
  'reminded_of_ms',
] as const;

/** PostgreSQL's driver gives what is a bigint as text. */
export const fromDatabase = (row: RequestRow): RequestRow => ({
  ...row,
  ...Object.fromEntries(TIMES.map((name) => [name, row[name] === null ? null : Number(row[name])])),
});

/** What is personal about a request from the beginning. */
export interface RequestContent {
  email: string;
  message: string;
}

/** What is personal about an event. */
export interface EventDetail {
  /** Name of the admin user: the user may be deleted later. */
  actor?: string;
  text?: string;
}

/** What is filled into a mail beyond what the request says. */
export interface MailParts {
  reason?: string;
  message?: string;
}

/** A mail that is to be sent. */
export interface MailOrder {
  kind: RequestMail;
  parts?: MailParts;
}
