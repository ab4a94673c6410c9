import {
  closestCenter,
  KeyboardSensor,
  PointerSensor,
  pointerWithin,
  useSensor,
  useSensors,
  type Active,
  type Announcements,
  type CollisionDetection,
  type DragEndEvent,
  type Over,
} from '@dnd-kit/core';
import { useMemo } from 'react';
import { useText } from '../../hooks/useText';
import { moveByArrows } from './keyboard';

export interface Dragged {
  type: 'item' | 'category';
  /** Document ID, or `none`. */
  id: string;
  name: string;
}

const dataOf = (thing: Active | Over | null | undefined): Dragged | undefined =>
  thing?.data.current as Dragged | undefined;

/** Under the pointer; by keyboard the place that what is moved lies on. */
const detectCollisions: CollisionDetection = (args) =>
  args.pointerCoordinates
    ? pointerWithin(args)
    : closestCenter({
        ...args,
        // Places are told by their start corner: a category is narrower than an item.
        collisionRect: {
          ...args.collisionRect,
          width: 0,
          height: 0,
          right: args.collisionRect.left,
          bottom: args.collisionRect.top,
        },
        droppableRects: new Map(
          [...args.droppableRects].map(([id, rect]) => [
            id,
            { ...rect, width: 0, height: 0, right: rect.left, bottom: rect.top },
          ]),
        ),
      });

// The same objects in each rendering: others would render every row again.
const pointer = { activationConstraint: { distance: 4 } };
const keyboard = { coordinateGetter: moveByArrows };

/** Moving items and categories by pointer and keyboard, and what screen readers are told meanwhile. */
export const useDragging = (onDrop: (dragged: Dragged, target: Dragged) => void) => {
  const text = useText();
  const sensors = useSensors(useSensor(PointerSensor, pointer), useSensor(KeyboardSensor, keyboard));
  return useMemo(() => {
    const over = (active: Active, target: Over | null): string | undefined => {
      const [dragged, to] = [dataOf(active), dataOf(target)];
      if (!dragged || !to) return text('drag.nowhere');
      if (to.type === 'category' && dragged.type === 'item')
        return text('drag.intoCategory', { name: dragged.name, category: to.name });
      return to.id === dragged.id ? undefined : text('drag.before', { name: dragged.name, other: to.name });
    };
    const announcements: Announcements = {
      onDragStart: ({ active }) => text('drag.started', { name: dataOf(active)?.name ?? '' }),
      onDragOver: ({ active, over: target }) => over(active, target),
      onDragEnd: ({ active, over: target }) =>
        target ? text('drag.dropped', { name: dataOf(active)?.name ?? '' }) : text('drag.cancelled'),
      onDragCancel: () => text('drag.cancelled'),
    };
    return {
      sensors,
      collisionDetection: detectCollisions,
      accessibility: {
        announcements,
        screenReaderInstructions: { draggable: text('drag.instructions') },
      },
      onDragEnd: ({ active, over: target }: DragEndEvent) => {
        const [dragged, to] = [dataOf(active), dataOf(target)];
        if (dragged && to && (dragged.id !== to.id || dragged.type !== to.type)) onDrop(dragged, to);
      },
    };
  }, [text, sensors, onDrop]);
};
