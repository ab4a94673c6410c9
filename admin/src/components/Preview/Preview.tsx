import { Box } from '@strapi/design-system';
import { useEffect, useState } from 'react';
import { styled } from 'styled-components';
import type { ConsentConfig, PreviewView } from '../../../../contract';
import { PreviewFrame } from './PreviewFrame';

/** Typing changes the config many times a second; a frame is not made for each. */
const PAUSE_MS = 150;

/** Widths in CSS pixels that the frame has, whatever space the panel gives it. */
const widths = { desktop: 1280, phone: 390 } as const;

/** What stands above and below a preview in the window; less of it than this is not worth looking at. */
const [BESIDE_PX, LEAST_PX] = [400, 360];

/** Room for the frame, so that all of it is in sight at once. */
interface Room {
  width: number;
  height: number;
}

const Stage = styled(Box)<{ $height: number }>`
  position: relative;
  overflow: hidden;
  height: ${({ $height }) => $height}px;
`;

export interface PreviewProps {
  config: ConsentConfig;
  view?: PreviewView;
  /** What the visitor's system asks for; without it, the panel's own colours decide. */
  scheme?: 'light' | 'dark';
  device?: keyof typeof widths;
  /** Whether the visitor's browser sends Global Privacy Control. */
  gpc?: boolean;
  /** Height of the page in the frame, in its own CSS pixels. */
  height?: number;
  /** Accessible name of the frame. */
  title: string;
}

/**
 * Runs the client that websites get, with the given config, in a sandboxed frame. Nothing it does leaves the frame:
 * choices last as long as it does, no consent is sent.
 * While a changed config is being drawn, what was there stays, so nothing flickers.
 */
export const Preview = ({
  config,
  view = 'banner',
  scheme,
  device = 'desktop',
  gpc = false,
  height = 720,
  title,
}: PreviewProps) => {
  const wanted = JSON.stringify([config, view, scheme, device, gpc, height]);
  const [stage, setStage] = useState<HTMLElement | null>(null);
  const [room, setRoom] = useState<Room>();
  /** What is drawn: the last that is ready, and the one that is to replace it. */
  const [frames, setFrames] = useState([wanted]);

  useEffect(() => {
    if (!stage) return;
    const measure = () =>
      setRoom({ width: stage.clientWidth, height: Math.max(LEAST_PX, window.innerHeight - BESIDE_PX) });
    const observer = new ResizeObserver(measure);
    observer.observe(stage);
    window.addEventListener('resize', measure);
    measure();
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
    };
  }, [stage]);

  useEffect(() => {
    const timer = setTimeout(
      () => setFrames((before) => (before.at(-1) === wanted ? before : [...new Set([before[0]!, wanted])])),
      PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [wanted]);

  const width = widths[device];
  const scale = room ? Math.min(1, room.width / width, room.height / height) : 1;
  return (
    <Stage
      ref={setStage}
      background="neutral150"
      borderColor="neutral200"
      hasRadius
      $height={Math.round(height * scale)}
      data-preview={frames.length === 1 && frames[0] === wanted ? 'current' : 'changing'}
    >
      {room &&
        frames.map((frame, index) => (
          <PreviewFrame
            key={frame}
            request={frame}
            title={title}
            width={width}
            scale={scale}
            offset={Math.max(0, (room.width - width * scale) / 2)}
            hidden={index > 0}
            onShown={() =>
              setFrames((before) => (before.includes(frame) ? before.slice(before.indexOf(frame)) : before))
            }
          />
        ))}
    </Stage>
  );
};
