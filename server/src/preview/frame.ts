import type { BrowserFiles } from '../publishing/browser-files';

/**
 * The page of a preview frame. It holds no data: the admin panel hands it a config with `postMessage`, so it needs no login,
 * and nothing that it runs can reach the panel, because it is sandboxed, by the panel as well as by itself.
 */
export const frameHtml = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Preview</title><meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><script src="preview/frame.js"></script></body>
</html>
`;

/**
 * @param panelOrigins origins of the admin panel, if it is served from elsewhere
 */
export const frameHeaders = (panelOrigins: string[]): Record<string, string> => ({
  'Cache-Control': 'no-cache',
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "img-src 'self' data: https:",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${["'self'", ...panelOrigins].join(' ')}`,
    'sandbox allow-scripts',
  ].join('; '),
  'Referrer-Policy': 'no-referrer',
});

/** The client's own bytes, and around them what stands in for a website. */
export const frameScript = ({ preview, client, chunks }: BrowserFiles, base: string): string =>
  `${preview}(${client.startsWith('(') ? client : `(${client})`},${JSON.stringify(chunks)},${JSON.stringify(base)});\n`;
