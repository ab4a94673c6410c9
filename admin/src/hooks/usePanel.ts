import { useCallback } from 'react';
import type { Panel } from '../../../contract';
import { usePanelQuery } from '../api/panel';

const nothing: Panel = { actions: [], sites: [], locales: [] };

/** The end of a permission's id: `inventory.write`. */
export type PanelAction = string;

export interface PanelState extends Panel {
  /** Whether this admin user may do something; false until it is known. Presentation only: the server decides. */
  can: (action: PanelAction) => boolean;
  isLoading: boolean;
  error: unknown;
  refetch: () => unknown;
}

/** What every page needs: permissions, sites and languages. Asked for once. */
export const usePanel = (): PanelState => {
  const { data, error, isLoading, refetch } = usePanelQuery();
  const panel = data ?? nothing;
  const { actions } = panel;
  const can = useCallback((action: PanelAction) => actions.includes(`plugin::privacy-desk.${action}`), [actions]);
  return { ...panel, can, isLoading, error: data ? undefined : error, refetch };
};
