import type { ConsentConfig, StorageKind, TrackingItem } from '../../../contract/consent-config';
import { element, isSafeHref } from './banner';
import { blockNodes } from './block-nodes';
import { lifetimeText } from './lifetime-text';

/** What a visitor is told about an item: its description, its provider's policy, and what it stores. */
export const itemDetails = (
  { texts, locale }: ConsentConfig,
  { description, providerPolicyUrl: href = '', storage }: TrackingItem,
): HTMLElement =>
  element(
    'div',
    ...blockNodes(description),
    href && isSafeHref(href) && element('small', element('a', { href }, texts.providerPolicy)),
    storage[0] &&
      element(
        'table',
        element(
          'thead',
          element(
            'tr',
            ...[texts.storageName, texts.storageLifetime, texts.storagePurpose].map((label) =>
              element('th', { scope: 'col' }, label),
            ),
          ),
        ),
        element(
          'tbody',
          ...storage.map(({ name, match, kind, domain, lifetime, purpose }) =>
            element(
              'tr',
              element(
                'td',
                name + (match === 'prefix' ? '*' : ''),
                element(
                  'small',
                  texts[`kind${kind[0]!.toUpperCase()}${kind.slice(1)}` as `kind${Capitalize<StorageKind>}`],
                  domain && ` · ${domain}`,
                ),
              ),
              element('td', lifetimeText(lifetime, texts, locale)),
              element('td', purpose),
            ),
          ),
        ),
      ),
  );
