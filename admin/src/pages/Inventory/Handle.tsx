import { Drag } from '@strapi/icons';
import type { useSortable } from '@dnd-kit/sortable';
import { styled } from 'styled-components';

const Button = styled.button`
  display: flex;
  padding: 0.4rem;
  border: 0;
  background: none;
  cursor: grab;
  touch-action: none;

  svg path {
    fill: ${({ theme }) => theme.colors.neutral600};
  }
`;

interface Props {
  /** What `useSortable` gave for the row. */
  sortable: Pick<ReturnType<typeof useSortable>, 'attributes' | 'listeners' | 'setActivatorNodeRef'>;
  label: string;
}

/** Where a row is picked up, by pointer or keyboard. */
export const Handle = ({ sortable: { attributes, listeners, setActivatorNodeRef }, label }: Props) => (
  <Button ref={setActivatorNodeRef} type="button" {...attributes} {...listeners} aria-label={label}>
    <Drag width="1.2rem" height="1.2rem" aria-hidden />
  </Button>
);
