import type { ConsentConfig, StorageEntry, StorageKind, TrackingItem } from '../../../contract/consent-config';
import { element, isSafeHref } from './banner';
import { blockNodes } from './block-nodes';
import { lifetimeText } from './lifetime-text';

/** What a visitor is told about an item: its description, its provider's policy, and what it stores. */
export const itemDetails = (
  { texts, locale }: ConsentConfig,
  { description, providerPolicyUrl: href = '', storage }: TrackingItem,
): HTMLElement => {
  const columns: [label: string, cell: (entry: StorageEntry) => string | undefined][] = [
    [texts.storageName, ({ name, match }) => name + (match === 'prefix' ? '*' : '')],
    [
      texts.storageKind,
      ({ kind }) => texts[`kind${kind[0]!.toUpperCase()}${kind.slice(1)}` as `kind${Capitalize<StorageKind>}`],
    ],
    [texts.storageDomain, ({ domain }) => domain],
    [texts.storageLifetime, ({ lifetime }) => lifetimeText(lifetime, texts, locale)],
    [texts.storagePurpose, ({ purpose }) => purpose],
  ];
  return element(
    'div',
    ...blockNodes(description),
    href && isSafeHref(href) && element('small', element('a', { href }, texts.providerPolicy)),
    storage[0] &&
      element(
        'table',
        element('thead', element('tr', ...columns.map(([label]) => element('th', { scope: 'col' }, label)))),
        element(
          'tbody',
          ...storage.map((entry) =>
            element('tr', ...columns.map(([label, cell]) => element('td', { 'data-label': label }, cell(entry)))),
          ),
        ),
      ),
  );
};
