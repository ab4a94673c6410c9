/* global URLSearchParams */
// The demo website: plain HTML from plain Node, so that nothing hides what a website has to do for Privacy Desk.
import { randomBytes, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { content } from './content.mjs';
import { pages, player, renderPage } from './pages.mjs';
import { ad } from './pictures.mjs';

const require = createRequire(import.meta.url);
const read = (file) => fs.readFileSync(file, 'utf8');
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

const html = 'text/html; charset=utf-8';
const css = 'text/css; charset=utf-8';
const script = 'text/javascript; charset=utf-8';
const json = 'application/json; charset=utf-8';

const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const vendor = {
  '/vendor/bootstrap.css': 'bootstrap/dist/css/bootstrap.min.css',
  '/vendor/tailwind.css': 'tailwindcss/preflight.css',
};

/** The other origin of this server: to a browser, localhost and 127.0.0.1 are strangers. */
const otherOrigin = (host = 'localhost') =>
  `http://${host.replace(/^localhost|^127\.0\.0\.1/, (name) => (name === 'localhost' ? '127.0.0.1' : 'localhost'))}`;

const strictPolicy = ({ nonce, strapi, thirdParty }) =>
  [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'nonce-${nonce}'`,
    `connect-src 'self' ${strapi}`,
    `img-src 'self' data: ${thirdParty}`,
    `frame-src ${thirdParty}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types privacy-desk`,
    `report-uri /csp-reports`,
  ].join('; ');

/** A fake tracker: a cookie that lasts, and a pixel that reports the page view. */
const trackerScript = (name, days, view) => `(() => {
  const seen = Number(/(?:^|; )demo_${name}=(\\d+)/.exec(document.cookie)?.[1] ?? 0);
  document.cookie = 'demo_${name}=' + (seen + 1) + '; Path=/; Max-Age=${days * 86_400}; SameSite=Lax';
  new Image().src = '/trackers/${name}.gif?view=${view}';
})();
`;

/** Counts page views per tracker: a script and the pixel it sends are one, a pixel on its own is one as well. */
const createTrackers = () => {
  const days = { statistics: 30, marketing: 90 };
  const hits = { statistics: 0, marketing: 0 };
  const views = new Set();
  return {
    hits,
    reset: () => Object.keys(hits).forEach((name) => (hits[name] = 0)),
    answer(path, view) {
      const [, name, kind] = /^\/trackers\/(statistics|marketing)\.(js|gif)$/.exec(path) ?? [];
      if (!name) return undefined;
      if (kind === 'gif') {
        if (!views.delete(view)) hits[name] += 1;
        return ['image/gif', gif];
      }
      hits[name] += 1;
      const id = randomUUID();
      if (views.size > 1000) views.clear();
      views.add(id);
      return [script, trackerScript(name, days[name], id)];
    },
  };
};

const bodyOf = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

/**
 * Makes the website; `listen()` is up to the caller.
 * @param strapiUrl where Strapi answers, for instance http://localhost:1337. @param stub text of dist/browser/stub.js.
 */
export const createWebsite = ({ strapiUrl, stub }) => {
  const trackers = createTrackers();
  const baskets = new Map();
  let reports = [];

  const placeOf = (page, query) => {
    const place = query.get('place') ?? '';
    return page.edge && (Object.hasOwn(content.en.places.list, place) ? place : 'DE');
  };

  const clientOf = (page, query) => {
    if (page.client === false) return null;
    const wanted = query.get('locale') ?? page.language;
    const address = new URLSearchParams({
      site: page.site ?? 'default',
      locale: /^[\w-]{2,20}$/.test(wanted) ? wanted : page.language,
    });
    if (query.get('compat') === 'django') address.set('compat', 'django');
    return {
      stub,
      src: `${page.edge ? `/edge/${placeOf(page, query)}` : `${strapiUrl}/api/privacy-desk`}/client.js?${address}`.replaceAll(
        '&',
        '&amp;',
      ),
      // A consent server that hangs must not hold up the page. `?sync` is for what has to ask before it starts, such as a tag manager.
      async: !query.has('sync'),
    };
  };

  /** Passes a request on to Strapi, as an edge does that knows the place: `/edge/US-CA/client.js?…`. */
  const passOn = async (request, response) => {
    const [, country, region = '', path] = /^\/edge\/([A-Z]{2})(?:-(\w+))?\/(.*)$/s.exec(request.url) ?? [];
    if (!country) return false;
    const { origin, 'content-type': type, authorization, 'sec-fetch-site': site } = request.headers;
    const passed = await fetch(`${strapiUrl}/api/privacy-desk/${path}`, {
      method: request.method,
      headers: Object.entries({
        'X-Demo-Country': country,
        'X-Demo-Region': region,
        origin,
        'content-type': type,
        authorization,
        'sec-fetch-site': site,
      }).filter(([, value]) => value),
      ...(request.method === 'POST' && { body: await bodyOf(request) }),
    });
    const headers = [...passed.headers].filter(([name]) => /^(content-type|cache-control|set-cookie)$/.test(name));
    response.writeHead(passed.status, Object.fromEntries(headers)).end(Buffer.from(await passed.arrayBuffer()));
    return true;
  };

  const basketOf = (request) => /(?:^|; )northlight_session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];

  /** The answer to a request: content type, body, more headers. */
  const answer = async (request, { pathname, searchParams }) => {
    const posted = request.method === 'POST';
    if (pathname === '/hits') return [json, JSON.stringify(trackers.hits)];
    if (pathname === '/hits/reset' && posted) {
      trackers.reset();
      return [json, JSON.stringify(trackers.hits)];
    }
    if (pathname === '/csp-reports/reset' && posted) {
      reports = [];
      return [json, '{"violations":0,"reports":[]}'];
    }
    if (pathname === '/csp-reports') {
      if (posted) reports.push(JSON.parse(await bodyOf(request)));
      return [json, JSON.stringify({ violations: reports.length, reports: reports.slice(-20) })];
    }
    if (pathname === '/basket') {
      const id = basketOf(request) ?? randomUUID();
      if (posted) baskets.set(id, (baskets.get(id) ?? 0) + 1);
      const cookie = posted && { 'set-cookie': `northlight_session=${id}; Path=/; HttpOnly; SameSite=Lax` };
      return [json, JSON.stringify({ count: baskets.get(id) ?? 0 }), cookie];
    }
    if (pathname === '/site.css') return [css, read(here('site.css'))];
    if (pathname === '/site.js') return [script, read(here('site.js'))];
    if (pathname === '/ad.svg') return ['image/svg+xml', ad];
    if (pathname === '/player/') return [html, player];
    if (vendor[pathname]) return [css, read(require.resolve(vendor[pathname]))];
    const tracked = trackers.answer(pathname, searchParams.get('view'));
    if (tracked) return tracked;

    const page = Object.hasOwn(pages, pathname) && pages[pathname];
    if (!page) return undefined;
    const thirdParty = otherOrigin(request.headers.host);
    const nonce = page.strict ? randomBytes(16).toString('base64url') : '';
    const policy = nonce && {
      'content-security-policy': strictPolicy({ nonce, strapi: new URL(strapiUrl).origin, thirdParty }),
    };
    return [
      html,
      renderPage({ page, client: clientOf(page, searchParams), place: placeOf(page, searchParams), thirdParty, nonce }),
      policy,
    ];
  };

  return http.createServer(async (request, response) => {
    try {
      if (await passOn(request, response)) return;
      const found = await answer(request, new URL(request.url, 'http://localhost'));
      const [type, body, headers] = found ?? ['text/plain; charset=utf-8', 'Not found\n'];
      response.writeHead(found ? 200 : 404, { 'content-type': type, 'cache-control': 'no-store', ...headers });
      response.end(request.method === 'HEAD' ? undefined : body);
    } catch (error) {
      response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end(`${error.message}\n`);
    }
  });
};
