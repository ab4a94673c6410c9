import type { SlimConfig } from '../../contract/consent-config';
import { createDesk, type Host } from './core/create-desk';
import { guard } from './core/report';
import { createGate } from './gate/create-gate';
import type { Signal } from './signals/connect';
import type { Stub } from './stub';

/** Wires core, gate and signals. */
export const start = (config: SlimConfig, host: Host, stub: Pick<Stub, 'q'>, signals: readonly Signal[]): void =>
  createDesk(config, host, stub, (desk) => {
    const tell = () => signals.forEach((signal) => guard(() => signal(desk)));
    // At once: vendors must know what holds before any tag runs.
    tell();
    const gate = createGate(desk);
    return () => {
      tell();
      gate();
    };
  });
