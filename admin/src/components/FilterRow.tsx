import { Flex } from '@strapi/design-system';
import { styled } from 'styled-components';

/** Search and choices above a list. */
export const FilterRow = styled(Flex).attrs(({ alignItems = 'center' }) => ({ gap: 2, wrap: 'wrap', alignItems }))`
  & > form {
    flex: 1 1 22rem;
  }

  & > div {
    flex: 0 1 18rem;
  }
`;
