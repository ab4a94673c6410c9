import type { AuditActorType, AuditOutcome } from '../../../contract';

/** Who does something. */
export interface EventActor {
  type: AuditActorType;
  /** Of an admin the `id`, of a user of users-permissions the `documentId`, of a token its `id`. */
  id?: string | number;
  name?: string;
}

/** What it is done to. */
export interface EventTarget {
  /** UID of a content type, or a word of one's own. */
  type: string;
  /** Of an entry its `documentId`. Sealed, as it may lead to a person. */
  id?: string | number;
  /** What people know it by, for instance an e-mail address. Sealed. */
  label?: string;
}

/** A field that changes. */
export interface EventChange {
  field: string;
  before?: unknown;
  after?: unknown;
  /**
   * Says that the values are neither personal nor secret, so that they are kept as they are. Otherwise only keyed hashes of
   * them are: one sees that something changed, and whether it changed back.
   */
  plain?: boolean;
}

/** The request that something is done with; by default the one that Strapi is answering. */
export interface EventRequest {
  method: string;
  /** The route's pattern, without values and query: these may name people. */
  route: string;
  id?: string;
  /** The client's address; kept only as `audit.ip` says. */
  address?: string;
}

/** What is recorded. */
export interface AuditEvent {
  /** Dotted, from the general to the particular: `subject.export`, `catalogue.update`. */
  action: string;
  actor?: EventActor;
  target?: EventTarget;
  /** Key of a site. */
  site?: string;
  outcome?: AuditOutcome;
  changes?: readonly EventChange[];
  /** What else is worth knowing, for instance numbers. It is kept as it is: nothing personal, nothing secret. */
  detail?: Record<string, unknown>;
  request?: EventRequest;
}

const ACTION = /^[a-z][a-z\d-]*(\.[a-z][a-z\d-]*)+$/;
const LONGEST_ACTION = 64;

/** @throws Error if it is no name of an action: a mistake in the code that records it */
export const requireAction = (action: string): void => {
  if (!ACTION.test(action) || action.length > LONGEST_ACTION)
    throw new Error(`“${action}” is no name of an action such as subject.export`);
};

/** Actors are known by the types of what Strapi keeps them as, so that an actor and a target can be the same person. */
const ACTOR_TYPES: Partial<Record<AuditActorType, string>> = {
  admin: 'admin::user',
  user: 'plugin::users-permissions.user',
  'api-token': 'admin::api-token',
};

/** The type of target that an actor would be. */
export const actorTypeOf = (type: AuditActorType): string => ACTOR_TYPES[type] ?? type;
