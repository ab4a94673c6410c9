import { Badge } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { styled } from 'styled-components';

const OneLine = styled(Badge)`
  white-space: nowrap;
`;

export type Look = 'danger' | 'warning' | 'success' | 'primary' | 'neutral';

/** A state in a word or two. The darker orange is not dark enough on the light one to be read (WCAG 1.4.3). */
export const Mark = ({ look, children }: { look: Look; children: ReactNode }) => (
  <OneLine
    size="S"
    backgroundColor={look === 'neutral' ? 'neutral150' : `${look}100`}
    textColor={look === 'neutral' || look === 'warning' ? 'neutral800' : `${look}700`}
  >
    {children}
  </OneLine>
);
