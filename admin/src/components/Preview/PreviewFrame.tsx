import { useEffect, useRef } from 'react';
import type { ConsentConfig, PreviewReport, PreviewRequest, PreviewView } from '../../../../contract';
import { PLUGIN_ID } from '../../pluginId';

interface Props {
  /** JSON of `[config, view, scheme, device, gpc, height]`. */
  request: string;
  title: string;
  /** CSS pixels of the page inside. */
  width: number;
  scale: number;
  /** From the start of the stage, in CSS pixels. */
  offset: number;
  /** It is not ready yet, and another one still stands for it. */
  hidden: boolean;
  onShown: () => void;
}

const backend = (): string => (window as { strapi?: { backendURL?: string } }).strapi?.backendURL ?? '';

/** One run of the client; another config is another frame. */
export const PreviewFrame = ({ request, title, width, scale, offset, hidden, onShown }: Props) => {
  const frame = useRef<HTMLIFrameElement>(null);
  const [config, view, scheme, , gpc, height] = JSON.parse(request) as [
    ConsentConfig,
    PreviewView,
    'light' | 'dark' | undefined | null,
    string,
    boolean,
    number,
  ];
  const shown = useRef(onShown);
  shown.current = onShown;

  useEffect(() => {
    const listen = ({ source, data }: MessageEvent<PreviewReport | undefined>) => {
      if (!source || source !== frame.current?.contentWindow) return;
      if (data?.type === 'privacy-desk-preview:shown') shown.current();
      if (data?.type !== 'privacy-desk-preview:ready') return;
      const message: PreviewRequest = { type: 'privacy-desk-preview:show', config, view, gpc };
      // The frame has no origin that could be named.
      (source as Window).postMessage(message, '*');
    };
    window.addEventListener('message', listen);
    return () => window.removeEventListener('message', listen);
    // `request` is all that the message is made of.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [request]);

  return (
    <iframe
      ref={frame}
      title={title}
      sandbox="allow-scripts"
      src={`${backend()}/${PLUGIN_ID}/preview`}
      aria-hidden={hidden}
      tabIndex={hidden ? -1 : undefined}
      style={{
        position: 'absolute',
        top: 0,
        left: offset,
        width,
        height,
        border: 0,
        transform: `scale(${scale})`,
        transformOrigin: '0 0',
        // Not `visibility`: what a browser knows to be invisible it draws late.
        opacity: hidden ? 0 : undefined,
        pointerEvents: hidden ? 'none' : undefined,
        // What the page inside gets as `prefers-color-scheme`.
        colorScheme: scheme ?? undefined,
      }}
    />
  );
};
