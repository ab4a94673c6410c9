import type { ConsentConfig, SlimConfig } from '../../contract/consent-config';
import type { ChunkName, UiPart } from './core/desk';
import type { Gpc } from './core/gpc';
import { guard } from './core/report';
import { start } from './start';
import type { Stub } from './stub';

// The build makes this file one function expression with these parameters; the server appends the arguments.
declare const config: SlimConfig;
declare const chunks: Record<ChunkName, string>;

const page = window as { privacyDesk?: Pick<Stub, 'q'> };
const { src, nonce = '' } = (document.currentScript ?? {}) as HTMLScriptElement;

/** Everything is loaded from where the script came from. */
const near = (path: string) => new URL(path, src) as URL & string;
let details: Promise<ConsentConfig> | undefined;

const stub = (page.privacyDesk ??= { q: [] });
// A page may carry the script twice; only a stub has calls that wait.
if (stub.q)
  guard(() =>
    start(
      config,
      {
        nonce,
        gpc: !!(navigator as Gpc).globalPrivacyControl,
        load: async (name) => import(near(`assets/${chunks[name]}`)) as Promise<{ default: UiPart<unknown> }>,
        details: () =>
          (details ??= fetch(near(`config?site=${config.site}&locale=${config.locale}`)).then((response) => {
            if (response.ok) return response.json() as Promise<ConsentConfig>;
            details = undefined;
            throw response;
          })),
      },
      stub,
    ),
  );
