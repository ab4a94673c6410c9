import type { Lifetime } from '../../../contract/consent-config';
import type { Texts } from '../../../contract/texts';

const units = { year: 31536000, month: 2592000, day: 86400, hour: 3600, minute: 60, second: 1 };

/** A lifetime in words: "2 years" in the language of `locale`, in the largest unit that says it exactly; nothing if unknown. */
export const lifetimeText = (lifetime: Lifetime | undefined, texts: Texts, locale: string): string | undefined => {
  if (lifetime === 'session') return texts.lifetimeSession;
  if (lifetime === 'persistent') return texts.lifetimePersistent;
  if (!lifetime) return;
  const [unit, seconds] = Object.entries(units).find(([, seconds]) => lifetime % seconds === 0)!;
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(lifetime / seconds);
};
