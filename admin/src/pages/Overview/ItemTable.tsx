import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { TrackingItemSummary } from '../../../../contract';
import { useText } from '../../hooks/useText';
import { EntryLink } from '../../components/EntryLink';
import { EnabledMark } from '../../components/EnabledMark';
import { MissingLocales } from '../../components/MissingLocales';
import { useEditPath } from './useEditPath';

/** Columns of the same width in all categories, so that the page reads as one list. */
const Table = styled.table`
  width: 100%;
  min-width: 60rem;
  table-layout: fixed;

  th:first-child {
    width: 30%;
  }

  th:nth-child(3) {
    width: 10%;
  }

  th,
  td {
    padding: ${({ theme }) => `${theme.spaces[2]} ${theme.spaces[2]}`};
    text-align: start;
    vertical-align: middle;
  }

  tr > :first-child {
    padding-inline-start: 0;
  }

  tr > :last-child {
    padding-inline-end: 0;
  }

  tbody tr {
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;

/** Where the page is narrower than the columns need, the table is scrolled and not squeezed. */
const Scroll = styled.div`
  overflow-x: auto;
`;

const Number = styled.td`
  font-variant-numeric: tabular-nums;
`;

/** The tracking items of a category, each with a link to edit it. */
export const ItemTable = ({ items }: { items: TrackingItemSummary[] }) => {
  const text = useText();
  const editPath = useEditPath();
  return (
    <Scroll>
      <Table>
        <thead>
          <tr>
            {(['name', 'provider', 'storage', 'languages', 'state'] as const).map((column) => (
              <th key={column} scope="col">
                <Typography variant="sigma" textColor="neutral600">
                  {text(`items.${column}`)}
                </Typography>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map(({ documentId, key, name, provider, storageEntries, enabled, missingLocales }) => (
            <tr key={documentId}>
              <td>
                <EntryLink to={editPath('tracking-item', documentId)}>{name}</EntryLink>
                <Typography tag="p" variant="pi" textColor="neutral600">
                  <code>{key}</code>
                </Typography>
              </td>
              <td>
                <Typography textColor="neutral800">{provider ?? '–'}</Typography>
              </td>
              <Number>
                <Typography textColor="neutral800">{storageEntries}</Typography>
              </Number>
              <td>
                <MissingLocales locales={missingLocales} />
              </td>
              <td>
                <EnabledMark enabled={enabled} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Scroll>
  );
};
