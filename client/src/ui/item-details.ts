import type { ConsentConfig, StorageKind, TrackingItem } from '../../../contract/consent-config';
import { element } from './element';
import { blockNodes } from './block-nodes';
import { lifetimeText } from './lifetime-text';
import { link } from './link';

/** What a visitor is told about an item: its description, its provider's policy, and what it stores. */
export const itemDetails = (
  { texts, locale }: ConsentConfig,
  { description, providerPolicyUrl, storage }: TrackingItem,
): HTMLElement =>
  element(
    'div',
    ...blockNodes(description),
    providerPolicyUrl && element('small', link(providerPolicyUrl, texts.providerPolicy)),
    storage[0] &&
      element(
        'table',
        ...[
          [texts.storageName, texts.storageLifetime, texts.storagePurpose],
          ...storage.map(({ name, match, kind, domain, lifetime, purpose }) => [
            element(
              'span',
              // Isolated: a name such as _ga would be turned around between words that are written from right to left.
              element('bdi', name + (match === 'prefix' ? '*' : '')),
              element(
                'small',
                texts[('kind' + kind[0]!.toUpperCase() + kind.slice(1)) as `kind${Capitalize<StorageKind>}`],
                domain && ' · ',
                element('bdi', domain),
              ),
            ),
            lifetimeText(lifetime, texts, locale),
            purpose,
          ]),
        ].map((cells, row) => element('tr', ...cells.map((cell) => element(row ? 'td' : 'th', cell)))),
      ),
  );
