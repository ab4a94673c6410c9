import { Flex, IconButton, Typography } from '@strapi/design-system';
import { ChevronLeft, ChevronRight } from '@strapi/icons';
import { useText } from '../hooks/useText';

interface Props {
  /** A page of a list: how much there is, and how much of it is shown. */
  page: number;
  pageSize: number;
  count: number;
  shown: number;
  onPage: (page: number) => void;
}

/** Which part of a long list is shown, and the way to the others. */
export const PageTurner = ({ page, pageSize, count, shown, onPage }: Props) => {
  const text = useText();
  if (count <= pageSize) return null;
  const first = (page - 1) * pageSize + 1;
  return (
    <Flex tag="nav" aria-label={text('inventory.pages')} justifyContent="flex-end" gap={2} paddingTop={4}>
      <Typography variant="pi" textColor="neutral600">
        {text('inventory.range', { first, last: first + shown - 1, count })}
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
