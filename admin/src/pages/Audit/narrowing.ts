import type { AuditActorType, AuditNarrowing, AuditOutcome } from '../../../../contract';
import { auditActorTypes, auditOutcomes } from '../../../../contract';

/** What the address keeps of the page. Whom somebody searched for is not among it: addresses get into logs. */
export const ADDRESS = ['action', 'by', 'of', 'website', 'outcome', 'request', 'from', 'to'] as const;
export type AddressName = (typeof ADDRESS)[number];
export type AddressValues = Partial<Record<AddressName, string>>;

const dayAt = (day: string, plusDays: number): string | undefined => {
  const [year = NaN, month = NaN, date = NaN] = day.split('-').map(Number);
  const time = new Date(year, month - 1, date + plusDays);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
};

const oneOf = <Value extends string>(values: readonly Value[], value: string | undefined): Value | undefined =>
  values.find((each) => each === value);

/**
 * What the server is asked for. Days are those of whoever looks at them.
 *
 * @param searched whom or what it is to concern, as it was typed
 */
export const narrowingOf = (values: AddressValues, searched: string): AuditNarrowing => {
  const { action, by = '', of, website, outcome, request, from, to } = values;
  const actorType = oneOf<AuditActorType>(auditActorTypes, by);
  const narrowing: AuditNarrowing = {
    from: from && dayAt(from, 0),
    to: to && dayAt(to, 1),
    action,
    ...(actorType ? { actorType } : { actor: by || undefined }),
    target: searched.trim() || of,
    site: website,
    outcome: oneOf<AuditOutcome>(auditOutcomes, outcome),
    request,
  };
  return Object.fromEntries(Object.entries(narrowing).filter(([, value]) => value !== undefined));
};
