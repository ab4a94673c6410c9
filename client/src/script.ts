import type { SlimConfig } from '../../contract/consent-config';
import type { ChunkName, Load } from './core/desk';
import type { Gpc } from './core/gpc';
import { guard } from './core/report';
import type { Signal } from './signals/connect';
import { start } from './start';
import type { Stub } from './stub';

// The build makes this file one function expression with these parameters; the server appends the arguments.
declare const config: SlimConfig;
declare const chunks: Record<ChunkName, string>;
declare const signals: readonly Signal[];

const { src: url, nonce = '' } = (document.currentScript ?? {}) as HTMLScriptElement;

const stub = ((window as { privacyDesk?: Pick<Stub, 'q'> }).privacyDesk ??= { q: [] });
// A page may carry the script twice; only a stub has calls that wait.
if (stub.q)
  guard(() =>
    start(
      config,
      {
        url,
        nonce,
        gpc: !!(navigator as Gpc).globalPrivacyControl,
        load: ((name) => import(new URL(`assets/${chunks[name]}`, url) as URL & string)) as Load,
      },
      stub,
      signals,
    ),
  );
