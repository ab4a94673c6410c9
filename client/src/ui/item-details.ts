import { isSafeHref } from '../../../contract/blocks';
import type { ConsentConfig, StorageEntry, StorageKind, TrackingItem } from '../../../contract/consent-config';
import type { TextKey } from '../../../contract/texts';
import { blockNodes } from './block-nodes';
import { element } from './banner';
import { lifetimeText } from './lifetime-text';

/** What a visitor is told about an item: its description, its provider's policy, and what it stores. */
export const itemDetails = ({ texts, locale }: ConsentConfig, item: TrackingItem): Node[] => {
  const { description, providerPolicyUrl: policy, storage } = item;
  type Column = [label: string, cell: (entry: StorageEntry) => string | undefined];
  const all: Column[] = [
    [texts.storageName, ({ name, match }) => name + (match === 'prefix' ? '*' : '')],
    [
      texts.storageKind,
      ({ kind }) =>
        texts[`kind${kind[0]!.toUpperCase()}${kind.slice(1)}` as `kind${Capitalize<StorageKind>}` & TextKey],
    ],
    [texts.storageDomain, ({ domain }) => domain],
    [texts.storageLifetime, ({ lifetime }) => lifetimeText(lifetime, texts, locale)],
    [texts.storagePurpose, ({ purpose }) => purpose],
  ];
  // A column that would be empty is left out.
  const columns = all.filter(([, cell]) => storage.some(cell));
  const nodes = blockNodes(description);
  if (policy && isSafeHref(policy))
    nodes.push(
      element(
        'p',
        { class: 'pd-muted' },
        element('a', { href: policy, rel: 'noopener', target: '_blank' }, texts.providerPolicy),
      ),
    );
  if (storage.length)
    nodes.push(
      element(
        'table',
        {},
        element('thead', {}, element('tr', {}, ...columns.map(([label]) => element('th', { scope: 'col' }, label)))),
        element(
          'tbody',
          {},
          ...storage.map((entry) =>
            element('tr', {}, ...columns.map(([label, cell]) => element('td', { 'data-label': label }, cell(entry)))),
          ),
        ),
      ),
    );
  return nodes;
};
