import type { Install } from '../../../../contract';

/** Ways to put Privacy Desk on a website; docs/website.md and docs/react.md say more about each. */
export const ways = ['script', 'gtm', 'esm', 'react', 'csp'] as const;
export type Way = (typeof ways)[number];

type Values = Pick<Install, 'site' | 'clientUrl' | 'endpoint' | 'stub' | 'stubHash'> & { locale: string };

/** What is to be replaced by a new random value in each answer. */
const NONCE = '{nonce}';

const scriptTags = ({ site, clientUrl, stub, locale }: Values, nonce = ''): string => {
  const query = new URLSearchParams({ site, locale });
  return `<script${nonce}>${stub}</script>\n<script${nonce} src="${clientUrl}?${query}"></script>`;
};

const options = ({ endpoint, site, locale }: Values, indent: string): string =>
  Object.entries({ endpoint, site, locale })
    .map(([name, value]) => `${indent}${name}: ${JSON.stringify(value)},`)
    .join('\n');

/** The code to copy, filled with the values of a site and a language. */
export const snippetOf: Record<Way, (values: Values) => string> = {
  script: (values) => scriptTags(values),

  gtm: (values) => `${scriptTags(values)}
<!-- Google Tag Manager: the snippet of your container stands here, after both -->`,

  esm: (values) => `// npm install privacy-desk-client
import { createPrivacyDesk } from 'privacy-desk-client';

const privacyDesk = createPrivacyDesk({
${options(values, '  ')}
});
await privacyDesk.ready;
if (privacyDesk.getPreference('STATISTICS')) startStatistics();
`,

  react: (values) => `'use client'; // npm install privacy-desk-client

import { createPrivacyDesk } from 'privacy-desk-client';
import { Gate, PrivacyDeskProvider, useConsent, usePreference } from 'privacy-desk-client/react';

const createDesk = () =>
  createPrivacyDesk({
${options(values, '    ')}
  });

export const Consent = ({ children }) => <PrivacyDeskProvider desk={createDesk}>{children}</PrivacyDeskProvider>;

// Anywhere inside:
// <Gate category="STATISTICS"><Statistics /></Gate>
// const allowed = usePreference('STATISTICS');
// <button onClick={useConsent().openSettings}>Privacy settings</button>
`,

  csp: (values) => {
    const { origin } = new URL(values.clientUrl);
    return `Content-Security-Policy: script-src 'nonce-${NONCE}' 'strict-dynamic'; style-src 'nonce-${NONCE}'; connect-src ${origin}; require-trusted-types-for 'script'; trusted-types privacy-desk

${scriptTags(values, ` nonce="${NONCE}"`)}

Content-Security-Policy: script-src ${values.stubHash} 'self' ${origin}; style-src 'self'; connect-src ${origin}; require-trusted-types-for 'script'; trusted-types privacy-desk

${scriptTags(values)}`;
  },
};
