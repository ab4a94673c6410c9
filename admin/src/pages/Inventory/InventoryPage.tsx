import { Box, Button, Checkbox, Flex, Typography, VisuallyHidden } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { DndContext, DragOverlay } from '@dnd-kit/core';
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { lazy, memo, Suspense, useCallback, useDeferredValue, useMemo, useState } from 'react';
import { styled } from 'styled-components';
import { UNCLASSIFIED_ITEMS, type Inventory } from '../../../../contract';
import { useInventoryQuery, useMoveMutation, useOrderCategoriesMutation, type EntryType } from '../../api/inventory';
import { Card, Columns } from '../../components/Columns';
import { DeskPage } from '../../components/DeskPage';
import { EmptyState, Loaded } from '../../components/PageStates';
import { PageTurner } from '../../components/PageTurner';
import { useNotify } from '../../hooks/useNotify';
import { usePanel } from '../../hooks/usePanel';
import { useSearch } from '../../hooks/useSearch';
import { useText } from '../../hooks/useText';
import { CategoryRow } from './CategoryRow';
import { FilterBar } from './FilterBar';
import { ItemRow } from './ItemRow';
import { useDragging, type Dragged } from './useDragging';
import { useFilters, type Filters } from './useFilters';

const BulkBar = lazy(() => import('./BulkBar'));
const EntryDrawer = lazy(() => import('./EntryDrawer'));
const PresetLibrary = lazy(() => import('./PresetLibrary'));

const Scroll = styled.div`
  margin-block-start: ${({ theme }) => theme.spaces[3]};
  overflow-x: auto;
  container-type: inline-size;

  /* What there is no room for is told in the drawer. */
  @container (width < 60rem) {
    [data-column='items.provider'],
    [data-column='items.storage'] {
      display: none;
    }
  }

  @container (width < 38rem) {
    [data-column='inventory.category'],
    [data-column='items.languages'] {
      display: none;
    }
  }
`;

const Table = styled.table`
  width: 100%;

  th,
  td {
    padding: ${({ theme }) => theme.spaces[2]};
    text-align: start;
    vertical-align: middle;
  }

  tbody tr {
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;

/** What lies under the pointer while something is moved. */
const Moved = styled.div`
  width: fit-content;
  padding: ${({ theme }) => `${theme.spaces[2]} ${theme.spaces[3]}`};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.primary600};
  color: ${({ theme }) => theme.colors.buttonNeutral0};
  box-shadow: ${({ theme }) => theme.shadows.popupShadow};
  font-size: ${({ theme }) => theme.fontSizes[2]};
