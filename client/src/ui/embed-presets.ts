import type { Chunks } from '../core/desk';

interface Preset {
  /** Says what it is to who cannot see it, unless the page says it better (`data-title`). */
  name: string;
  /** `{}` is where `data-id` goes. */
  url: string;
  /** Height in pixels where the page gives the element none; absent: as wide screens have it, 16:9. */
  height?: number;
}

/** How the services want to be embedded: the frames their own documentation offers, with fewest cookies where they have a choice. */
const presets: Record<string, Preset> = {
  youtube: { name: 'YouTube', url: 'https://www.youtube-nocookie.com/embed/{}' },
  vimeo: { name: 'Vimeo', url: 'https://player.vimeo.com/video/{}?dnt=1' },
  'google-maps': { name: 'Google Maps', url: 'https://www.google.com/maps?output=embed&q={}' },
  openstreetmap: { name: 'OpenStreetMap', url: 'https://www.openstreetmap.org/export/embed.html?bbox={}' },
  x: { name: 'X', url: 'https://platform.twitter.com/embed/Tweet.html?dnt=true&id={}', height: 550 },
  instagram: { name: 'Instagram', url: 'https://www.instagram.com/p/{}/embed/', height: 700 },
  facebook: { name: 'Facebook', url: 'https://www.facebook.com/plugins/post.php?href={}', height: 500 },
  tiktok: { name: 'TikTok', url: 'https://www.tiktok.com/player/v1/{}', height: 740 },
  spotify: { name: 'Spotify', url: 'https://open.spotify.com/embed/{}', height: 352 },
  soundcloud: { name: 'SoundCloud', url: 'https://w.soundcloud.com/player/?url={}', height: 166 },
  calendly: { name: 'Calendly', url: 'https://calendly.com/{}?embed_type=Inline', height: 700 },
};

/**
 * Puts a gated frame of a known service into `<div data-privacy="…" data-privacy-embed="youtube" data-id="…">`,
 * in place of what stands there for browsers without scripts. From there on it is an embed like any other.
 *
 * @throws TypeError for a service that is not known, or without an id
 */
export default {
  show(_desk, target) {
    const place = target as HTMLElement;
    const { privacy, privacyEmbed = '', privacyThumbnail, id, params, title } = place.dataset;
    // Done already: the gate tells what it saw more than once.
    if (!privacy) return;
    const preset = Object.hasOwn(presets, privacyEmbed) && presets[privacyEmbed];
    if (!preset || !id) throw new TypeError(`data-privacy-embed: ${privacyEmbed} ${id}`);
    const { name, url, height } = preset;
    // `track/…` and `user/event` are paths.
    let src = url.replace('{}', () => encodeURIComponent(id).replace(/%2F/g, '/'));
    if (params) src += (src.includes('?') ? '&' : '?') + params;
    const frame = Object.assign(document.createElement('iframe'), {
      title: title || name,
      allow: 'fullscreen; picture-in-picture; encrypted-media; clipboard-write',
      referrerPolicy: 'strict-origin-when-cross-origin',
    });
    Object.assign(frame.dataset, { src, privacy }, privacyThumbnail && { privacyThumbnail });
    Object.assign(frame.style, { display: 'block', width: '100%', height: '100%', border: '0' });
    place.removeAttribute('data-privacy');
    place.replaceChildren();
    // The page's own rules come first, and have room reserved already.
    if (!place.clientHeight) Object.assign(place.style, height ? { height: `${height}px` } : { aspectRatio: '16/9' });
    place.append(frame);
  },
} satisfies Chunks['presets'];
