import { Box, Flex, Typography } from '@strapi/design-system';
import { Information, WarningCircle } from '@strapi/icons';
import type { ReactNode } from 'react';

const looks = {
  danger: { background: 'danger100', borderColor: 'danger200', color: 'danger700' },
  warning: { background: 'warning100', borderColor: 'warning200', color: 'warning700' },
  success: { background: 'success100', borderColor: 'success200', color: 'success700' },
  info: { background: 'primary100', borderColor: 'primary200', color: 'primary700' },
} as const;

interface Props {
  variant: keyof typeof looks;
  /** Said aloud when it appears. */
  announced?: boolean;
  title: ReactNode;
  action?: ReactNode;
  children?: ReactNode;
}

/** Something to know before going on; stays, unlike a notification. */
export const Notice = ({ variant, announced = false, title, action, children }: Props) => {
  const { background, borderColor, color } = looks[variant];
  const Icon = variant === 'danger' || variant === 'warning' ? WarningCircle : Information;
  return (
    <Box
      background={background}
      borderColor={borderColor}
      hasRadius
      padding={4}
      role={announced ? (variant === 'danger' ? 'alert' : 'status') : undefined}
    >
      <Flex gap={3} alignItems="flex-start">
        <Box flex="none" paddingTop={1} color={color} aria-hidden>
          <Icon fill={color} />
        </Box>
        <Flex direction="column" alignItems="stretch" gap={2} flex="1" minWidth={0}>
          <Typography textColor="neutral800" tag="div">
            {title}
          </Typography>
          {children}
        </Flex>
        {action}
      </Flex>
    </Box>
  );
};
