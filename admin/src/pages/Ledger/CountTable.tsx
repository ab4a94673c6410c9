import { Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { FormattedNumber } from 'react-intl';
import { styled } from 'styled-components';
import { useText } from '../../hooks/useText';

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
  /** Heading of the first column. */
  first: string;
  categories: { key: string; name: string }[];
  rows: { key: string; name: ReactNode; decisions: number; percents: Record<string, number | null> }[];
}

/** Numbers of decisions and opt-in rates by category. */
export const CountTable = ({ label, first, categories, rows }: Props) => {
  const text = useText();
  return (
    <Scroll tabIndex={0} role="group" aria-label={label}>
      <table>
        <thead>
          <tr>
            {[first, text('ledger.decisions'), ...categories.map(({ name }) => name)].map((heading, index) => (
              <th key={index} scope="col">
                <Typography variant="sigma" textColor="neutral600">
                  {heading}
                </Typography>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, decisions, percents }) => (
            <tr key={key}>
              <th scope="row">
                <Typography textColor="neutral800">{name}</Typography>
              </th>
              <td>
                <Typography textColor="neutral800">
                  <FormattedNumber value={decisions} />
                </Typography>
              </td>
              {categories.map((category) => {
                const percent = percents[category.key] ?? null;
                return (
                  <td key={category.key}>
                    <Typography textColor="neutral800">
                      {percent === null ? '–' : text('number.percent', { percent })}
                    </Typography>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};
