import { Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { styled } from 'styled-components';

const Scroll = styled.div`
  overflow-x: auto;

  table {
    width: 100%;
  }

  th,
  td {
    padding: ${({ theme }) => theme.spaces[2]};
    text-align: end;
    white-space: nowrap;
    border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  th:first-child {
    text-align: start;
    white-space: normal;
  }
`;

interface Props {
  label: string;
  /** The first is that of the rows' names. */
  headings: string[];
  rows: { key: string; name: ReactNode; values: ReactNode[] }[];
}

/** Numbers of several things side by side. */
export const NumberTable = ({ label, headings, rows }: Props) => (
  <Scroll tabIndex={0} role="group" aria-label={label}>
    <table>
      <thead>
        <tr>
          {headings.map((heading, index) => (
            <th key={index} scope="col">
              <Typography variant="sigma" textColor="neutral600">
                {heading}
              </Typography>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, values }) => (
          <tr key={key}>
            <th scope="row">
              <Typography textColor="neutral800">{name}</Typography>
            </th>
            {values.map((value, index) => (
              <td key={index}>
                <Typography textColor="neutral800">{value}</Typography>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);
