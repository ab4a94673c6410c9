/**
 * Answer of `GET /privacy-desk/settings` (permission `settings.read`): what the server was started with. It is written in
 * `config/plugins` and the environment, so the panel only shows it. No secret is among it.
 */
export interface DeskSettings {
  /** In seconds. */
  cache: { maxAgeSeconds: number; staleWhileRevalidateSeconds: number; staleIfErrorSeconds: number };
  consents: {
    enabled: boolean;
    /** Consents per address; null: without limit. */
    rateLimit: { max: number; windowSeconds: number } | null;
    checkpointMinutes: number;
    ip: 'off' | 'truncated' | 'hashed';
    userAgentFamily: boolean;
    country: boolean;
  };
  keys: {
    /** Whether a former master key is still given: `privacy-desk rotate-keys` makes it needless. */
    previous: boolean;
    /** IDs of the public keys that verify receipts and checkpoints, the newest last. */
    signing: string[];
  };
  geo: { headers: string | null; trustedProxies: string[]; database: boolean; knowsCountry: boolean };
  redis: boolean;
  pollIntervalSeconds: number;
}
