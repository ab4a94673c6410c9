import { Flex } from '@strapi/design-system';
import { styled } from 'styled-components';

/** Search and choices above a list. */
export const FilterRow = styled(Flex).attrs({ gap: 2, wrap: 'wrap', alignItems: 'center' })`
  & > form {
    flex: 1 1 22rem;
  }

  & > div {
    flex: 0 1 18rem;
  }
`;
