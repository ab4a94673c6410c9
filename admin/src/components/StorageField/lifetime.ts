import type { Lifetime } from '../../../../contract';

/** Seconds of a unit; a month has 30 days and a year 365, as vendors count them. Longest first. */
const unitSeconds = {
  years: 365 * 86_400,
  months: 30 * 86_400,
  days: 86_400,
  hours: 3600,
  minutes: 60,
  seconds: 1,
} as const;

export type TimeUnit = keyof typeof unitSeconds;
export type LifetimeUnit = TimeUnit | 'session' | 'persistent' | 'unknown';

export const timeUnits = Object.keys(unitSeconds).reverse() as TimeUnit[];
export const lifetimeUnits: LifetimeUnit[] = [...timeUnits, 'session', 'persistent', 'unknown'];

export const isTimeUnit = (unit: LifetimeUnit): unit is TimeUnit => unit in unitSeconds;

/** The longest unit that says a lifetime in whole numbers; an empty amount (0 seconds) is said in days. */
export const unitOf = (lifetime: Lifetime | null | undefined): LifetimeUnit => {
  if (lifetime === null || lifetime === undefined) return 'unknown';
  if (typeof lifetime !== 'number') return lifetime;
  if (!(lifetime > 0)) return 'days';
  return (Object.keys(unitSeconds) as TimeUnit[]).find((unit) => lifetime % unitSeconds[unit] === 0) ?? 'seconds';
};

/** How many of a unit a lifetime is; undefined while no amount was entered. */
export const amountOf = (lifetime: Lifetime | null | undefined, unit: LifetimeUnit): number | undefined =>
  typeof lifetime === 'number' && lifetime !== 0 && isTimeUnit(unit) ? lifetime / unitSeconds[unit] : undefined;

/** In seconds. An amount that is still missing is 0 seconds, which no storage entry may have, so it is asked for on save. */
export const lifetimeOf = (amount: number | undefined, unit: LifetimeUnit): Lifetime | undefined => {
  if (isTimeUnit(unit)) return (amount ?? 0) * unitSeconds[unit];
  return unit === 'unknown' ? undefined : unit;
};

/** The unit an editor chose, as long as it says the lifetime in whole numbers. */
export const shownUnit = (lifetime: Lifetime | null | undefined, chosen: LifetimeUnit): LifetimeUnit => {
  if (isTimeUnit(chosen) && typeof lifetime === 'number')
    return lifetime % unitSeconds[chosen] === 0 ? chosen : unitOf(lifetime);
  return unitOf(lifetime);
};
