import { createElement, useEffect, useRef, type HTMLAttributes, type ReactElement } from 'react';

/** Services that need not be written out: the names of `data-privacy-embed`. */
export type EmbedService =
  | 'youtube'
  | 'vimeo'
  | 'google-maps'
  | 'openstreetmap'
  | 'x'
  | 'instagram'
  | 'facebook'
  | 'tiktok'
  | 'spotify'
  | 'soundcloud'
  | 'calendly';

interface Common extends Omit<HTMLAttributes<HTMLDivElement>, 'id' | 'title'> {
  /** Key of a category (`MARKETING`), or of an item of one (`MARKETING/youtube`). */
  category: string;
  /** Says what it is to who cannot see it; names the placeholder, too. */
  title: string;
  /** With `height`: the proportions. Alone, or both absent: as wide screens have it, 16:9. */
  width?: number;
  /** Without `width`: in pixels, whatever the width is. */
  height?: number;
  /** A picture behind the question, on the page's own origin. */
  thumbnail?: string;
}

/** `children` are for browsers without scripts: a link to what is embedded. */
export type EmbedProps = Common &
  (
    | { src: string; service?: undefined; id?: undefined; params?: undefined }
    | {
        src?: undefined;
        service: EmbedService;
        /** What of the service: see `data-id` in docs/website.md. */
        id: string;
        /** Added to the frame's address: `start=30&rel=0`. */
        params?: string;
      }
  );

/**
 * A frame of somebody else that is loaded when its category is allowed; until then a placeholder asks.
 *
 * What the client does to a page's embeds it must not do to elements of React, so the frame is none: it is put into
 * the element once that is hydrated, and taken away with it. Its room is reserved from the start, without a style that a
 * Content Security Policy could forbid: nothing moves.
 */
export const Embed = ({
  category,
  title,
  src,
  service,
  id,
  params,
  thumbnail,
  width,
  height,
  children,
  ...rest
}: EmbedProps): ReactElement => {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A place of its own, so that all that the client puts beside the frame goes with it.
    const place = document.createElement('div');
    const frame = service ? place : document.createElement('iframe');
    if (!service) place.append(Object.assign(frame, { title }));
    const data = { id, params, title: service && title, src, privacyThumbnail: thumbnail, privacyEmbed: service };
    for (const [name, value] of Object.entries({ ...data, privacy: category })) if (value) frame.dataset[name] = value;
    // Not by the attribute, which a policy may forbid.
    for (const { style } of [place, frame]) style.cssText = 'position:absolute;inset:0;width:100%;height:100%;border:0';
    box.current!.style.position = 'relative';
    box.current!.append(place);
    return () => place.remove();
  }, [category, title, src, service, id, params, thumbnail]);
  return createElement(
    'div',
    { ...rest, ref: box },
    // As wide as there is room, and as high as that makes it.
    createElement('svg', {
      'aria-hidden': true,
      display: 'block',
      width: '100%',
      ...(height && !width ? { height } : { viewBox: `0 0 ${width ?? 16} ${height ?? 9}` }),
    }),
    children && createElement('noscript', null, children),
  );
};
