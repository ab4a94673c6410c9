import { content } from './content.mjs';
import { bag, logo, scene } from './pictures.mjs';

/**
 * The demo's pages by path. `language` is that of the shop's words; `site` and `locale` go to Privacy Desk;
 * `stylesheet` is another's CSS that a website may have; `client: false` leaves Privacy Desk out.
 */
export const pages = {
  '/': { language: 'en', name: 'English' },
  '/de/': { language: 'de', name: 'Deutsch' },
  '/ar/': { language: 'ar', name: 'العربية', dir: 'rtl' },
  '/eu/': { language: 'en', name: 'Opt-in (EU)', site: 'eu' },
  '/world/': { language: 'en', name: 'By country', site: 'world', edge: true },
  '/csp/': { language: 'en', name: 'Strict CSP', strict: true },
  '/bootstrap/': { language: 'en', name: 'Bootstrap', stylesheet: 'bootstrap' },
  '/tailwind/': { language: 'en', name: 'Tailwind', stylesheet: 'tailwind' },
  '/empty/': { language: 'en', name: 'Without Privacy Desk', client: false },
  '/privacy/': { language: 'en', kind: 'privacy' },
  '/de/privacy/': { language: 'de', kind: 'privacy' },
  '/ar/privacy/': { language: 'ar', kind: 'privacy', dir: 'rtl' },
  '/eu/privacy/': { language: 'en', kind: 'privacy', site: 'eu' },
  '/data/': { language: 'en', kind: 'data' },
  '/de/data/': { language: 'de', kind: 'data' },
  '/ar/data/': { language: 'ar', kind: 'data', dir: 'rtl' },
  '/csp/data/': { language: 'en', kind: 'data', strict: true },
  '/imprint/': { language: 'en', kind: 'imprint' },
};

const folderOf = { en: '/', de: '/de/', ar: '/ar/' };

const head = ({ page, words, client, nonce }) => `
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${words.title}</title>
  <link rel="icon" href="data:,">
  ${
    client
      ? `<script${nonce}>${client.stub}</script>
  <script${nonce} src="${client.src}"${client.async ? ' async' : ''}></script>`
      : ''
  }
  ${page.stylesheet ? `<link rel="stylesheet" href="/vendor/${page.stylesheet}.css">` : ''}
  <link rel="stylesheet" href="/site.css"${nonce}>`;

const header = ({ page, words }) => `
<a class="skip" href="#main">${words.hero.action}</a>
<header class="wrap head">
  <a class="brand" href="${folderOf[page.language]}">${logo}<span>Northlight</span></a>
  <nav>${['coffees', 'brewing', 'visit'].map((id, index) => `<a href="${folderOf[page.language]}#${id}">${words.nav[index]}</a>`).join('')}</nav>
  <span class="tongues">${Object.keys(folderOf)
    .map(
      (language) =>
        `<a href="${folderOf[language]}" lang="${language}" data-language="${language}"${language === page.language ? ' aria-current="true"' : ''}>${pages[folderOf[language]].name}</a>`,
    )
    .join('')}</span>
  <span class="basket">${words.basket} <b id="basket">0</b></span>
</header>`;

const footer = ({ words, page, client }) => `
<footer class="foot"><div class="wrap">
  <ul>
    <li><a href="${page.site === 'eu' ? '/eu/privacy/' : `${folderOf[page.language]}privacy/`}">${words.policyLink}</a></li>
    <li><a href="${page.strict ? '/csp/' : folderOf[page.language]}data/">${words.dataLink}</a></li>
    <li><a href="/imprint/">${words.imprintLink}</a></li>
    ${client ? `<li><button type="button" class="link" data-privacy-action="open-settings">${words.settings}</button></li>` : ''}
  </ul>
  <ul aria-label="${words.pages}">${Object.entries(pages)
    .filter(([, { name }]) => name)
    .map(([path, { name }]) => `<li><a href="${path}">${name}</a></li>`)
    .join('')}</ul>
</div></footer>`;

/** Where the visitor may be, to try what the law there makes of the page. */
const places = ({ words, place }) => `
<nav class="wrap places" aria-label="${words.title}"><p>${words.text}</p><ul>${Object.entries(words.list)
  .map(([code, name]) => `<li><a href="?place=${code}"${code === place ? ' aria-current="true"' : ''}>${name}</a></li>`)
  .join('')}</ul></nav>`;

const panel = (words) => `
<section class="wrap"><div class="panel">
  <h2>${words.title}</h2>
  <p>${words.text}</p>
  <div class="facts">
    <div><h3>${words.preferences}</h3><dl id="preferences"></dl><p id="waiting" hidden>${words.waiting}</p></div>
    <div><h3>${words.hits}</h3><dl id="hits"></dl></div>
    <div><h3>${words.stored}</h3><div id="stored"></div></div>
  </div>
  <div class="actions">
    <button type="button" class="plain" data-privacy-action="open-settings">${words.settings}</button>
    <button type="button" class="plain" data-privacy-action="withdraw">${words.withdraw}</button>
    <button type="button" class="plain" id="reset">${words.reset}</button>
    <button type="button" class="plain" id="forget">${words.forget}</button>
  </div>
</div></section>`;

