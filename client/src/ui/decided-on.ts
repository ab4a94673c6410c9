import type { Texts } from '../../../contract/texts';
import type { Desk } from '../core/desk';

/** When the visitor decided last, as a sentence. */
export const decidedOn = (desk: Desk, texts: Texts): string => {
  const times = Object.values(desk.choice()?.entries ?? {}).map(({ decidedAt = 0 }) => decidedAt * 1000);
  return times[0]
    ? texts.decidedOn.replace('{date}', () =>
        new Intl.DateTimeFormat(desk.config.locale, { dateStyle: 'long' }).format(Math.max(...times)),
      )
    : texts.undecided;
};
