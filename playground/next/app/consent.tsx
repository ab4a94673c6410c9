'use client';

import { createPrivacyDesk } from 'privacy-desk-client';
import { PrivacyDeskProvider } from 'privacy-desk-client/react';
import type { ReactNode } from 'react';

/** Makes the desk when the page is hydrated: what Privacy Desk shows is in nobody's way before. */
export const Consent = ({ locale, children }: { locale: string; children: ReactNode }) => (
  <PrivacyDeskProvider desk={() => createPrivacyDesk({ endpoint: '/api/privacy-desk', site: 'default', locale })}>
    {children}
  </PrivacyDeskProvider>
);
