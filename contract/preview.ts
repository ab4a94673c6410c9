import type { ConsentConfig } from './consent-config';

/** What of the client a preview shows; `banner` is what an undecided visitor sees on arrival. */
export const previewViews = ['banner', 'dialog', 'declaration', 'placeholder'] as const;
export type PreviewView = (typeof previewViews)[number];

/** What the admin panel tells a preview frame, once per frame. */
export interface PreviewRequest {
  type: 'privacy-desk-preview:show';
  config: ConsentConfig;
  view: PreviewView;
  /** Whether the visitor's browser sends Global Privacy Control. */
  gpc: boolean;
}

/** What a preview frame tells the admin panel: it listens; what was asked for stands there. */
export interface PreviewReport {
  type: 'privacy-desk-preview:ready' | 'privacy-desk-preview:shown';
}
