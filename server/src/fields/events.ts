import type { Core } from '@strapi/strapi';
import { isEntry, type Entry, type FieldMap, type FieldMaps } from './map';

const ENTRY_EVENTS = ['create', 'update', 'delete', 'publish', 'unpublish', 'draft-discard'].map(
  (event) => `entry.${event}`,
);

interface Tools {
  maps: FieldMaps;
  maskAll: (map: FieldMap, entry: Entry, mask: string | null) => void;
}

/**
 * Webhooks send what these events carry to other systems: there encrypted values are null. Listeners are called in the
 * order in which they were added, and share the event.
 */
export const maskEvents = (strapi: Core.Strapi, { maps, maskAll }: Tools): void => {
  for (const event of ENTRY_EVENTS)
    strapi.eventHub.on(event, (async (payload: { uid?: string; entry?: unknown }) => {
      const map = maps.get(payload.uid ?? '');
      if (map && isEntry(payload.entry)) maskAll(map, payload.entry, null);
    }) as never);
};
