/**
 * The consent managers, each set up as its own guide says, from npm. Per subject:
 * `files`: what it serves, by path below `/<name>/`; `head(nonce)`: what stands in the page's head;
 * `gate(purpose, src)`: the markup of a gated script; `body`: more markup;
 * `banner`, `accept`, `open`, `dialog`: selectors of what a visitor sees and clicks.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { purposes, texts, trackers } from './catalogue.mjs';
import { privacyDesk } from './privacy-desk.mjs';

const folder = path.dirname(fileURLToPath(import.meta.url));
const modules = path.join(folder, 'node_modules');
const read = (...parts) => fs.readFileSync(path.join(modules, ...parts), 'utf8');
const version = (name) => JSON.parse(read(name, 'package.json')).version;
const optional = purposes.filter(({ mode }) => mode !== 'required');
const inline = (nonce, text) => `<script nonce="${nonce}">${text}</script>`;
const script = (nonce, src, more = '') => `<script nonce="${nonce}" src="${src}"${more}></script>`;
const sheet = (nonce, href) => `<link rel="stylesheet" nonce="${nonce}" href="${href}">`;

const { code: stubText } = esbuild.transformSync(fs.readFileSync(path.join(folder, 'stub.js'), 'utf8'), {
  minify: true,
});

const stub = () => ({
  label: 'hand-written stub',
  files: {},
  head: (nonce) => inline(nonce, stubText.trim()),
  gate: (purpose, src, nonce) =>
    `<script nonce="${nonce}" type="text/plain" data-gate="${purpose}" data-src="${src}"></script>`,
  body: '<button type="button" id="stub-accept">Accept</button>',
  tail: (nonce) => inline(nonce, `document.getElementById('stub-accept').onclick = function () { accept(); }`),
  accept: '#stub-accept',
});

const vanillaCookieConsent = () => {
  const categories = Object.fromEntries(
    purposes.map(({ key, mode, services }) => [
      key,
      {
        ...(mode === 'required' && { enabled: true, readOnly: true }),
        services: Object.fromEntries(services.map(([id, label]) => [id, { label }])),
      },
    ]),
  );
  const sections = purposes.map(({ key, name, description, services }) => ({
    title: name,
    description,
    linkedCategory: key,
    cookieTable: {
      headers: { name: 'Name', service: 'Service' },
      body: services.flatMap(([, label, cookies]) => cookies.map((cookie) => ({ name: cookie, service: label }))),
    },
  }));
  const config = {
    // It would take the measuring browser for a robot and show nothing.
    hideFromBots: false,
    categories,
    guiOptions: { consentModal: { layout: 'box' }, preferencesModal: { layout: 'box' } },
    language: {
      default: 'en',
      translations: {
        en: {
          consentModal: {
            title: texts.title,
            description: texts.text,
            acceptAllBtn: texts.accept,
            acceptNecessaryBtn: texts.reject,
            showPreferencesBtn: texts.settings,
          },
          preferencesModal: {
            title: texts.settings,
            acceptAllBtn: texts.accept,
            acceptNecessaryBtn: texts.reject,
            savePreferencesBtn: texts.save,
            closeIconLabel: texts.close,
            sections,
          },
        },
      },
    },
  };
  return {
    label: `vanilla-cookieconsent ${version('vanilla-cookieconsent')}`,
    files: {
      'cookieconsent.umd.js': read('vanilla-cookieconsent/dist/cookieconsent.umd.js'),
      'cookieconsent.css': read('vanilla-cookieconsent/dist/cookieconsent.css'),
    },
    head: (nonce, base) => sheet(nonce, `${base}cookieconsent.css`) + script(nonce, `${base}cookieconsent.umd.js`),
    tail: (nonce) => inline(nonce, `CookieConsent.run(${JSON.stringify(config)})`),
    gate: (purpose, src, nonce) =>
      `<script nonce="${nonce}" type="text/plain" data-category="${purpose}" data-src="${src}"></script>`,
    banner: '#cc-main .cm',
    accept: '#cc-main .cm [data-role="all"]',
    open: '#cc-main .cm [data-role="show"]',
    dialog: '#cc-main .pm',
  };
};

const klaro = () => {
  const config = {
    version: 1,
    acceptAll: true,
    default: false,
    lang: 'en',
    privacyPolicy: '/policy',
    translations: {
      en: {
        consentNotice: { description: texts.text, learnMore: texts.settings },
        purposes: Object.fromEntries(purposes.map(({ key, name }) => [key, { title: name }])),
      },
    },
    services: purposes.flatMap(({ key, mode, description, services }) =>
      services.map(([id, title, cookies]) => ({
        name: id,
        title,
        purposes: [key],
        description,
        cookies,
        required: mode === 'required',
      })),
    ),
  };
  const first = Object.fromEntries(optional.map(({ key, services }) => [key, services[0][0]]));
  return {
    label: `klaro ${version('klaro')}`,
    files: { 'klaro.js': read('klaro/dist/klaro.js') },
    head: (nonce, base) =>
      inline(nonce, `var klaroConfig=${JSON.stringify(config)}`) + script(nonce, `${base}klaro.js`, ' defer'),
    gate: (purpose, src, nonce) =>
      `<script nonce="${nonce}" type="text/plain" data-type="application/javascript" data-name="${first[purpose]}" data-src="${src}"></script>`,
    banner: '.klaro .cookie-notice',
    accept: '.klaro .cookie-notice .cm-btn-success',
    open: '.klaro .cookie-notice .cm-link',
    dialog: '.klaro .cookie-modal .cm-modal',
  };
};

const orejime = () => {
  const config = {
    privacyPolicyUrl: '/policy',
    purposes: purposes.map(({ key, mode, name, description, services }) => ({
      id: key,
      title: name,
      description,
      isMandatory: mode === 'required',
      purposes: services.map(([id, title, cookies]) => ({
        id: `${key}-${id}`,
        title,
        cookies,
        isMandatory: mode === 'required',
      })),
    })),
  };
  const first = Object.fromEntries(optional.map(({ key, services }) => [key, `${key}-${services[0][0]}`]));
  return {
    label: `orejime ${version('orejime')}`,
    files: {
      'orejime-standard-en.js': read('orejime/dist/orejime-standard-en.js'),
      'orejime-standard.css': read('orejime/dist/orejime-standard.css'),
    },
    head: (nonce, base) => sheet(nonce, `${base}orejime-standard.css`),
    tail: (nonce, base) =>
      inline(nonce, `window.orejimeConfig=${JSON.stringify(config)}`) + script(nonce, `${base}orejime-standard-en.js`),
    gate: (purpose, src, nonce) =>
      `<template data-purpose="${first[purpose]}"><script nonce="${nonce}" src="${src}"></script></template>`,
    banner: '.orejime-Banner',
    accept: '#orejime-banner-accept, .orejime-Banner-saveButton',
    open: '#orejime-banner-configure, .orejime-Banner-learnMoreButton',
    dialog: '.orejime-Modal',
  };
};

const tarteaucitron = () => {
  const config = {
    privacyUrl: '/policy',
    bodyPosition: 'top',
    orientation: 'bottom',
    showAlertSmall: false,
    cookieslist: true,
    showIcon: false,
    DenyAllCta: true,
    AcceptAllCta: true,
    highPrivacy: true,
    removeCredit: true,
    mandatory: true,
    // No vendor signals: the others have none either.
    googleConsentMode: false,
    bingConsentMode: false,
    pianoConsentMode: false,
  };
  const types = { STATISTICS: 'analytic', MARKETING: 'ads' };
  const services = optional.flatMap(({ key, services }) =>
    services.map(([id, name, cookies], index) => ({
      key: id.replace(/-/g, ''),
      type: types[key],
      name,
      uri: '/policy',
      needConsent: true,
      cookies,
      src: index === 0 ? trackers[key] : null,
    })),
  );
  const setUp = `tarteaucitron.init(${JSON.stringify(config)});
${JSON.stringify(services)}.forEach(function (service) {
  service.js = function () { if (service.src) tarteaucitron.addScript(service.src); };
  tarteaucitron.services[service.key] = service;
  (tarteaucitron.job = tarteaucitron.job || []).push(service.key);
});`;
  const files = [
    'tarteaucitron.min.js',
    'tarteaucitron.services.min.js',
    'lang/tarteaucitron.en.min.js',
    'css/tarteaucitron.min.css',
  ];
  return {
    label: `tarteaucitron ${version('tarteaucitronjs')}`,
    files: Object.fromEntries(files.map((file) => [file, read('tarteaucitronjs', file)])),
    head: (nonce, base) =>
      inline(nonce, `var tarteaucitronForceLanguage='en'`) +
      script(nonce, `${base}tarteaucitron.min.js`) +
      inline(nonce, setUp),
    gate: () => '',
    banner: '#tarteaucitronAlertBig',
    accept: '#tarteaucitronPersonalize2',
    open: '#tarteaucitronCloseAlert',
    dialog: '#tarteaucitron',
  };
};

const c15t = async () => {
  const globals = {
    react: 'React',
    'react-dom': 'ReactDOM',
    'react-dom/client': 'ReactDOMClient',
    'react/jsx-runtime': 'ReactJsx',
  };
  const options = {
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2022',
    absWorkingDir: folder,
    nodePaths: [modules],
    define: { 'process.env.NODE_ENV': '"production"' },
  };
  const build = async (contents, more = {}) =>
    (await esbuild.build({ ...options, ...more, stdin: { contents, loader: 'jsx', resolveDir: folder } }))
      .outputFiles[0].text;
  // React is a file of its own that is not counted: such a website has it anyway.
  const react = await build(
    Object.entries(globals)
      .map(([name, global]) => `import * as ${global} from '${name}'; window.${global} = ${global};`)
      .join('\n'),
  );
  const fromPage = {
    name: 'from-page',
    setup(builder) {
      builder.onResolve({ filter: /^react(-dom)?(\/|$)/ }, ({ path: name }) => ({ path: name, namespace: 'page' }));
      builder.onLoad({ filter: /.*/, namespace: 'page' }, ({ path: name }) => ({
        contents: `module.exports = window.${globals[name]}`,
      }));
    },
  };
  const scripts = [
    { id: 'statistics', src: trackers.STATISTICS, category: 'measurement' },
    { id: 'marketing', src: trackers.MARKETING, category: 'marketing' },
  ];
  const app = await build(
    `import { createRoot } from 'react-dom/client';
    import { ConsentManagerProvider, ConsentBanner, ConsentDialog } from '@c15t/react';
    const options = {
      mode: 'offline',
      consentCategories: ['necessary', 'measurement', 'marketing'],
      overrides: { country: 'DE', language: 'en' },
      nonce: document.currentScript.nonce || undefined,
      scripts: ${JSON.stringify(scripts)}.map((script) => ({ ...script, nonce: document.currentScript.nonce || undefined })),
    };
    const start = () => {
      const place = document.body.appendChild(document.createElement('div'));
      createRoot(place).render(
        <ConsentManagerProvider options={options}><ConsentBanner /><ConsentDialog /></ConsentManagerProvider>,
      );
    };
    if (document.body) start(); else addEventListener('DOMContentLoaded', start);`,
    { jsx: 'automatic', plugins: [fromPage] },
  );
  return {
    label: `c15t ${version('c15t')} (React, offline; React not counted)`,
    files: { 'c15t.js': app, 'c15t.css': read('@c15t/react/dist/styles.css') },
    shared: { 'react.js': react },
    head: (nonce, base) =>
      sheet(nonce, `${base}c15t.css`) +
      script(nonce, '/shared/react.js', ' defer') +
      script(nonce, `${base}c15t.js`, ' defer'),
    gate: () => '',
    banner: '[data-testid="consent-banner-card"], [data-testid="consent-banner-root"]',
    accept: '[data-testid="consent-banner-accept-button"]',
    open: '[data-testid="consent-banner-customize-button"]',
    dialog: '[data-testid="consent-dialog-card"], [data-testid="consent-dialog-root"]',
  };
};

/** All subjects by name, ours first; `baseline` is the page without any. */
export const loadSubjects = async () => ({
  baseline: { label: 'no consent manager', files: {}, head: () => '', gate: () => '' },
  stub: stub(),
  'privacy-desk': await privacyDesk(),
  'vanilla-cookieconsent': vanillaCookieConsent(),
  orejime: orejime(),
  klaro: klaro(),
  tarteaucitron: tarteaucitron(),
  c15t: await c15t(),
});
