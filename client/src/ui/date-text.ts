import type { Desk } from '../core/desk';

/** When the visitor decided last, in words; empty while undecided. */
export const dateText = (desk: Desk): string => {
  const seconds = Object.values(desk.choice()?.categories ?? {}).map(({ decidedAt }) => decidedAt);
  return seconds.length
    ? new Intl.DateTimeFormat(desk.config.locale, { dateStyle: 'long' }).format(Math.max(...seconds) * 1000)
    : '';
};
