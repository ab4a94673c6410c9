'use client';

/** Privacy Desk for React: a provider, hooks and two components. On a server, and until the page is hydrated, everything is denied. */
export { Embed, type EmbedProps, type EmbedService } from './react/embed-component';
export { Gate, type GateProps } from './react/gate';
export { PrivacyDeskProvider, type PrivacyDeskProviderProps } from './react/provider';
export { useConsent, type Consent } from './react/use-consent';
export { usePreference } from './react/use-preference';