`;

/** Rows stay where they are while one is moved. */
const inPlace = () => null;

interface BoardProps {
  inventory: Inventory;
  filters: Filters;
  onOpen: (type: EntryType, documentId: string) => void;
  onAddPreset: () => void;
}

const Board = memo(({ inventory, filters, onOpen, onAddPreset }: BoardProps) => {
  const text = useText();
  const notify = useNotify();
  const writable = usePanel().can('inventory.write');
  const [move] = useMoveMutation();
  const [orderCategories] = useOrderCategoriesMutation();
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  // The order as the user has just made it, until the server has it too.
  const [placed, setPlaced] = useState<{ of: Inventory; ids: string[] } | null>(null);
  const [dragged, setDragged] = useState<Dragged | null>(null);

  const { categories, count } = inventory;
  const chosen = filters.query.category ?? '';
  const items = useMemo(() => {
    if (placed?.of !== inventory) return inventory.items;
    const byId = new Map(inventory.items.map((item) => [item.documentId, item]));
    return placed.ids.flatMap((id) => byId.get(id) ?? []);
  }, [inventory, placed]);
  const selected = useMemo(
    () => items.map(({ documentId }) => documentId).filter((id) => selection.has(id)),
    [items, selection],
  );
  const names = useMemo(() => new Map(categories.map(({ documentId, name }) => [documentId, name])), [categories]);

  const select = useCallback(
    (documentId: string, isSelected: boolean) =>
      setSelection((before) => {
        const next = new Set(before);
        if (isSelected) next.add(documentId);
        else next.delete(documentId);
        return next;
      }),
    [],
  );

  const moveInto = useCallback(
    async (ids: string[], category: string | null, name: string) => {
      const result = await move({ items: ids, category });
      if ('error' in result) return notify.failed(result.error);
      notify.done(text('inventory.moved', { count: ids.length, category: name }));
      setSelection(new Set());
    },
    [move, notify, text],
  );

  const drop = useCallback(
    async (from: Dragged, to: Dragged) => {
      if (from.type === 'category') {
        if (to.type !== 'category') return;
        const ids = categories.map(({ documentId }) => documentId);
        const [a, b] = [ids.indexOf(from.id), ids.indexOf(to.id)];
        if (a < 0 || b < 0) return;
        const result = await orderCategories(ids.toSpliced(a, 1).toSpliced(b, 0, from.id));
        if ('error' in result) notify.failed(result.error);
        return;
      }
      // A selected item takes the others along.
      const moved = selected.includes(from.id) ? selected : [from.id];
      if (to.type === 'category') {
        if (to.id === '') return;
        return moveInto(moved, to.id === UNCLASSIFIED_ITEMS ? null : to.id, to.name);
      }
      // Items of several categories have no order among each other.
      if (!chosen) return notify.warn(text('inventory.orderInCategory'));
      const before = items.map(({ documentId }) => documentId);
      const down = before.indexOf(to.id) > before.indexOf(from.id);
      const others = before.filter((id) => !moved.includes(id));
      const at = others.indexOf(to.id);
      if (at < 0) return;
      const ids = others.toSpliced(at + (down ? 1 : 0), 0, ...moved);
      setPlaced({ of: inventory, ids });
      const last = ids.indexOf(moved.at(-1)!);
      const [next, previous] = [ids[last + 1], ids[ids.indexOf(moved[0]!) - 1]];
      const result = await move({
        items: moved,
        category: chosen === UNCLASSIFIED_ITEMS ? null : chosen,
        ...(next ? { before: next } : { after: previous }),
      });
      if (!('error' in result)) return;
      setPlaced(null);
      notify.failed(result.error);
    },
    [categories, chosen, inventory, items, move, moveInto, notify, orderCategories, selected, text],
  );
  const dragging = useDragging(drop);
  const openItem = useCallback((documentId: string) => onOpen('items', documentId), [onOpen]);
  const openCategory = useCallback((documentId: string) => onOpen('categories', documentId), [onOpen]);
  const { set } = filters;
  const chooseCategory = useCallback(
    (id: string) => {
      set('category', id || undefined);
      setSelection(new Set());
    },
    [set],
  );

  const allSelected = items.length > 0 && selected.length === items.length;
  // The same lists as long as nothing in them changes: every row listens to them.
  const categoryIds = useMemo(() => categories.map(({ documentId }) => `category:${documentId}`), [categories]);
  const itemIds = useMemo(() => items.map(({ documentId }) => `item:${documentId}`), [items]);
  const columns = [
    'items.name',
    ...(chosen ? [] : ['inventory.category']),
    'items.provider',
    'items.storage',
    'items.languages',
    'items.state',
  ] as const;

  return (
    <DndContext
      {...dragging}
      onDragStart={({ active }) => setDragged(active.data.current as Dragged)}
      onDragEnd={(event) => {
        setDragged(null);
        dragging.onDragEnd(event);
      }}
      onDragCancel={() => setDragged(null)}
    >
      <Columns>
        <Card tag="section" aria-label={text('inventory.categories')} padding={3}>
          <SortableContext items={categoryIds} strategy={verticalListSortingStrategy}>
            <ul>
              <CategoryRow
                id=""
                name={text('inventory.all')}
                count={inventory.total}
                chosen={chosen === ''}
                movable={false}
                droppable={false}
                onChoose={chooseCategory}
              />
              {categories.map(({ documentId, name, items: number }) => (
                <CategoryRow
                  key={documentId}
                  id={documentId}
                  name={name}
                  count={number}
                  chosen={chosen === documentId}
                  movable={writable}
                  droppable={writable}
                  onChoose={chooseCategory}
                  onEdit={openCategory}
                />
              ))}
              <CategoryRow
                id={UNCLASSIFIED_ITEMS}
                name={text('inventory.unclassified')}
                count={inventory.unclassified}
                chosen={chosen === UNCLASSIFIED_ITEMS}
                movable={false}
                droppable={writable}
                attention={inventory.unclassified > 0}
                onChoose={chooseCategory}
              />
            </ul>
          </SortableContext>
          {writable && (
            <Box paddingTop={3}>
              <Button
                size="S"
                variant="tertiary"
                fullWidth
                startIcon={<Plus />}
                onClick={() => onOpen('categories', 'create')}
              >
                {text('inventory.addCategory')}
              </Button>
            </Box>
          )}
        </Card>

        <Card tag="section" aria-label={text('inventory.items')} padding={4}>
          <FilterBar filters={filters} />
          {chosen === UNCLASSIFIED_ITEMS && count > 0 && (
            <Typography tag="p" textColor="neutral600" paddingTop={4}>
              {text('category.unclassifiedExplain')}
            </Typography>
          )}
          {writable && selected.length > 0 && (
            <Box paddingTop={4}>
              <Suspense>
                <BulkBar
                  selected={selected}
                  categories={categories}
                  onMove={(id) => moveInto(selected, id, names.get(id ?? '') ?? text('inventory.unclassified'))}
                  onDone={() => setSelection(new Set())}
                />
              </Suspense>
            </Box>
          )}
          {items.length === 0 ? (
            <EmptyState
              content={text(
                filters.filtered
                  ? 'inventory.noneFits'
                  : chosen === UNCLASSIFIED_ITEMS
                    ? 'inventory.allClassified'
                    : 'category.empty',
              )}
              action={
                filters.filtered ? (
                  <Button variant="secondary" onClick={filters.clear}>
                    {text('inventory.clear')}
                  </Button>
                ) : writable && chosen !== UNCLASSIFIED_ITEMS ? (
                  <Button variant="secondary" startIcon={<Plus />} onClick={onAddPreset}>
                    {text('presets.add')}
                  </Button>
                ) : undefined
              }
            />
          ) : (
            <Scroll>
              <Table>
                <thead>
                  <tr>
                    {writable && (
                      <>
                        <th scope="col">
                          <VisuallyHidden>{text('inventory.move')}</VisuallyHidden>
                        </th>
                        <th scope="col">
                          <Checkbox
                            aria-label={text('inventory.selectAll')}
                            checked={allSelected ? true : selected.length > 0 ? 'indeterminate' : false}
                            onCheckedChange={() =>
                              setSelection(new Set(allSelected ? [] : items.map(({ documentId }) => documentId)))
                            }
                          />
                        </th>
                      </>
                    )}
                    {columns.map((column) => (
                      <th key={column} scope="col" data-column={column}>
                        <Typography variant="sigma" textColor="neutral600">
                          {text(column as 'items.name')}
                        </Typography>
                      </th>
                    ))}
                  </tr>
                </thead>
                <SortableContext items={itemIds} strategy={inPlace}>
                  <tbody>
                    {items.map((item) => (
                      <ItemRow
                        key={item.documentId}
                        item={item}
                        category={chosen ? undefined : (names.get(item.category ?? '') ?? '')}
                        selected={selection.has(item.documentId)}
                        writable={writable}
                        onSelect={select}
                        onOpen={openItem}
                      />
                    ))}
                  </tbody>
                </SortableContext>
              </Table>
            </Scroll>
          )}
          <PageTurner {...inventory} shown={items.length} onPage={filters.setPage} />
        </Card>
      </Columns>
      <DragOverlay dropAnimation={null}>
        {dragged && (
          <Moved>
            {dragged.type === 'item' && selected.includes(dragged.id) && selected.length > 1
              ? text('bulk.selected', { count: selected.length })
              : dragged.name}
          </Moved>
        )}
      </DragOverlay>
    </DndContext>
  );
});
Board.displayName = 'Board';

/** All categories and tracking items: found, ordered, classified and edited in one place. */
export const InventoryPage = () => {
  const text = useText();
  const filters = useFilters();
  const { can } = usePanel();
  const { search, change } = useSearch();
  // The list stays while another part of it is asked for.
  const { data, currentData, ...query } = useInventoryQuery(filters.query, { refetchOnMountOrArgChange: true });
  const newest = query.error ? currentData : (currentData ?? data);
  // Many rows are drawn piece by piece, so that whoever goes on typing is not kept waiting.
  const deferred = useDeferredValue(newest);
  const shown = newest && (deferred ?? newest);

  const show = useCallback(
    (drawer: { item?: string; 'category-form'?: string; add?: string }) =>
      change({ item: undefined, 'category-form': undefined, add: undefined, ...drawer }),
    [change],
  );
  const open = useCallback(
    (type: EntryType, documentId: string) => show({ [type === 'items' ? 'item' : 'category-form']: documentId }),
    [show],
  );
  const close = useCallback(() => show({}), [show]);
  const addPreset = useCallback(() => show({ add: 'presets' }), [show]);
  const [item, category] = [search.get('item'), search.get('category-form')];

  return (
    <DeskPage
      title={text('nav.inventory')}
      subtitle={text('inventory.subtitle')}
      busy={query.isFetching || shown !== newest}
      actions={
        can('inventory.write') && (
          <Flex gap={2}>
            <Button variant="secondary" onClick={() => open('items', 'create')}>
              {text('items.add')}
            </Button>
            <Button startIcon={<Plus />} onClick={addPreset}>
              {text('presets.add')}
            </Button>
          </Flex>
        )
      }
    >
      <Box paddingBottom={8}>
        <Loaded query={{ ...query, currentData: shown }} failed={text('inventory.failed')}>
          {(inventory) => <Board inventory={inventory} filters={filters} onOpen={open} onAddPreset={addPreset} />}
        </Loaded>
      </Box>
      <Suspense>
        {(item || category) && (
          <EntryDrawer
            key={item ?? category}
            type={item ? 'items' : 'categories'}
            documentId={(item ?? category)!}
            onClose={close}
          />
        )}
        {search.get('add') === 'presets' && can('inventory.write') && (
          <PresetLibrary onClose={close} onOpen={(documentId) => open('items', documentId)} />
        )}
      </Suspense>
    </DeskPage>
  );
};
