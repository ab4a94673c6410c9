/** What the demo's tracking items store; lifetimes in seconds. */
export interface DemoStorage {
  name: string;
  match?: 'prefix' | 'pattern';
  kind?: 'localStorage' | 'sessionStorage' | 'pixel';
  domain?: string;
  lifetime: number | 'session' | 'persistent';
  purpose: Record<'en' | 'de', string>;
}

export interface DemoItem {
  key: string;
  category: 'ESSENTIALS' | 'STATISTICS' | 'MARKETING';
  provider: string;
  providerPolicyUrl?: string;
  /** Key of the one site that uses it; absent: all of them. */
  site?: 'default';
  name: Record<'en' | 'de', string>;
  description: Record<'en' | 'de', string>;
  storage: DemoStorage[];
}

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

const ownShop = 'Northlight Coffee';
const google = { provider: 'Google Ireland Limited', providerPolicyUrl: 'https://business.safety.google/privacy/' };
const same = (name: string) => ({ en: name, de: name });

/**
 * Services a small shop really uses, with the names and lifetimes that their vendors document.
 * The website loads none of them: of these, only the shop's own cookies and the "Demo …" items exist in the demo.
 */
export const demoItems: DemoItem[] = [
  {
    key: 'shop-session',
    category: 'ESSENTIALS',
    provider: ownShop,
    name: { en: 'Basket', de: 'Warenkorb' },
    description: {
      en: 'Remembers what is in your basket. Set when you put something into it.',
      de: 'Merkt sich, was in Ihrem Warenkorb liegt. Wird gesetzt, wenn Sie etwas hineinlegen.',
    },
    storage: [
      {
        name: 'northlight_session',
        lifetime: 'session',
        purpose: {
          en: 'Recognises your basket on the next page.',
          de: 'Erkennt Ihren Warenkorb auf der nächsten Seite wieder.',
        },
      },
    ],
  },
  {
    key: 'shop-language',
    category: 'ESSENTIALS',
    provider: ownShop,
    name: { en: 'Language', de: 'Sprache' },
    description: {
      en: 'Remembers the language you chose. Set when you choose one.',
      de: 'Merkt sich die von Ihnen gewählte Sprache. Wird gesetzt, wenn Sie eine wählen.',
    },
    storage: [
      {
        name: 'northlight_language',
        lifetime: 365 * DAY,
        purpose: { en: 'Code of your language, for example “en”.', de: 'Kürzel Ihrer Sprache, zum Beispiel „de“.' },
      },
    ],
  },
  {
    key: 'privacy-desk',
    category: 'ESSENTIALS',
    provider: ownShop,
    name: { en: 'Privacy choice (Privacy Desk)', de: 'Datenschutz-Wahl (Privacy Desk)' },
    description: {
      en: 'Remembers what you allowed and refused, so that you are not asked on every page.',
      de: 'Merkt sich, was Sie erlaubt und abgelehnt haben, damit Sie nicht auf jeder Seite gefragt werden.',
    },
    storage: [
      {
        name: 'privacy_desk',
        lifetime: 180 * DAY,
        purpose: {
          en: 'Your decision per category, when you made it, and a random number if you allowed something.',
          de: 'Ihre Entscheidung je Kategorie, ihr Zeitpunkt und eine Zufallszahl, falls Sie etwas erlaubt haben.',
        },
      },
    ],
  },
  {
    key: 'google-analytics-4',
    category: 'STATISTICS',
    ...google,
    name: same('Google Analytics 4'),
    description: {
      en: 'Measures which pages are visited, how visitors find us and what they do here.',
      de: 'Misst, welche Seiten besucht werden, wie Besucher uns finden und was sie hier tun.',
    },
    storage: [
      {
        name: '_ga',
        lifetime: 730 * DAY,
        purpose: {
          en: 'Tells visitors apart by a random number.',
          de: 'Unterscheidet Besucher anhand einer Zufallszahl.',
        },
      },
      {
        name: '_ga_',
        match: 'prefix',
        lifetime: 730 * DAY,
        purpose: { en: 'Keeps the state of the visit.', de: 'Hält den Stand des Besuchs fest.' },
      },
    ],
  },
  {
    key: 'matomo',
    category: 'STATISTICS',
    provider: 'InnoCraft Limited',
    providerPolicyUrl: 'https://matomo.org/privacy-policy/',
    name: same('Matomo'),
    description: {
      en: 'Counts visits and shows which parts of the website are used.',
      de: 'Zählt Besuche und zeigt, welche Teile der Website genutzt werden.',
    },
    storage: [
      {
        name: '_pk_id.',
        match: 'prefix',
        lifetime: 393 * DAY,
        purpose: {
          en: 'Recognises returning visitors by a random number.',
          de: 'Erkennt wiederkehrende Besucher anhand einer Zufallszahl.',
        },
      },
      {
        name: '_pk_ses.',
        match: 'prefix',
        lifetime: 30 * MINUTE,
        purpose: {
          en: 'Keeps the page views of one visit together.',
          de: 'Hält die Seitenaufrufe eines Besuchs zusammen.',
        },
      },
      {
        name: '_pk_ref.',
        match: 'prefix',
        lifetime: 182 * DAY,
        purpose: {
          en: 'Remembers the website you came from.',
          de: 'Merkt sich, von welcher Website Sie gekommen sind.',
        },
      },
    ],
  },
  {
    key: 'hotjar',
    category: 'STATISTICS',
    provider: 'Hotjar Limited',
    providerPolicyUrl: 'https://www.hotjar.com/legal/policies/privacy/',
    site: 'default',
    name: same('Hotjar'),
    description: {
      en: 'Records clicks and scrolling, so that we see where our pages are hard to use.',
      de: 'Zeichnet Klicks und Scrollen auf, damit wir sehen, wo unsere Seiten schwer zu bedienen sind.',
    },
    storage: [
      {
        name: '_hjSessionUser_',
        match: 'prefix',
        lifetime: 365 * DAY,
        purpose: {
          en: 'Recognises returning visitors by a random number.',
          de: 'Erkennt wiederkehrende Besucher anhand einer Zufallszahl.',
        },
      },
      {
        name: '_hjSession_',
        match: 'prefix',
        lifetime: 30 * MINUTE,
        purpose: { en: 'Keeps the data of one visit together.', de: 'Hält die Daten eines Besuchs zusammen.' },
      },
      {
        name: 'hjViewportId',
        kind: 'sessionStorage',
        lifetime: 'session',
        purpose: { en: 'Size of the browser window.', de: 'Größe des Browserfensters.' },
      },
    ],
  },
  {
    key: 'demo-statistics',
    category: 'STATISTICS',
    provider: ownShop,
    name: { en: 'Demo statistics', de: 'Demo-Statistik' },
    description: {
      en: 'This demo’s own page counter. It shows that statistics really run, or do not.',
      de: 'Der eigene Seitenzähler dieser Demo. Er zeigt, ob Statistik wirklich läuft.',
    },
    storage: [
      {
        name: 'demo_statistics',
        lifetime: 30 * DAY,
        purpose: { en: 'Number of pages you have seen.', de: 'Anzahl der Seiten, die Sie gesehen haben.' },
      },
      {
        name: '/trackers/statistics.gif',
        kind: 'pixel',
        lifetime: 'session',
        purpose: { en: 'Reports the page view.', de: 'Meldet den Seitenaufruf.' },
      },
    ],
  },
  {
    key: 'meta-pixel',
    category: 'MARKETING',
    provider: 'Meta Platforms Ireland Limited',
    providerPolicyUrl: 'https://www.facebook.com/privacy/policy/',
    name: same('Meta Pixel'),
    description: {
      en: 'Shows you our ads on Facebook and Instagram and measures whether they lead to an order.',
      de: 'Zeigt Ihnen unsere Anzeigen auf Facebook und Instagram und misst, ob daraus eine Bestellung wird.',
    },
    storage: [
      {
        name: '_fbp',
        lifetime: 90 * DAY,
        purpose: { en: 'Recognises your browser for advertising.', de: 'Erkennt Ihren Browser für Werbung wieder.' },
      },
      {
        name: '_fbc',
        lifetime: 90 * DAY,
        purpose: { en: 'Remembers the ad you clicked.', de: 'Merkt sich die Anzeige, auf die Sie geklickt haben.' },
      },
      {
        name: 'fr',
        domain: '.facebook.com',
        lifetime: 90 * DAY,
        purpose: { en: 'Delivers and measures ads.', de: 'Spielt Werbung aus und misst sie.' },
      },
      {
        name: 'www.facebook.com/tr',
        kind: 'pixel',
        lifetime: 'session',
        purpose: { en: 'Reports page views and orders.', de: 'Meldet Seitenaufrufe und Bestellungen.' },
      },
    ],
  },
  {
    key: 'google-ads',
    category: 'MARKETING',
    ...google,
    name: same('Google Ads'),
    description: {
      en: 'Shows you our ads on Google and partner websites and measures their success.',
      de: 'Zeigt Ihnen unsere Anzeigen bei Google und auf Partner-Websites und misst ihren Erfolg.',
    },
    storage: [
      {
        name: '_gcl_au',
        lifetime: 90 * DAY,
        purpose: { en: 'Measures whether ads lead to orders.', de: 'Misst, ob aus Anzeigen Bestellungen werden.' },
      },
      {
        name: '_gcl_aw',
        lifetime: 90 * DAY,
        purpose: { en: 'Remembers the ad you clicked.', de: 'Merkt sich die Anzeige, auf die Sie geklickt haben.' },
      },
      {
        name: 'IDE',
        domain: '.doubleclick.net',
        lifetime: 395 * DAY,
        purpose: { en: 'Shows ads that match your interests.', de: 'Zeigt Anzeigen, die zu Ihren Interessen passen.' },
      },
      {
        name: 'test_cookie',
        domain: '.doubleclick.net',
        lifetime: 15 * MINUTE,
        purpose: { en: 'Tests whether the browser takes cookies.', de: 'Prüft, ob der Browser Cookies annimmt.' },
      },
    ],
  },
  {
    key: 'youtube',
    category: 'MARKETING',
    ...google,
    name: same('YouTube'),
    description: {
      en: 'Plays videos. YouTube learns which ones you watch and may use that for advertising.',
      de: 'Spielt Videos ab. YouTube erfährt, welche Sie ansehen, und kann dies für Werbung nutzen.',
    },
    storage: [
      {
        name: 'YSC',
        domain: '.youtube.com',
        lifetime: 'session',
        purpose: { en: 'Keeps statistics of the videos seen.', de: 'Führt Statistik über die gesehenen Videos.' },
      },
      {
        name: 'VISITOR_INFO1_LIVE',
        domain: '.youtube.com',
        lifetime: 180 * DAY,
        purpose: {
          en: 'Estimates the bandwidth and recommends videos.',
          de: 'Schätzt die Bandbreite und empfiehlt Videos.',
        },
      },
      {
        name: 'VISITOR_PRIVACY_METADATA',
        domain: '.youtube.com',
        lifetime: 180 * DAY,
        purpose: {
          en: 'Keeps your privacy state at YouTube.',
          de: 'Hält Ihre Datenschutz-Einstellung bei YouTube fest.',
        },
      },
      {
        name: 'yt-remote-device-id',
        kind: 'localStorage',
        domain: 'www.youtube.com',
        lifetime: 'persistent',
        purpose: { en: 'Identifies the device for the player.', de: 'Kennzeichnet das Gerät für den Player.' },
      },
    ],
  },
  {
    key: 'google-maps',
    category: 'MARKETING',
    ...google,
    name: same('Google Maps'),
    description: {
      en: 'Shows the way to our roastery on a map. Google receives your IP address.',
      de: 'Zeigt den Weg zu unserer Rösterei auf einer Karte. Google erhält Ihre IP-Adresse.',
    },
    storage: [
      {
        name: 'NID',
        domain: '.google.com',
        lifetime: 183 * DAY,
        purpose: {
          en: 'Keeps settings and shows suitable ads.',
          de: 'Speichert Einstellungen und zeigt passende Werbung.',
        },
      },
      {
        name: 'SOCS',
        domain: '.google.com',
        lifetime: 395 * DAY,
        purpose: { en: 'Remembers your cookie choice at Google.', de: 'Merkt sich Ihre Cookie-Wahl bei Google.' },
      },
    ],
  },
  {
    key: 'vimeo',
    category: 'MARKETING',
    provider: 'Vimeo.com, Inc.',
    providerPolicyUrl: 'https://vimeo.com/privacy',
    name: same('Vimeo'),
    description: {
      en: 'Plays videos. Vimeo learns which ones you watch.',
      de: 'Spielt Videos ab. Vimeo erfährt, welche Sie ansehen.',
    },
    storage: [
      {
        name: 'vuid',
        domain: '.vimeo.com',
        lifetime: 730 * DAY,
        purpose: {
          en: 'Measures how videos are used, by a random number.',
          de: 'Misst die Nutzung von Videos anhand einer Zufallszahl.',
        },
      },
      {
        name: 'player',
        domain: '.vimeo.com',
        lifetime: 365 * DAY,
        purpose: { en: 'Remembers the player’s settings.', de: 'Merkt sich die Einstellungen des Players.' },
      },
      {
        name: '__cf_bm',
        domain: '.vimeo.com',
        lifetime: 30 * MINUTE,
        purpose: { en: 'Tells people from robots.', de: 'Unterscheidet Menschen von Robotern.' },
      },
    ],
  },
  {
    key: 'demo-marketing',
    category: 'MARKETING',
    provider: ownShop,
    name: { en: 'Demo marketing', de: 'Demo-Marketing' },
    description: {
      en: 'This demo’s own advertising. It shows that marketing really runs, or does not.',
      de: 'Die eigene Werbung dieser Demo. Sie zeigt, ob Marketing wirklich läuft.',
    },
    storage: [
      {
        name: 'demo_marketing',
        lifetime: 90 * DAY,
        purpose: {
          en: 'Recognises your browser for the demo’s ad.',
          de: 'Erkennt Ihren Browser für die Demo-Anzeige wieder.',
        },
      },
      {
        name: 'demo_marketing_interests',
        kind: 'localStorage',
        lifetime: 'persistent',
        purpose: { en: 'Which coffees you looked at.', de: 'Welche Kaffees Sie angesehen haben.' },
      },
      {
        name: '/trackers/marketing.gif',
        kind: 'pixel',
        lifetime: 'session',
        purpose: { en: 'Reports the page view.', de: 'Meldet den Seitenaufruf.' },
      },
    ],
  },
  {
    key: 'demo-video',
    category: 'MARKETING',
    provider: 'Brew Films (demo)',
    name: { en: 'Demo video player', de: 'Demo-Videoplayer' },
    description: {
      en: 'Plays this demo’s brewing film from another host.',
      de: 'Spielt den Brüh-Film dieser Demo von einem anderen Host ab.',
    },
    storage: [
      {
        name: 'demo_video_position',
        kind: 'sessionStorage',
        domain: '127.0.0.1',
        lifetime: 'session',
        purpose: { en: 'Remembers where you stopped the film.', de: 'Merkt sich, wo Sie den Film angehalten haben.' },
      },
    ],
  },
];
