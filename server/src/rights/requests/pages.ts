import type { ServerResponse } from 'node:http';

/** A button of a page; it posts the page's own address, with `action`. */
export interface PageButton {
  label: string;
  /** Added to the address. */
  action?: string;
  quiet?: boolean;
}

export interface Page {
  status: number;
  lang: string;
  title: string;
  paragraphs: string[];
  /** Query that the buttons post; without buttons: none. */
  query?: string;
  buttons?: PageButton[];
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Looks of the pages, in a file of its own: nothing is inline. */
export const PAGE_CSS = `:root{color-scheme:light dark;font-family:system-ui,sans-serif;line-height:1.5}
body{margin:0;padding:1.5rem;display:grid;justify-content:center}
main{width:min(34rem,100%);margin-block:10vh;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25}
form{display:flex;flex-wrap:wrap;gap:.75rem;margin-block-start:1.5rem}
button{font:inherit;font-weight:600;min-height:44px;padding:.5rem 1.25rem;border:1px solid #1d4ed8;border-radius:.375rem;background:#1d4ed8;color:#fff;cursor:pointer}
button.quiet{background:none;color:inherit;border-color:GrayText}
button:focus-visible{outline:3px solid Highlight;outline-offset:2px}
`;

const BASE_HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
  // The address holds a token: it goes nowhere.
  'Referrer-Policy': 'no-referrer',
};

/** Nothing but our own style and our own form; no script at all. */
const CSP = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export const sendPage = (
  response: ServerResponse,
  { status, lang, title, paragraphs, query = '', buttons = [] }: Page,
  headers: Record<string, string> = {},
): void => {
  const form = buttons.map(({ label, action, quiet }) => {
    const target = escaped(`?${query}${action ? `&action=${action}` : ''}`);
    return `<button formaction="${target}"${quiet ? ' class="quiet"' : ''}>${escaped(label)}</button>`;
  });
  const body = Buffer.from(
    `<!doctype html>
<html lang="${escaped(lang)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">
<title>${escaped(title)}</title><link rel="stylesheet" href="page.css"></head>
<body><main><h1>${escaped(title)}</h1>
${paragraphs.map((text) => `<p>${escaped(text)}</p>`).join('\n')}
${form.length > 0 ? `<form method="post">${form.join('\n')}</form>` : ''}</main></body>
</html>
`,
  );
  response.writeHead(status, {
    ...BASE_HEADERS,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': body.length,
    'Content-Security-Policy': CSP,
    'X-Frame-Options': 'DENY',
    ...headers,
  });
  response.end(body);
};

export const sendPageCss = (response: ServerResponse): void => {
  response.writeHead(200, {
    'Content-Type': 'text/css; charset=utf-8',
    'Content-Length': Buffer.byteLength(PAGE_CSS),
    'Cache-Control': 'public, max-age=3600',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(PAGE_CSS);
};
