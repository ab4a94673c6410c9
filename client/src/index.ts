import type { ConsentConfig } from '../../contract/consent-config';
import type { PrivacyDesk } from './core/api';
import type { ChunkName, UiPart } from './core/desk';
import type { Gpc } from './core/gpc';
import { fail } from './core/report';
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
}

const chunks: Record<ChunkName, () => Promise<{ default: unknown }>> = {
  banner: () => import('./ui/banner'),
  dialog: () => import('./ui/dialog'),
  declaration: () => import('./ui/declaration'),
  placeholder: () => import('./ui/placeholder'),
  embed: () => import('./gate/embed'),
  aftermath: () => import('./gate/aftermath'),
};

const desks = new Map<string, PrivacyDesk>();

/**
 * The consent manager of a website, the same as `window.privacyDesk` of the script tag.
 *
 * It answers at once: "denied" until the config is there, and for good if that cannot be loaded, which is told by
 * `privacy-desk:error` on the document; `ready` resolves in both cases. Calls made before are done then.
 * On a server nothing is touched or loaded. The same options give the same desk again.
 */
export const createPrivacyDesk = ({ endpoint, site, locale }: PrivacyDeskOptions): PrivacyDesk => {
  if (typeof document === 'undefined') return Object.assign(createStub(), { ready: Promise.resolve() });
  const query = new URLSearchParams({ ...(site && { site }), ...(locale && { locale }) });
  const url = `${endpoint.replace(/\/+$/, '')}/config?${query}`;
  const known = desks.get(url);
  if (known) return known;
  const { privacyDesk } = window as { privacyDesk?: Partial<Stub> };
  const stub = privacyDesk?.q ? (privacyDesk as Stub) : createStub();
  desks.set(url, stub);
  fetch(url)
    .then(async (response) => {
      if (!response.ok) throw new Error(`${url} answered ${response.status}`);
      const config = (await response.json()) as ConsentConfig;
      start(
        config,
        {
          load: (name) => chunks[name]() as Promise<{ default: UiPart<unknown> }>,
          gpc: !!(navigator as Gpc).globalPrivacyControl,
          details: () => Promise.resolve(config),
          nonce: document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '',
        },
        stub,
      );
    })
    .catch((error: unknown) => {
      for (const [name, , resolve] of stub.q) if (name === 'ready') resolve(undefined);
      fail(error);
    });
  return stub;
};
