import { Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';

/** A named value of a `<dl>`. */
export const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <Typography tag="dt" variant="sigma" textColor="neutral600">
      {name}
    </Typography>
    <Typography tag="dd" variant="omega" textColor="neutral800">
      {children}
    </Typography>
  </div>
);
