import { guard } from '../core/report';
import type { Manifest } from './manifest';

type Pixel = ((...command: unknown[]) => void) & { callMethod?: unknown; queue?: unknown[] };

/**
 * Meta Pixel: `revoke` on every page before `init`, `grant` after consent.
 *
 * Its snippet does nothing where `fbq` is there already, so no queue can be laid out for it. Instead, the moment the
 * snippet sets `fbq` is noticed, and the first command is put before those that the snippet queues; none is sent
 * until its library has loaded.
 *
 * @see https://developers.facebook.com/docs/meta-pixel/implementation/gdpr
 */
export default {
  vendor: 'meta',
  early: true,
  tell({ first, granted }) {
    const page = window as { fbq?: Pixel };
    const say = (early?: boolean) => {
      const { fbq } = page;
      const command = ['consent', granted('meta') ? 'grant' : 'revoke'];
      if (early && !fbq!.callMethod && fbq!.queue) fbq!.queue.unshift(command);
      else fbq!(...command);
    };
    if (page.fbq) say(first);
    else if (first)
      Object.defineProperty(page, 'fbq', {
        configurable: true,
        set(value) {
          Object.defineProperty(page, 'fbq', { value, writable: true, enumerable: true, configurable: true });
          queueMicrotask(() => guard(() => say(true)));
        },
      });
  },
} satisfies Manifest<'meta'>;
