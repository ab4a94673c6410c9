import { styled } from 'styled-components';

/** A table that is scrolled sideways where there is no room for it. */
export const EntryTable = styled.div.attrs({ tabIndex: 0, role: 'group' })`
  overflow-x: auto;

  table {
    width: 100%;
  }

  th,
  td {
    padding: ${({ theme }) => theme.spaces[2]};
    text-align: start;
    vertical-align: top;
    border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;

/** What opens a row's details; as a link looks, of which it is none. */
export const OpenButton = styled.button`
  padding: 0;
  border: 0;
  background: none;
  cursor: pointer;
  text-align: start;
  text-decoration: underline;
  color: ${({ theme }) => theme.colors.primary700};
  font-size: ${({ theme }) => theme.fontSizes[2]};
`;
