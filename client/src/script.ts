import type { SlimConfig } from '../../contract/consent-config';
import type { ChunkName, Chunks } from './core/desk';
import { start } from './start';
import type { Stub } from './stub';

// The build makes this file one function expression with these parameters; the server appends the arguments.
declare const config: SlimConfig;
declare const chunks: Record<ChunkName, string>;

const page = window as { privacyDesk?: Partial<Stub> };
const script = (document.currentScript ??
  document.querySelector('script[src*="/client.js?"]')) as HTMLScriptElement | null;

// A page may carry the script twice; only a stub makes room.
if (!page.privacyDesk || page.privacyDesk.q)
  try {
    const base = new URL('.', script!.src).href;
    let details: ReturnType<Parameters<typeof start>[1]['details']> | undefined;
    page.privacyDesk = start(
      config,
      {
        nonce: script!.nonce || undefined,
        load: <Name extends ChunkName>(name: Name) =>
          import(`${base}assets/${chunks[name]}`) as Promise<{ default: Chunks[Name] }>,
        details: () =>
          (details ??= fetch(`${base}config?site=${config.site}&locale=${config.locale}`, { credentials: 'omit' })
            .then((response) => {
              if (!response.ok) throw new Error(`config: ${response.status}`);
              return response.json() as NonNullable<typeof details>;
            })
            .catch((error: unknown) => {
              details = undefined;
              throw error;
            })),
      },
      page.privacyDesk,
    );
  } catch (error) {
    document.dispatchEvent(new CustomEvent('privacy-desk:error', { detail: { error } }));
  }
