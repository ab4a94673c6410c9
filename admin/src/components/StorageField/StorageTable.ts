import { Box } from '@strapi/design-system';
import { styled } from 'styled-components';

/** Below this width of the field (not of the window) a row's cells stand in two columns instead of side by side. */
export const STACKED = '64rem';

export const TableFrame = styled(Box)`
  container-type: inline-size;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
`;

/** A table also where its parts are laid out as a grid: every element carries its role, which `display` would take away. */
export const StorageTable = styled.table`
  width: 100%;
  table-layout: fixed;

  th[scope='col'] {
    padding: ${({ theme }) => `${theme.spaces[2]} ${theme.spaces[1]}`};
    text-align: start;
  }

  thead tr {
    background: ${({ theme }) => theme.colors.neutral100};
  }

  tbody {
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }

  [role='combobox'] {
    padding-inline: ${({ theme }) => theme.spaces[2]};
    gap: ${({ theme }) => theme.spaces[1]};
    width: 100%;
  }

  input {
    padding-inline: ${({ theme }) => theme.spaces[2]};
  }

  /* The first row's "up" and the last one's "down": the design system fills them, which draws the eye to what cannot be done. */
  button[aria-disabled='true'] {
    background: transparent;
    border-color: transparent;
    opacity: 0.4;
  }

  @container (width < ${STACKED}) {
    &,
    tr {
      display: block;
    }

    thead {
      position: absolute;
      clip-path: inset(50%);
    }

    tbody {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) minmax(0, 1fr);
      padding: ${({ theme }) => `${theme.spaces[2]} ${theme.spaces[3]}`};
    }

    tbody tr {
      display: contents;
    }
  }
`;

export const RowNumber = styled.th`
  padding-block: ${({ theme }) => theme.spaces[4]};
  vertical-align: top;
  text-align: center;
  font-size: ${({ theme }) => theme.fontSizes[1]};
  color: ${({ theme }) => theme.colors.neutral600};

  @container (width < ${STACKED}) {
    grid-row: span 5;
    padding-inline-end: ${({ theme }) => theme.spaces[3]};
  }
`;

export const Cell = styled.td<{ $second?: boolean }>`
  padding: ${({ theme }) => `${theme.spaces[2]} ${theme.spaces[1]}`};
  vertical-align: top;
  ${({ $second }) => $second && 'padding-block-start: 0;'}

  tbody &:last-child {
    padding-inline-end: ${({ theme }) => theme.spaces[3]};
  }

  @container (width < ${STACKED}) {
    ${({ $second }) => $second && 'grid-column: 2 / -1;'}
  }
`;

/** The column's name, for sighted people, where the table's head is not seen. */
export const CellLabel = styled.span`
  display: none;

  @container (width < ${STACKED}) {
    display: block;
    padding-block-end: 0.2rem;
    font-size: ${({ theme }) => theme.fontSizes[1]};
    color: ${({ theme }) => theme.colors.neutral600};
  }
`;

/** The purpose beside its label, or below it where there is little room. */
export const LabelledPurpose = styled.div`
  display: grid;
  grid-template-columns: auto minmax(0, 1fr);
  gap: ${({ theme }) => theme.spaces[3]};
  align-items: start;

  @container (width < ${STACKED}) {
    grid-template-columns: minmax(0, 1fr);
    gap: 0.2rem;
  }
`;
