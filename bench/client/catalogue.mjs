/** What every consent manager in this benchmark is told: the same three purposes with the same twelve services. */
export const purposes = [
  {
    key: 'ESSENTIALS',
    mode: 'required',
    name: 'Essentials',
    description: 'Needed to use this website and its functions.',
    services: [
      ['session', 'Sign-in', ['session_id']],
      ['language', 'Language', ['language']],
      ['basket', 'Shopping basket', ['basket']],
      ['consent', 'Privacy settings', ['consent']],
    ],
  },
  {
    key: 'STATISTICS',
    mode: 'opt-in',
    name: 'Statistics',
    description: 'Shows us how this website is used, so that we can improve it.',
    services: [
      ['google-analytics-4', 'Google Analytics 4', ['_ga', '_gid']],
      ['matomo', 'Matomo', ['_pk_id', '_pk_ses']],
      ['hotjar', 'Hotjar', ['_hjSessionUser']],
      ['clarity', 'Microsoft Clarity', ['_clck', '_clsk']],
    ],
  },
  {
    key: 'MARKETING',
    mode: 'opt-in',
    name: 'Marketing',
    description: 'Lets advertising platforms show you relevant ads and check that they are displayed.',
    services: [
      ['meta-pixel', 'Meta Pixel', ['_fbp']],
      ['google-ads', 'Google Ads', ['_gcl_au']],
      ['tiktok', 'TikTok', ['_ttp']],
      ['linkedin', 'LinkedIn Insight', ['li_sugr']],
    ],
  },
];

/** The gated scripts of the page, by purpose; each notes when it ran. */
export const trackers = { STATISTICS: '/trackers/statistics.js', MARKETING: '/trackers/marketing.js' };

export const texts = {
  title: 'Your privacy',
  text: 'May we use cookies and similar technologies for statistics and marketing? You can change or withdraw this any time.',
  accept: 'Accept all',
  reject: 'Reject all',
  settings: 'Privacy settings',
  save: 'Save choices',
  close: 'Close',
};
