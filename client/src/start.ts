import type { SlimConfig } from '../../contract/consent-config';
import { createDesk, type Host } from './core/create-desk';
import { guard } from './core/report';
import { createGate } from './gate/create-gate';
import { pushDataLayer } from './signals/push-data-layer';
import type { Stub } from './stub';

/** Wires core, gate and signals, and puts the real answers into the stub, so that whoever holds it has them. */
export const start = (config: SlimConfig, host: Host, stub: Pick<Stub, 'q'>): void => {
  const { api } = createDesk(config, host, (desk) => {
    const gate = createGate(desk);
    return () => {
      guard(() => pushDataLayer(desk));
      gate();
    };
  });
  const { q } = stub;
  Object.assign(stub, api, { q: undefined });
  q.forEach(([name, args, resolve]) =>
    guard(() => resolve(name === 'ready' ? api.ready : (api[name] as (...args: unknown[]) => unknown)(...args))),
  );
};
