import { Box } from '@strapi/design-system';
import { styled } from 'styled-components';

/** A list of what to choose from, and beside it what was chosen; one above the other where there is no room. */
export const Columns = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: ${({ theme }) => theme.spaces[4]};
  align-items: start;

  ${({ theme }) => theme.breakpoints.medium} {
    grid-template-columns: clamp(18rem, 28%, 24rem) minmax(0, 1fr);
  }
`;

export const Card = styled(Box)`
  background: ${({ theme }) => theme.colors.neutral0};
  border-radius: ${({ theme }) => theme.borderRadius};
  box-shadow: ${({ theme }) => theme.shadows.tableShadow};
`;
