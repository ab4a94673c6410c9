import type { Manifest } from './manifest';

/**
 * Microsoft Advertising (UET) consent mode: the one property `ad_storage`, by the queue that `bat.js` takes over.
 *
 * @see https://help.ads.microsoft.com/apex/index/3/en/60119
 */
export default {
  vendor: 'uet',
  early: true,
  tell({ first, decided, granted }) {
    const say = (command: string, on: boolean) =>
      ((window as { uetq?: unknown[] }).uetq ??= []).push('consent', command, {
        ad_storage: on ? 'granted' : 'denied',
      });
    if (first) say('default', !decided() && granted('uet'));
    if (decided() || !first) say('update', granted('uet'));
  },
} satisfies Manifest<'uet'>;
