/** What of the vendors is told by `createPrivacyDesk({ signals: [google, meta] })`: name only what the website uses. */
export { default as clarity } from './signals/clarity';
export { default as google } from './signals/google';
export { default as gtm } from './signals/gtm';
export { default as matomo } from './signals/matomo';
export { default as meta } from './signals/meta';
export { default as piwikPro } from './signals/piwik-pro';
export { default as posthog } from './signals/posthog';
export { default as shopify } from './signals/shopify';
export { default as tiktok } from './signals/tiktok';
export { default as uet } from './signals/uet';
export type { AnyManifest, Manifest } from './signals/manifest';
