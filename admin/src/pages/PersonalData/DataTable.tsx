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
    padding: ${({ theme }) => theme.spaces[3]};
    text-align: start;
    vertical-align: top;
    border-block-end: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  th:first-child,
  td:first-child {
    padding-inline-start: 0;
  }

  th:last-child,
  td:last-child {
    padding-inline-end: 0;
  }

  tbody tr:last-child > * {
    border-block-end: 0;
  }

  tbody th {
    font-weight: inherit;
  }

  .number {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }

  /* Left out where there is no room for it beside the rest. */
  .wide {
    display: none;
  }

  ${({ theme }) => theme.breakpoints.large} {
    .wide {
      display: table-cell;
    }
  }
`;

export interface Column {
  key: string;
  label: string;
  isNumber?: boolean;
  /** Only where there is room; its cells have the class `wide`, too. */
  isWide?: boolean;
}

interface Props {
  label: string;
  columns: Column[];
  children: ReactNode;
}

/** A table that scrolls by itself where there is no room for it. */
export const DataTable = ({ label, columns, children }: Props) => (
  <Scroll tabIndex={0} role="group" aria-label={label}>
    <table>
      <thead>
        <tr>
          {columns.map(({ key, label: name, isNumber, isWide }) => (
            <th key={key} scope="col" className={isNumber ? 'number' : isWide ? 'wide' : undefined}>
              <Typography variant="sigma" textColor="neutral600">
                {name}
              </Typography>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </Scroll>
);
