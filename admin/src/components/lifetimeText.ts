import type { Lifetime } from '../../../contract';
import type { Text } from '../hooks/useText';

const units = [
  ['years', 365 * 86_400],
  ['months', 30 * 86_400],
  ['days', 86_400],
  ['hours', 3600],
  ['minutes', 60],
] as const;

/** How long something stays in the browser, in words: `2 years`, `Session`. null: nobody knows. */
export const lifetimeText = (text: Text, value: Lifetime | null): string => {
  if (value === null) return text('storage.unit.unknown');
  if (typeof value !== 'number') return text(`storage.unit.${value}`);
  const [unit, seconds] = units.find(([, length]) => value > 0 && value % length === 0) ?? ['seconds', 1];
  return `${value / seconds} ${text(`storage.unit.${unit}`, { amount: value / seconds })}`;
};
