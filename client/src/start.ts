import type { SlimConfig } from '../../contract/consent-config';
import type { PrivacyDesk } from './core/api';
import { createDesk, type Host } from './core/create-desk';
import { createGate } from './gate/create-gate';
import { pushDataLayer } from './signals/push-data-layer';
import type { Stub } from './stub';

/** Wires core, gate and signals, and puts the real answers into the stub, so that whoever holds it has them. */
export const start = (config: SlimConfig, host: Host, stub: Partial<Stub> = {}): PrivacyDesk => {
  const { api, emit } = createDesk(config, host, (desk) => {
    const gate = createGate(desk);
    return {
      run(change) {
        pushDataLayer(desk, change);
        gate.run(change);
      },
      reveal: gate.reveal,
    };
  });
  const queue = stub.q ?? [];
  delete stub.q;
  const target = Object.assign(stub, api);
  for (const [name, args, resolve] of queue)
    try {
      const member = api[name];
      resolve(typeof member === 'function' ? (member as (...args: unknown[]) => unknown)(...args) : member);
    } catch (error) {
      emit('error', { error });
    }
  return target;
};
