import type { KeyboardCoordinateGetter } from '@dnd-kit/core';

interface Place {
  id: string;
  left: number;
  top: number;
}

const typeOf = (id: string): string => id.split(':')[0]!;

/**
 * Where the arrow keys take what is being moved: up and down along its list, left to the categories, right back to the items.
 * What is moved lies on the place it is going to take.
 */
export const moveByArrows: KeyboardCoordinateGetter = (event, { currentCoordinates, context }) => {
  const { active, over, droppableRects, droppableContainers } = context;
  if (!active || !['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'].includes(event.code)) return;
  event.preventDefault();
  const places: Place[] = droppableContainers.getEnabled().flatMap(({ id }) => {
    const rect = droppableRects.get(id);
    return rect ? [{ id: String(id), left: rect.left, top: rect.top }] : [];
  });
  const at = String(over?.id ?? active.id);
  const column = (type: string) => places.filter(({ id }) => typeOf(id) === type).sort((a, b) => a.top - b.top);
  const move = (to: Place | undefined) => (to ? { x: to.left, y: to.top } : currentCoordinates);
  if (event.code === 'ArrowLeft' || event.code === 'ArrowRight') {
    if (typeOf(String(active.id)) !== 'item') return currentCoordinates;
    const type = event.code === 'ArrowLeft' ? 'category' : 'item';
    if (typeOf(at) === type) return currentCoordinates;
    return move(type === 'item' ? places.find(({ id }) => id === active.id) : column(type)[0]);
  }
  const list = column(typeOf(at));
  const index = list.findIndex(({ id }) => id === at);
  return move(list[index + (event.code === 'ArrowDown' ? 1 : -1)]);
};
