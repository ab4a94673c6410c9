import type { Manifest } from './manifest';

type Command = 'holdConsent' | 'grantConsent' | 'revokeConsent';
type Pixel = unknown[] & Partial<Record<Command, () => void>>;

/**
 * TikTok Pixel: held while undecided, then granted or revoked.
 *
 * The three methods are among those that the pixel's base code (Events Manager, "set up manually") names. It keeps a queue
 * that is there already, in which a command is a list that begins with its name.
 *
 * @see https://ads.tiktok.com/help/article/how-to-use-cookies-with-tiktok-pixel
 */
export default {
  vendor: 'tiktok',
  early: true,
  tell({ decided, granted }) {
    const ttq = ((window as { ttq?: Pixel }).ttq ??= []);
    const command = granted('tiktok') ? 'grantConsent' : decided() ? 'revokeConsent' : 'holdConsent';
    if (ttq[command]) ttq[command]();
    else ttq.push([command]);
  },
} satisfies Manifest<'tiktok'>;