/** Scripts, an inline script, a template, an image and an embed: everything here waits for the visitor's permission. */
const shop = ({ page, words, place, thirdParty, client, nonce }) => `
${page.edge ? places({ words: words.places, place }) : ''}<div class="wrap hero">
  <div><p class="eyebrow">${words.hero.eyebrow}</p><h1>${words.hero.title}</h1><p>${words.hero.text}</p><a class="cta" href="#coffees">${words.hero.action}</a></div>
  ${scene}
</div>
<section class="wrap" id="coffees">
  <h2>${words.coffeesTitle}</h2>
  <ul class="coffees">${words.coffees
    .map(
      ({ name, origin, notes, price }, index) => `
    <li class="coffee">${bag(index)}<h3>${name}</h3><p>${origin}<br>${notes}</p>
      <div><b>${price}</b><button type="button" class="plain" data-add="${index}">${words.add}</button></div></li>`,
    )
    .join('')}</ul>
</section>
<section class="wrap split" id="brewing">
  <div><h2>${words.brewingTitle}</h2><p>${words.brewing}</p></div>
  <iframe class="film" title="${words.film}" data-privacy="MARKETING/demo-video" data-src="${thirdParty}/player/"></iframe>
</section>
<section class="wrap visit" id="visit">
  <h2>${words.visitTitle}</h2><p>${words.visit}</p>
</section>
<div class="wrap">
  <template data-privacy="MARKETING"><div class="picked"><h3>${words.recommendedTitle}</h3><p>${words.recommended}</p></div></template>
  <figure class="ad"><figcaption>${words.adLabel}</figcaption><picture><img data-privacy="MARKETING" data-src="${thirdParty}/ad.svg" alt="${words.adAlt}" width="970" height="180"></picture></figure>
</div>
${client ? panel(words.panel) : ''}
<script type="text/plain" data-privacy="STATISTICS" data-src="/trackers/statistics.js"${nonce}></script>
<script type="text/plain" data-privacy="MARKETING" data-src="/trackers/marketing.js"${nonce}></script>
<script type="text/plain" data-privacy="MARKETING"${nonce}>localStorage.setItem('demo_marketing_interests', 'light roast');</script>`;

const prose = (title, paragraphs, more = '') =>
  `<div class="wrap prose"><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}${more}</div>`;

/**
 * The HTML of a page.
 * `client`: the stub's text, the script's address and whether it is loaded asynchronously; null without Privacy Desk.
 * `place`: code of where the visitor is, on pages that go by it.
 * `thirdParty`: origin of the other host. `nonce`: of the page's Content Security Policy, or empty.
 */
export const renderPage = ({ page, client, place, thirdParty, nonce: value }) => {
  const words = content[page.language];
  const nonce = value ? ` nonce="${value}"` : '';
  const context = { page, words, client, place, thirdParty, nonce };
  const main = {
    shop: () => shop(context),
    privacy: () => prose(words.privacyTitle, words.privacy, '<privacy-desk-declaration></privacy-desk-declaration>'),
    data: () =>
      prose(words.dataTitle, words.data, `<privacy-desk-request><p>${words.dataInstead}</p></privacy-desk-request>`),
    imprint: () => prose(words.imprintTitle, words.imprint),
  }[page.kind ?? 'shop'];
  return `<!doctype html>
<html lang="${page.language}" dir="${page.dir ?? 'ltr'}">
<head>${head(context)}
</head>
<body>${header(context)}
<main id="main">${main()}</main>${footer(context)}
<script id="words" type="application/json"${nonce}>${JSON.stringify(words.panel)}</script>
<script type="module" src="/site.js"${nonce}></script>
</body>
</html>
`;
};

/** The film, as another company's player would be: on another host, in an iframe, with storage of its own. */
export const player = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Pouring a filter coffee</title>
<style>
html,body{height:100%;margin:0;background:#12233a;overflow:hidden}
svg{width:100%;height:100%}
.stream{animation:pour 6s infinite}.coffee{transform-origin:320px 300px;animation:rise 6s infinite}.steam{animation:steam 3s infinite ease-in-out}
@keyframes pour{0%,8%{opacity:0}14%,70%{opacity:1}78%,100%{opacity:0}}
@keyframes rise{0%,12%{transform:scaleY(.06)}76%,96%{transform:scaleY(1)}100%{transform:scaleY(.06)}}
@keyframes steam{50%{transform:translateY(-8px);opacity:.25}}
@media (prefers-reduced-motion:reduce){*{animation:none!important}}
</style></head><body>
<svg viewBox="0 0 640 360" role="img" aria-label="Water is poured over coffee">
<rect width="640" height="360" fill="#12233a"/><path d="M0 300h640v60H0z" fill="#3a2418"/>
<path d="M470 40c40 0 70 26 70 66v30H420V96c0-30 20-56 50-56z" fill="#c9673a"/><path d="M422 100C380 100 372 60 330 64" stroke="#c9673a" stroke-width="12" fill="none" stroke-linecap="round"/>
<path class="stream" d="M328 68v70" stroke="#bfe3f5" stroke-width="6" stroke-linecap="round"/>
<path d="M262 136h116l-34 70h-48z" fill="#fdf8f0"/><path d="M274 142h92l-8 18h-76z" fill="#5a341f"/>
<path d="M284 206h72l14 94H270z" fill="#fff" opacity=".22"/><path class="coffee" d="M276 262h88l6 38H270z" fill="#4b2a1a"/>
<g class="steam" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" opacity=".5"><path d="M300 120c-10-14 10-20 0-36"/><path d="M352 122c-10-14 10-20 0-36"/></g>
<rect x="24" y="330" width="592" height="5" rx="2" fill="#fff" opacity=".3"/><rect x="24" y="330" width="180" height="5" rx="2" fill="#e0a07a"/>
</svg>
<script>try { sessionStorage.setItem('demo_video_position', '0:54'); } catch {}</script>
</body></html>`;
