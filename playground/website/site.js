/* global document, location, PerformanceObserver, window */
// What a shop's own script does: a basket, a language, and the box that shows what is going on.
const words = JSON.parse(document.querySelector('#words')?.textContent ?? '{}');
const $ = (selector) => document.querySelector(selector);

// The basket: its cookie is set by the server, and only when something is put in.
const showBasket = ({ count }) => ($('#basket').textContent = count);
for (const button of document.querySelectorAll('[data-add]'))
  button.addEventListener('click', async () => showBasket(await (await fetch('/basket', { method: 'POST' })).json()));
fetch('/basket')
  .then((answer) => answer.json())
  .then(showBasket);

for (const link of document.querySelectorAll('[data-language]'))
  link.addEventListener('click', () => {
    document.cookie = `northlight_language=${link.dataset.language}; Path=/; Max-Age=31536000; SameSite=Lax`;
  });

const definitions = (list, entries) =>
  list.replaceChildren(
    ...entries.flatMap(([name, value, on]) => {
      const term = document.createElement('dt');
      const detail = document.createElement('dd');
      term.textContent = name;
      detail.textContent = value;
      if (on !== undefined) detail.dataset.on = on;
      return [term, detail];
    }),
  );

const showPreferences = () => {
  const entries = Object.entries(window.privacyDesk?.getPreferences() ?? {});
  $('#waiting').hidden = entries.length > 0;
  definitions(
    $('#preferences'),
    entries.map(([key, on]) => [key, on ? words.on : words.off, on]),
  );
};
const showHits = async () => definitions($('#hits'), Object.entries(await (await fetch('/hits')).json()));
const showStored = () => {
  const names = document.cookie
    .split('; ')
    .filter(Boolean)
    .map((cookie) => cookie.split('=')[0]);
  $('#stored').replaceChildren(
    ...(names.length ? names : [words.none]).map((name) => {
      const code = document.createElement('code');
      code.textContent = name;
      return code;
    }),
  );
};

if ($('#preferences')) {
  const showAll = () => {
    showPreferences();
    showStored();
    void showHits();
  };
  showAll();
  for (const name of ['ready', 'change']) document.addEventListener(`privacy-desk:${name}`, showAll);
  document.addEventListener('visibilitychange', showAll);
  // A tracker's request is over: its hit has been counted.
  new PerformanceObserver((list) => {
    if (list.getEntries().some(({ name }) => name.includes('/trackers/'))) showAll();
  }).observe({ type: 'resource', buffered: true });
  $('#reset').addEventListener('click', async () => {
    await fetch('/hits/reset', { method: 'POST' });
    void showHits();
  });
  $('#forget').addEventListener('click', () => {
    document.cookie = 'privacy_desk=; Path=/; Max-Age=0';
    location.reload();
  });
}
