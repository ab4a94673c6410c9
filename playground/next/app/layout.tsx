import type { Metadata } from 'next';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { Consent } from './consent';
import './site.css';

export const metadata: Metadata = { title: 'Northlight Coffee' };

export default async function Layout({ children }: { children: ReactNode }) {
  // A nonce is good for one answer, so pages with one are not made at build time.
  await connection();
  return (
    <html lang="en">
      <body>
        <Consent locale="en">{children}</Consent>
      </body>
    </html>
  );
}
