import { Typography, VisuallyHidden } from '@strapi/design-system';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { MatrixRow, PanelLocale, TextState } from '../../../../contract';
import { useSearch } from '../../hooks/useSearch';
import { useText } from '../../hooks/useText';
import { useFieldName } from './useFieldName';

const Scroll = styled.div`
  overflow-x: auto;
`;

const Table = styled.table`
  width: 100%;

  th,
  td {
    padding: ${({ theme }) => theme.spaces[2]};
    text-align: start;
    vertical-align: middle;
    border-bottom: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  th:first-child {
    position: sticky;
    inset-inline-start: 0;
    min-width: 24rem;
    max-width: 40rem;
    background: ${({ theme }) => theme.colors.neutral0};
  }

  tbody th {
    font-weight: 400;
  }

  thead th:not(:first-child),
  td {
    text-align: center;
  }
`;

const Source = styled.span`
  display: -webkit-box;
  -webkit-box-orient: vertical;
  -webkit-line-clamp: 2;
  overflow: hidden;
  overflow-wrap: anywhere;
`;

const colors: Record<TextState, string> = {
  translated: 'success',
  inherited: 'success',
  missing: 'danger',
  'built-in': 'neutral',
};

const Cell = styled(Link)<{ $state: TextState }>`
  display: inline-grid;
  place-items: center;
  width: 2.8rem;
  height: 2.8rem;
  border-radius: ${({ theme }) => theme.borderRadius};
  text-decoration: none;
  color: ${({ theme, $state }) => theme.colors[`${colors[$state]}700` as 'success700']};
  background: ${({ theme, $state }) => theme.colors[`${colors[$state]}100` as 'success100']};

  &:hover,
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
`;

/** Not told by colour alone. */
const signs: Record<TextState, string> = { translated: '✓', inherited: '≈', missing: '✕', 'built-in': '–' };

interface Props {
  rows: MatrixRow[];
  /** Without the default one. */
  locales: PanelLocale[];
}

/** Texts and languages; each cell leads to the translation. */
export const Matrix = ({ rows, locales }: Props) => {
  const text = useText();
  const fieldName = useFieldName();
  const { search } = useSearch();
  const to = (locale: string, id: string): string => {
    const next = new URLSearchParams(search);
    next.delete('page');
    next.set('locale', locale);
    next.set('at', id);
    return `?${next}`;
  };
  return (
    <Scroll tabIndex={0} role="region" aria-label={text('translations.all')}>
      <Table>
        <thead>
          <tr>
            <th scope="col">
              <Typography variant="sigma" textColor="neutral600">
                {text('translations.text')}
              </Typography>
            </th>
            {locales.map(({ code, name }) => (
              <th key={code} scope="col">
                <Typography variant="sigma" textColor="neutral600" title={name}>
                  {code}
                </Typography>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">
                <Typography variant="pi" textColor="neutral600">
                  {row.name} · {fieldName(row)}
                </Typography>
                <Typography textColor="neutral800" tag={Source}>
                  {row.source}
                </Typography>
              </th>
              {locales.map(({ code, name }) => {
                const state = row.states[code]!;
                return (
                  <td key={code}>
                    <Cell to={to(code, row.id)} $state={state} title={text(`translations.state.${state}`)}>
                      <span aria-hidden>{signs[state]}</span>
                      <VisuallyHidden>
                        {text('translations.cell', {
                          name: row.name,
                          field: fieldName(row),
                          language: name,
                          state: text(`translations.state.${state}`),
                        })}
                      </VisuallyHidden>
                    </Cell>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </Table>
    </Scroll>
  );
};
