import type { ConsentConfig, Regime } from '../../contract/consent-config';
import type { VendorName } from '../../contract/vendors';
import type { PrivacyDesk } from './core/api';
import type { Chunks, Load } from './core/desk';
import type { Gpc } from './core/gpc';
import { guard } from './core/report';
import connect from './signals/connect';
import gtm from './signals/gtm';
import type { AnyManifest, Manifest } from './signals/manifest';
import { start } from './start';
import { createStub, type Stub } from './stub';

export type { Change, PrivacyDesk, Receipt, Source } from './core/api';

export interface PrivacyDeskOptions {
  /** Where the plugin answers: `https://cms.example.com/api/privacy-desk`. */
  endpoint: string;
  /** Key of the site; `default` if absent. */
  site?: string;
  /** Language of the texts, for instance `de-CH`; the CMS's default locale if absent. */
  locale?: string;
  /**
   * The vendors to tell what the visitor allows, from `privacy-desk-client/signals`. Each is told as the site's config
   * says, and not at all if that does not name it; until the config is there, they hear that nothing is allowed.
   * Google Tag Manager's data layer if absent.
   */
  signals?: readonly AnyManifest[];
  /** For sites that go by country, where an edge has found out already which regime the visitor is under. */
  regime?: Regime;
}

const chunks: { [Name in keyof Chunks]: () => Promise<{ default: Chunks[Name] }> } = {
  ui: () => import('./ui/ui'),
  embed: () => import('./gate/embed'),
  presets: () => import('./ui/embed-presets'),
  choices: () => import('./ui/choices'),
  request: () => import('./request/request'),
  aftermath: () => import('./aftermath/aftermath'),
};

const desks = new Map<string, PrivacyDesk>();

/** Tells a vendor that nothing is allowed, before anything is known of the visitor. */
const hold = ({ early, tell }: Manifest<VendorName>) => {
  const no = () => false;
  if (early)
    tell({ settings: { grants: {} }, first: true, decided: no, allowed: no, granted: no, ready: new Promise(no) });
};

/**
 * The consent manager of a website, the same as `window.privacyDesk` of the script tag.
 *
 * It answers at once: "denied" until the config is there, and for good if that cannot be loaded, which is told by
 * `privacy-desk:error` on the document; `ready` resolves in both cases. Calls made before are done then.
 * On a server nothing is touched or loaded. The same options give the same desk again.
 */
export const createPrivacyDesk = ({
  endpoint,
  site,
  locale,
  regime,
  signals = [gtm],
}: PrivacyDeskOptions): PrivacyDesk => {
  if (typeof document === 'undefined') return Object.assign(createStub(), { ready: Promise.resolve() });
  const query = new URLSearchParams({ ...(site && { site }), ...(locale && { locale }), ...(regime && { regime }) });
  const base = endpoint.replace(/\/+$/, '');
  const url = `${base}/config?${query}`;
  const known = desks.get(url);
  if (known) return known;
  const { privacyDesk } = window as { privacyDesk?: Partial<Stub> };
  const stub = privacyDesk?.q ? (privacyDesk as Stub) : createStub();
  desks.set(url, stub);
  const manifests = signals as readonly Manifest<VendorName>[];
  for (const manifest of manifests) void guard(() => hold(manifest));
  void guard(async () => {
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${url} answered ${response.status}`);
      const config = (await response.json()) as ConsentConfig;
      start(
        config,
        {
          load: ((name) => chunks[name]()) as Load,
          gpc: !!(navigator as Gpc).globalPrivacyControl,
          url: new URL(`${base}/`, location.href).href,
          full: Promise.resolve(config),
          nonce: document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '',
        },
        stub,
        manifests.map(connect),
      );
    } catch (error) {
      for (const [name, , resolve] of stub.q) if (name === 'ready') resolve(undefined);
      throw error;
    }
  });
  return stub;
};
