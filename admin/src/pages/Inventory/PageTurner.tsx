import { Flex, IconButton, Typography } from '@strapi/design-system';
import { ChevronLeft, ChevronRight } from '@strapi/icons';
import type { Inventory } from '../../../../contract';
import { useText } from '../../hooks/useText';

/** Which part of a long list is shown, and the way to the others. */
export const PageTurner = ({ inventory, onPage }: { inventory: Inventory; onPage: (page: number) => void }) => {
  const text = useText();
  const { count, page, pageSize, items } = inventory;
  if (count <= pageSize) return null;
  const first = (page - 1) * pageSize + 1;
  return (
    <Flex tag="nav" aria-label={text('inventory.pages')} justifyContent="flex-end" gap={2} paddingTop={4}>
      <Typography variant="pi" textColor="neutral600">
        {text('inventory.range', { first, last: first + items.length - 1, count })}
      </Typography>
      <IconButton label={text('inventory.previous')} disabled={page === 1} onClick={() => onPage(page - 1)}>
        <ChevronLeft />
      </IconButton>
      <IconButton label={text('inventory.next')} disabled={page * pageSize >= count} onClick={() => onPage(page + 1)}>
        <ChevronRight />
      </IconButton>
    </Flex>
  );
};
