/** A website that has asked for a site's script or config. */
export interface SeenOrigin {
  /** As browsers tell it: scheme and host. */
  origin: string;
  /** Since the last request; counted by the server, whose clock may be another one. */
  secondsAgo: number;
}

/** Answer of `GET /privacy-desk/install?site=` (permission `install.read`): what the snippets are filled with, and who uses them. */
export interface Install {
  site: string;
  /** Absolute address of `client.js`, without a query. */
  clientUrl: string;
  /** What bundled clients are given as `endpoint`. */
  endpoint: string;
  /** Text of the stub script. */
  stub: string;
  /** Source expression for a Content Security Policy: `'sha256-…'` of the stub. */
  stubHash: string;
  /** The site's own; empty: any. */
  origins: string[];
  /** The latest first. As this instance has seen it since its start, sampled where there is much traffic. */
  seen: SeenOrigin[];
}
