import { Badge, Checkbox, Typography } from '@strapi/design-system';
import { useSortable } from '@dnd-kit/sortable';
import { memo } from 'react';
import { styled } from 'styled-components';
import type { InventoryItem } from '../../../../contract';
import { EnabledMark } from '../../components/EnabledMark';
import { MissingLocales } from '../../components/MissingLocales';
import { useText } from '../../hooks/useText';
import { Handle } from './Handle';

const Row = styled.tr<{ $dragged: boolean; $over: boolean }>`
  opacity: ${({ $dragged }) => ($dragged ? 0.4 : 1)};
  background: ${({ theme }) => theme.colors.neutral0};
  box-shadow: ${({ theme, $over }) => ($over ? `inset 0 2px 0 ${theme.colors.primary600}` : 'none')};

  &:hover {
    background: ${({ theme }) => theme.colors.neutral100};
  }
`;

const Name = styled.button`
  padding: 0;
  border: 0;
  background: none;
  text-align: start;
  cursor: pointer;
  overflow-wrap: anywhere;

  &:hover span {
    text-decoration: underline;
  }
`;

interface Props {
  item: InventoryItem;
  /** Shown where items of several categories are listed; undefined elsewhere. */
  category: string | undefined;
  selected: boolean;
  writable: boolean;
  onSelect: (documentId: string, selected: boolean) => void;
  onOpen: (documentId: string) => void;
}

/** One tracking item of the list. */
export const ItemRow = memo(({ item, category, selected, writable, onSelect, onOpen }: Props) => {
  const text = useText();
  const { documentId, key, name, provider, enabled, storageEntries, missingLocales } = item;
  const sortable = useSortable({
    id: `item:${documentId}`,
    data: { type: 'item', id: documentId, name },
    disabled: !writable,
  });
  const { setNodeRef, isDragging, isOver, active } = sortable;
  return (
    <Row ref={setNodeRef} $dragged={isDragging} $over={isOver && active?.data.current?.type === 'item'} data-item={key}>
      {writable && (
        <>
          <td>
            <Handle sortable={sortable} label={text('inventory.moveItem', { name })} />
          </td>
          <td>
            <Checkbox
              aria-label={text('inventory.selectItem', { name })}
              checked={selected}
              onCheckedChange={(checked) => onSelect(documentId, checked === true)}
            />
          </td>
        </>
      )}
      <td>
        <Name type="button" onClick={() => onOpen(documentId)}>
          <Typography textColor="primary600" fontWeight="semiBold">
            {name}
          </Typography>
        </Name>
        <Typography tag="p" variant="pi" textColor="neutral600">
          <code>{key}</code>
        </Typography>
      </td>
      {category !== undefined && (
        <td data-column="inventory.category">
          {category ? (
            <Typography variant="pi" textColor="neutral800">
              {category}
            </Typography>
          ) : (
            <Badge backgroundColor="danger100" textColor="danger700">
              {text('inventory.unclassified')}
            </Badge>
          )}
        </td>
      )}
      <td data-column="items.provider">
        <Typography variant="pi" textColor="neutral800">
          {provider ?? '–'}
        </Typography>
      </td>
      <td data-column="items.storage">
        <Typography variant="pi" textColor="neutral800">
          {storageEntries}
        </Typography>
      </td>
      <td data-column="items.languages">
        <MissingLocales locales={missingLocales} />
      </td>
      <td>
        <EnabledMark enabled={enabled} />
      </td>
    </Row>
  );
});
ItemRow.displayName = 'ItemRow';
