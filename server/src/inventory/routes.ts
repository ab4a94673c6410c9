import { allowed } from '../http/allowed';

const reading = allowed('plugin::privacy-desk.inventory.read');
const writing = allowed('plugin::privacy-desk.inventory.write');

/** Routes of the admin API (shapes: contract/inventory.ts). */
export default [
  { method: 'GET', path: '/inventory', handler: 'inventory.find', config: reading },
  { method: 'POST', path: '/inventory/bulk', handler: 'inventory.bulk', config: writing },
  { method: 'POST', path: '/inventory/move', handler: 'inventory.move', config: writing },
  { method: 'GET', path: '/inventory/presets', handler: 'inventory.presets', config: reading },
  { method: 'POST', path: '/inventory/presets/:key', handler: 'inventory.addPreset', config: writing },
  { method: 'POST', path: '/inventory/items', handler: 'inventory.createItem', config: writing },
  { method: 'GET', path: '/inventory/items/:documentId', handler: 'inventory.item', config: reading },
  { method: 'PUT', path: '/inventory/items/:documentId', handler: 'inventory.saveItem', config: writing },
  { method: 'POST', path: '/inventory/categories', handler: 'inventory.createCategory', config: writing },
  { method: 'POST', path: '/inventory/categories/order', handler: 'inventory.orderCategories', config: writing },
  { method: 'GET', path: '/inventory/categories/:documentId', handler: 'inventory.category', config: reading },
  { method: 'PUT', path: '/inventory/categories/:documentId', handler: 'inventory.saveCategory', config: writing },
] as const;
