/** Serves the same page with each consent manager, from memory, compressed with brotli 11, on 127.0.0.1. */
import http from 'node:http';
import zlib from 'node:zlib';
import { trackers } from './catalogue.mjs';

const NONCE = 'cGVlcnM';
const sentence =
  'Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore. ';
const style = `body{margin:0;font-family:system-ui,sans-serif;line-height:1.6;color:#222}main{max-width:60rem;margin:auto;padding:1.5rem}`;

const page = (name, subject, strict) => {
  const base = `/${name}/`;
  const nonce = strict ? NONCE : '';
  const gated = Object.entries(trackers)
    .map(([purpose, src]) => subject.gate(purpose, src, nonce))
    .join('');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Benchmark</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<style nonce="${nonce}">${style}</style>${subject.head(nonce, base)}${gated}</head>
<body>${subject.body ?? ''}<main><h1>Good things for your home</h1>${`<p>${sentence.repeat(6)}</p>`.repeat(30)}
<p><a href="#end" id="end">The last link</a></p></main>${subject.tail?.(nonce, base) ?? ''}</body></html>`;
};

const csp = (subject) =>
  [
    "default-src 'self'",
    `script-src 'nonce-${NONCE}' 'strict-dynamic'`,
    `style-src 'nonce-${NONCE}'`,
    "object-src 'none'",
    "base-uri 'none'",
    "img-src 'self' data:",
    "require-trusted-types-for 'script'",
    `trusted-types ${subject.trustedTypes ?? "'none'"}`,
  ].join('; ');

const compress = (text) => zlib.brotliCompressSync(text, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } });

/** @returns its origin, what was requested and how many bytes that took, the inline bytes of each subject, and how to end it */
export const startServer = async (subjects) => {
  const types = { css: 'text/css', js: 'text/javascript' };
  const answers = new Map();
  const add = (path, text, type, headers) =>
    answers.set(path, {
      body: compress(text),
      headers: { 'Content-Type': `${type}; charset=utf-8`, 'Content-Encoding': 'br', ...headers },
    });
  for (const [name, subject] of Object.entries(subjects)) {
    add(`/${name}/`, page(name, subject, false), 'text/html', { 'Cache-Control': 'no-store' });
    add(`/${name}/strict`, page(name, subject, true), 'text/html', { 'Content-Security-Policy': csp(subject) });
    for (const [folder, files] of Object.entries({ [name]: subject.files, shared: subject.shared ?? {} }))
      for (const [file, text] of Object.entries(files))
        add(`/${folder}/${file}`, text, types[file.split('.').at(-1)] ?? 'application/json', {
          'Cache-Control': 'max-age=600',
        });
  }
  for (const [purpose, src] of Object.entries(trackers))
    add(src, `(window.ran ??= {}).${purpose} = performance.now();`, 'text/javascript', { 'Cache-Control': 'no-store' });
  // What stands inline in the page for a consent manager counts as well.
  const inline = Object.fromEntries(
    Object.keys(subjects).map((name) => [
      name,
      answers.get(`/${name}/`).body.length - answers.get('/baseline/').body.length,
    ]),
  );
  const log = [];
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const answer = answers.get(pathname);
    log.push({ path: pathname, bytes: answer?.body.length ?? 0 });
    if (!answer) return response.writeHead(404).end();
    response.writeHead(200, { ...answer.headers, 'Content-Length': answer.body.length }).end(answer.body);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    inline,
    log,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(closed);
      }),
  };
};
