import { contentManagerPath } from '../../components/contentManagerPath';
import { usePanel } from '../../hooks/usePanel';
import { PLUGIN_ID } from '../../pluginId';

const drawers = { category: 'category-form', 'tracking-item': 'item' } as const;

/** Where an entry is edited, or a new one (`create`) made: beside the inventory, for whoever may see that. */
export const useEditPath = () => {
  const { can } = usePanel();
  return (type: keyof typeof drawers, documentId: string): string =>
    can(documentId === 'create' ? 'inventory.write' : 'inventory.read')
      ? `/plugins/${PLUGIN_ID}/inventory?${drawers[type]}=${documentId}`
      : contentManagerPath(type, documentId);
};
