import { Box, Typography } from '@strapi/design-system';

/** A number of a `<dl>` that stands for itself. */
export const Figure = ({ name, value }: { name: string; value: string }) => (
  <Box minWidth="16rem">
    <Typography tag="dt" variant="sigma" textColor="neutral600">
      {name}
    </Typography>
    <Typography tag="dd" variant="alpha" textColor="neutral800">
      {value}
    </Typography>
  </Box>
);
