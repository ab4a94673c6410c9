import type { Dialect, OwnTable } from '../../database/own-tables';

export const REQUESTS = 'privacy_desk_requests';
/** What happened to a request. */
export const REQUEST_EVENTS = 'privacy_desk_request_events';
/** Mails that are to be sent, and those that were. */
export const REQUEST_MAILS = 'privacy_desk_request_mails';
/** While a mail is being sent nobody else tries for so long; after a crash somebody does when it is over. */
export const MAIL_CLAIM_MS = 90_000;
/** Solved challenges, until they expire: none is taken twice. */
export const USED_CHALLENGES = 'privacy_desk_used_challenges';
/** Templates of mails that were written in the panel. */
export const REQUEST_TEMPLATES = 'privacy_desk_request_templates';

export const requestTables = ({ text }: Dialect): OwnTable[] => [
  {
    name: REQUESTS,
    columns: [
      'id varchar(36) not null primary key',
      'reference varchar(16) not null',
      'site varchar(64) not null',
      'locale varchar(35) not null',
      'type varchar(16) not null',
      'state varchar(16) not null',
      'received_at_ms bigint not null',
      'due_at_ms bigint not null',
      'confirmed_at_ms bigint',
      'extended_at_ms bigint',
      'closed_at_ms bigint',
      // Until when the link in the mail is good; null: no mail was sent yet.
      'link_until_ms bigint',
      // Which deadline those who handle requests were reminded of.
      'reminded_of_ms bigint',
      // Id of an admin user.
      'assignee varchar(64)',
      // Keyed hash: finds the requests of an address, also when the address itself is gone.
      'email_hash varchar(32) not null',
      'downloads int not null',
      // Counts what happened to it: numbers the events, and tells of two actions which came first.
      'version int not null',
      // The key of everything personal about this request, sealed; null: destroyed.
      `sealed_key ${text}`,
      // JSON of a RequestContent.
      `sealed_content ${text}`,
    ],
    indexes: {
      privacy_desk_requests_due: ['state', 'due_at_ms'],
      privacy_desk_requests_reference: ['reference'],
      privacy_desk_requests_email: ['email_hash', 'received_at_ms'],
      privacy_desk_requests_closed: ['closed_at_ms'],
    },
  },
  {
    name: REQUEST_EVENTS,
    columns: [
      'request_id varchar(36) not null',
      'number int not null',
      'at_ms bigint not null',
      'kind varchar(24) not null',
      // Id of an admin user; null: the person, or by itself.
      'actor varchar(64)',
      // JSON of an EventDetail.
      `sealed_detail ${text}`,
      'primary key (request_id, number)',
    ],
  },
  {
    name: REQUEST_MAILS,
    columns: [
      'id varchar(36) not null primary key',
      'request_id varchar(36) not null',
      'kind varchar(24) not null',
      // JSON of what is filled into the template beyond what the request says.
      `sealed_parts ${text}`,
      'created_at_ms bigint not null',
      // Not to be tried earlier; while it is tried, until when nobody else does.
      'next_at_ms bigint not null',
      'attempts int not null',
      'sent_at_ms bigint',
      'failed_at_ms bigint',
    ],
    indexes: {
      privacy_desk_request_mails_next: ['sent_at_ms', 'next_at_ms'],
      privacy_desk_request_mails_of: ['request_id'],
    },
  },
  {
    name: USED_CHALLENGES,
    columns: [
      'id varchar(64) not null primary key',
      // Who used it: an insert that changed nothing is told by this.
      'used_by varchar(36) not null',
      'expires_at_ms bigint not null',
    ],
    indexes: { privacy_desk_used_challenges_expiry: ['expires_at_ms'] },
  },
  {
    name: REQUEST_TEMPLATES,
    columns: [
      'kind varchar(24) not null',
      'locale varchar(35) not null',
      `subject ${text} not null`,
      `body ${text} not null`,
      'changed_at_ms bigint not null',
      'primary key (kind, locale)',
    ],
  },
];
