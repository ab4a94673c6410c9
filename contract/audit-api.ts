/** Who did something: an administrator, a user of the site, a program, somebody unknown, the plugin itself, a command. */
export const auditActorTypes = ['admin', 'user', 'api-token', 'visitor', 'system', 'command'] as const;
export type AuditActorType = (typeof auditActorTypes)[number];

/** `refused`: it was not allowed or not possible; `failed`: it broke off. */
export const auditOutcomes = ['ok', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** A field that changed. Where `hidden`, the values are keyed hashes (`{hash}`): they tell whether two are equal, and nothing else. */
export interface AuditChange {
  field: string;
  /** null: it was empty. */
  before: unknown;
  after: unknown;
  hidden: boolean;
}
