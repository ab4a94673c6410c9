import { useEffect, useState } from 'react';
import type texts from '../../translations/data-requests/en.json';

/** Why a request may be refused (GDPR, articles 12 and 15 to 21). */
export const REFUSALS = ['unidentified', 'excessive', 'duty', 'claims', 'others', 'not-applicable'] as const;
type Refusal = (typeof REFUSALS)[number];

type Texts = typeof texts;

const textsIn = (locale: string): Promise<Texts> =>
  import(`../../translations/data-requests/${locale}.json`).then((file) => file.default);

/** What persons may be told in their own language, or in English where we do not speak it; null while it is loaded. */
export const useRefusals = (locale: string): Record<Refusal, string> | null => {
  const [reasons, setReasons] = useState<Record<Refusal, string> | null>(null);
  useEffect(() => {
    let current = true;
    textsIn(locale.split('-')[0]!)
      .catch(() => textsIn('en'))
      .then(
        (found) =>
          current &&
          setReasons(
            Object.fromEntries(REFUSALS.map((name) => [name, found[`requests.refusal.${name}.text`]])) as Record<
              Refusal,
              string
            >,
          ),
        () => {}, // a reason of one's own can be written without them
      );
    return () => {
      current = false;
    };
  }, [locale]);
  return reasons;
};
