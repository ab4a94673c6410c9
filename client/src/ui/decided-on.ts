import { decidedAt } from '../../../contract/choice';
import type { Texts } from '../../../contract/texts';
import type { Desk } from '../core/desk';

/** When the visitor decided last, as a sentence. */
export const decidedOn = (desk: Desk, texts: Texts): string => {
  const seconds = Math.max(0, ...Object.values(desk.choice().entries).map((entry) => decidedAt(entry) ?? 0));
  return seconds
    ? texts.decidedOn.replace('{date}', () =>
        new Intl.DateTimeFormat(desk.config.locale, { dateStyle: 'long' }).format(seconds * 1000),
      )
    : texts.undecided;
};
