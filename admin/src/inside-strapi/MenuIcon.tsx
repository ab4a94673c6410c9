import { Shield } from '@strapi/icons';
import { lazy, Suspense, type ComponentProps } from 'react';

const AttentionMark = lazy(() => import('./AttentionMark'));

/** The icon of our menu entry, with a mark while something needs attention. What draws the mark comes after Strapi has started. */
export const MenuIcon = (props: ComponentProps<typeof Shield>) => (
  <>
    <Shield {...props} />
    <Suspense>
      <AttentionMark />
    </Suspense>
  </>
);
