import { Flex, IconButton, Typography } from '@strapi/design-system';
import { Pencil } from '@strapi/icons';
import { useSortable } from '@dnd-kit/sortable';
import { memo } from 'react';
import { styled } from 'styled-components';
import { useText } from '../../hooks/useText';
import { Handle } from './Handle';

const Row = styled.li<{ $chosen: boolean; $over: boolean; $dragged: boolean }>`
  display: flex;
  align-items: center;
  gap: ${({ theme }) => theme.spaces[1]};
  padding-inline: ${({ theme }) => theme.spaces[2]};
  border: 1px solid ${({ theme, $over }) => ($over ? theme.colors.primary500 : 'transparent')};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme, $chosen, $over }) =>
    $over ? theme.colors.primary100 : $chosen ? theme.colors.neutral150 : theme.colors.neutral0};
  opacity: ${({ $dragged }) => ($dragged ? 0.5 : 1)};

  &:hover {
    background: ${({ theme }) => theme.colors.neutral100};
  }
`;

const Choose = styled.button`
  flex: 1;
  min-width: 0;
  display: flex;
  justify-content: space-between;
  align-items: center;
  gap: ${({ theme }) => theme.spaces[2]};
  min-height: 4rem;
  padding: 0;
  border: 0;
  background: none;
  text-align: start;
  cursor: pointer;

  & > :first-child {
    overflow: hidden;
    text-overflow: ellipsis;
  }
`;

interface Props {
  /** Document ID, `none`, or empty for all. */
  id: string;
  name: string;
  count: number;
  chosen: boolean;
  /** Whether items can be dropped here, and the category be moved. */
  movable: boolean;
  droppable: boolean;
  attention?: boolean;
  onChoose: (id: string) => void;
  onEdit?: (id: string) => void;
}

/** A category in the list beside the items: shows its items, takes what is dropped on it, and can be moved itself. */
export const CategoryRow = memo((props: Props) => {
  const { id, name, count, chosen, movable, droppable, attention = false, onChoose, onEdit } = props;
  const text = useText();
  const sortable = useSortable({
    id: `category:${id}`,
    data: { type: 'category', id, name },
    disabled: { draggable: !movable, droppable: !droppable },
  });
  const { setNodeRef, isOver, active, isDragging } = sortable;
  return (
    <Row
      ref={setNodeRef}
      $chosen={chosen}
      $dragged={isDragging}
      $over={isOver && active?.data.current?.id !== id && (active?.data.current?.type === 'item' || movable)}
    >
      {movable && <Handle sortable={sortable} label={text('inventory.moveCategory', { name })} />}
      <Choose type="button" aria-pressed={chosen} onClick={() => onChoose(id)}>
        <Typography fontWeight={chosen ? 'bold' : undefined} textColor="neutral800">
          {name}
        </Typography>
        <Flex tag="span" gap={1}>
          <Typography
            variant="pi"
            textColor={attention ? 'danger600' : 'neutral600'}
            fontWeight={attention ? 'bold' : undefined}
          >
            {text('inventory.count', { count })}
          </Typography>
        </Flex>
      </Choose>
      {onEdit && (
        <IconButton
          variant="ghost"
          size="XS"
          label={text('inventory.editCategory', { name })}
          onClick={() => onEdit(id)}
        >
          <Pencil />
        </IconButton>
      )}
    </Row>
  );
});
CategoryRow.displayName = 'CategoryRow';
