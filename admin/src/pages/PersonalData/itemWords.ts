import type { ErasureItem } from '../../../../contract';
import type { Text } from '../../hooks/useText';

/** The plugin's own tables are named in the admin's language, content types as the site names them. */
export const itemName = (text: Text, { type, name }: Pick<ErasureItem, 'type' | 'name'>): string =>
  type === 'consents' || type === 'data-requests' ? text(`personal.own.${type}`) : name;

export const itemReason = (text: Text, { type, reason }: Pick<ErasureItem, 'type' | 'reason'>): string | null =>
  type === 'consents' && reason ? text('personal.own.consents.reason') : reason;
