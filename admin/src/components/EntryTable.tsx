import { Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';

const Scroll = styled.div`
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

  tbody th {
    font-weight: ${({ theme }) => theme.fontWeights.regular};
  }

  /* As a link looks, of which it is none. */
  button {
    padding: 0;
    border: 0;
    background: none;
    cursor: pointer;
    text-align: start;
    text-decoration: underline;
    color: ${({ theme }) => theme.colors.primary700};
    font-size: ${({ theme }) => theme.fontSizes[2]};
  }
`;

interface Props {
  label: string;
  headings: string[];
  /** The first cell says which row it is. */
  rows: { key: string; cells: [ReactNode, ...ReactNode[]] }[];
}

/** A table that is scrolled sideways where there is no room for it. */
export const EntryTable = ({ label, headings, rows }: Props) => (
  <Scroll tabIndex={0} role="group" aria-label={label}>
    <table>
      <thead>
        <tr>
          {headings.map((heading) => (
            <th key={heading} scope="col">
              <Typography variant="sigma" textColor="neutral600">
                {heading}
              </Typography>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells: [first, ...others] }) => (
          <tr key={key}>
            <th scope="row">{first}</th>
            {others.map((cell, index) => (
              <td key={index}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);

interface OpenProps {
  /** ISO 8601. */
  at: string;
  /** What is opened, for those who cannot see the row. */
  label: (date: string) => string;
  onOpen: () => void;
}

/** When a row's entry was; opens its details. */
export const OpenButton = ({ at, label, onOpen }: OpenProps) => {
  const { formatDate } = useIntl();
  const date = formatDate(at, { dateStyle: 'medium', timeStyle: 'medium' });
  return (
    <button type="button" aria-label={label(date)} onClick={onOpen}>
      {date}
    </button>
  );
};
