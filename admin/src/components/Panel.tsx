import { Box, Flex, Typography } from '@strapi/design-system';
import { useId, type ReactNode } from 'react';

interface Props {
  title: ReactNode;
  /** Of its heading. */
  level?: 2 | 3;
  /** Beside the title. */
  note?: ReactNode;
  /** At the end of the title's line. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A titled part of the page. */
export const Panel = ({ title, level = 2, note, actions, children }: Props) => {
  const id = useId();
  return (
    <Box tag="section" aria-labelledby={id} background="neutral0" shadow="tableShadow" hasRadius padding={6}>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={4} wrap="wrap" paddingBottom={4}>
        <Flex gap={2} wrap="wrap" minHeight="3.2rem">
          <Typography id={id} tag={`h${level}`} variant="delta">
            {title}
          </Typography>
          {note}
        </Flex>
        {actions && <Flex gap={2}>{actions}</Flex>}
      </Flex>
      {children}
    </Box>
  );
};
