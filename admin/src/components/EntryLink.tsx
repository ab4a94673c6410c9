import { Link } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';

/** A link to somewhere else in the admin panel, for instance an entry in the Content Manager. */
export const EntryLink = ({ to, children }: { to: string; children: ReactNode }) => (
  <Link tag={RouterLink} to={to}>
    {children}
  </Link>
);
