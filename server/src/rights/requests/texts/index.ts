import type { MailTemplate, RequestMail } from '../../../../../contract';
import { closestLocales } from '../../../catalogue/closest-locales';
import de from './de.json';
import en from './en.json';
import es from './es.json';
import fr from './fr.json';
import it from './it.json';
import nl from './nl.json';
import pl from './pl.json';
import pt from './pt.json';

/** What the person reads in mails and on the pages that links in them lead to, in one language. */
export interface RequestTexts {
  /** Of the right to complain (GDPR, article 12 (4)). */
  complaint: string;
  mails: Record<RequestMail, MailTemplate>;
  pages: Record<
    | 'confirmTitle'
    | 'confirmText'
    | 'confirm'
    | 'notMe'
    | 'confirmedTitle'
    | 'confirmedText'
    | 'deletedTitle'
    | 'deletedText'
    | 'downloadTitle'
    | 'downloadText'
    | 'download'
    | 'invalidTitle'
    | 'invalidText',
    string
  >;
}

const languages: Record<string, RequestTexts> = { de, en, es, fr, it, nl, pl, pt };

/** Languages that mails and pages come in. */
export const requestLocales: readonly string[] = Object.keys(languages);

/** The texts of the closest language, English if there is none, and which one that is. */
export const requestTexts = (locale: string): RequestTexts & { locale: string } => {
  const [found = 'en'] = closestLocales(locale, requestLocales, 'en');
  return { locale: found, ...languages[found]! };
};

/** Puts values in the place of `{names}`; what is empty takes its paragraph with it. */
export const fillIn = (text: string, values: Record<string, string>): string =>
  text
    .split('\n\n')
    .flatMap((paragraph) => {
      const alone = /^\{([^{}]+)\}$/.exec(paragraph)?.[1];
      if (alone !== undefined && values[alone] === '') return [];
      return paragraph.replace(/\{([^{}]+)\}/g, (whole, name: string) =>
        Object.hasOwn(values, name) ? values[name]! : whole,
      );
    })
    .join('\n\n');
