import {
  bannerPositions,
  categoryModes,
  regimes,
  siteTextKeys,
  storageKinds,
  storageMatches,
  themeTokens,
  vendorNames,
  type ConfigChange,
  type VendorName,
} from '../../../../contract';
import { lifetimeText } from '../../components/lifetimeText';
import type { Text, TextKey } from '../../hooks/useText';

type Of = ConfigChange['of'];

const includes = <Value extends string>(values: readonly Value[], value: string): value is Value =>
  (values as readonly string[]).includes(value);

/** Names for what editors know from elsewhere in the panel. */
const names: Record<string, TextKey> = {
  category: 'type.category',
  'choice.cookie': 'storage.kind.cookie',
  'choice.domain': 'storage.domain',
  'choice.maxAgeSeconds': 'diff.field.choiceLifetime',
  'controller.name': 'setup.website.controllerName',
  description: 'entry.description',
  domain: 'storage.domain',
  honoursGpc: 'entry.honoursGpc',
  kind: 'storage.kind',
  lifetime: 'storage.lifetime',
  'links.imprint': 'setup.website.imprintUrl',
  'links.policy': 'setup.website.policyUrl',
  match: 'storage.match',
  mode: 'publishing.regime',
  name: 'storage.name',
  provider: 'items.provider',
  providerPolicyUrl: 'entry.providerPolicyUrl',
  purpose: 'storage.purpose',
  regime: 'publishing.regime',
  reloadOnWithdrawal: 'diff.field.reload',
  'theme.position': 'appearance.position',
};

/** What vendors call themselves. */
const vendorNamesShown: Record<VendorName, string> = {
  google: 'Google',
  gtm: 'Google Tag Manager',
  uet: 'Microsoft Advertising',
  clarity: 'Microsoft Clarity',
  meta: 'Meta',
  tiktok: 'TikTok',
  matomo: 'Matomo',
  posthog: 'PostHog',
  'piwik-pro': 'Piwik PRO',
  shopify: 'Shopify',
};

/** What a field of a diff is called; null for what nobody edits, and is called as the config calls it. */
export const fieldName = (text: Text, field: string): string | null => {
  if (names[field]) return text(names[field]);
  if (includes(siteTextKeys, field)) return text(`appearance.text.${field}`);
  const [first, second = '', ...rest] = field.split('.');
  const last = rest.join('.');
  if (first === 'theme' && includes(themeTokens, last)) {
    const token = text(`appearance.token.${last}`);
    return second === 'dark' ? `${token}, ${text('preview.scheme.dark')}` : token;
  }
  if (first === 'signals' && includes(vendorNames, second))
    return [vendorNamesShown[second], last.replace(/^grants\./, '')].filter(Boolean).join(': ');
  return null;
};

/** A value of a diff in words, where the config has a code or a number of seconds for it. */
export const valueText = (text: Text, of: Of, field: string, value: string): string => {
  switch (field) {
    case 'lifetime':
    case 'choice.maxAgeSeconds':
      if (/^\d+$/.test(value)) return lifetimeText(text, Number(value));
      return value === 'session' || value === 'persistent' ? lifetimeText(text, value) : value;
    case 'kind':
      return includes(storageKinds, value) ? text(`storage.kind.${value}`) : value;
    case 'match':
      return includes(storageMatches, value) ? text(`storage.match.${value}`) : value;
    case 'mode':
      return of === 'category' && includes(categoryModes, value) ? text(`mode.${value}`) : value;
    case 'regime':
      return includes(regimes, value) ? text(`regime.${value}`) : value;
    case 'theme.position':
      return includes(bannerPositions, value) ? text(`appearance.position.${value}`) : value;
    case 'honoursGpc':
    case 'reloadOnWithdrawal':
      return text(value === 'true' ? 'diff.yes' : 'diff.no');
    default:
      return value;
  }
};
