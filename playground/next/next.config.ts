import type { NextConfig } from 'next';

/** Where the plugin answers, asked by this server only. */
const privacyDesk = process.env.PRIVACY_DESK_URL ?? 'http://localhost:1337/api/privacy-desk';

const config: NextConfig = {
  // To browsers it lies on the website's own origin: no CORS, no other host in the policy, and a choice that lasts in Safari.
  rewrites: async () => [{ source: '/api/privacy-desk/:path*', destination: `${privacyDesk}/:path*` }],
  // This folder is an application of its own, although it lies in another package.
  turbopack: { root: __dirname },
};

export default config;
