import { act, screen, waitFor, within } from '@testing-library/react';
import '@testing-library/jest-dom';
import { OverviewContent } from '../../admin/src/pages/Overview/OverviewContent';
import type { Draft, Finding, Overview, Panel } from '../../contract';
import { renderAdmin } from '../support/admin';

const overview: Overview = {
  sites: [
    { documentId: 's1', key: 'default', name: 'Main website' },
    { documentId: 's2', key: 'eu', name: 'EU shop' },
  ],
  site: {
    documentId: 's1',
    key: 'default',
    name: 'Main website',
    regime: 'as-configured',
    origins: ['https://www.example.com'],
  },
  publishing: {
    status: 'live',
    version: 'e8JG_fxV_dClmnopqrst',
    publishedAt: '2026-11-22T10:00:00.000Z',
    problems: [],
  },
  locales: [
    { code: 'en', name: 'English (en)', isDefault: true, translated: 20, total: 20 },
    { code: 'de', name: 'German (de)', isDefault: false, translated: 5, total: 20 },
  ],
  categories: [
    {
      documentId: 'c1',
      key: 'ESSENTIALS',
      name: 'Essentials',
      mode: 'required',
      revision: 1,
      items: 0,
      missingLocales: [],
    },
    {
      documentId: 'c2',
      key: 'STATISTICS',
      name: 'Statistics',
      mode: 'opt-out',
      revision: 3,
      items: 1,
      missingLocales: ['de'],
    },
  ],
  items: [
    {
      documentId: 'i1',
      key: 'matomo',
      name: 'Matomo',
      categoryKey: 'STATISTICS',
      provider: 'InnoCraft',
      storageEntries: 2,
      enabled: true,
      missingLocales: ['de'],
    },
    {
      documentId: 'i2',
      key: 'old-chat',
      name: 'Old chat',
      categoryKey: null,
      provider: null,
      storageEntries: 0,
      enabled: false,
      missingLocales: [],
    },
  ],
  scriptTags: {
    en: '<script src="/client.js?locale=en"></script>',
    de: '<script src="/client.js?locale=de"></script>',
  },
  canAskAgain: true,
};

const panel: Panel = {
  actions: ['plugin::privacy-desk.overview.read', 'plugin::privacy-desk.overview.ask-again'],
  sites: overview.sites,
  locales: overview.locales,
};

/** How the server answers for the overview. */
const fetchMock = jest.fn();
const answer = (body: unknown, status = 200) => ({ ok: status < 400, status, json: async () => body });
const section = (name: string) => screen.findByRole('region', { name });
const requests = () =>
  fetchMock.mock.calls.map(([url, { method }]) => `${method} ${new URL(url).pathname}${new URL(url).search}`);

beforeEach(() => {
  fetchMock.mockReset().mockImplementation(async () => answer(overview));
  localStorage.clear();
  Object.assign(globalThis, {
    fetch: async (url: string, init: object) =>
      url.includes('/privacy-desk/panel') ? answer(panel) : fetchMock(url, init),
  });
});

describe('Overview page', () => {
  it('says what is live', async () => {
    renderAdmin(<OverviewContent />);
    const live = await section('On the website');
    expect(within(live).getByText('Live')).toBeVisible();
    expect(within(live).getByText('e8JG_fxV_dCl')).toHaveAttribute('title', 'e8JG_fxV_dClmnopqrst');
    expect(within(live).getByText('https://www.example.com')).toBeVisible();
    expect(within(live).getByRole('link', { name: 'Edit site' })).toHaveAttribute(
      'href',
      '/content-manager/collection-types/plugin::privacy-desk.site/s1',
    );
  });

  it('says what keeps changes back, and leads to where it can be mended', async () => {
    fetchMock.mockImplementation(async () =>
      answer({
        ...overview,
        publishing: {
          ...overview.publishing,
          status: 'invalid',
          problems: [
            {
              type: 'tracking-item',
              documentId: 'i1',
              key: 'matomo',
              locale: 'de',
              field: 'storage[2].name',
              message: 'must not be empty',
            },
          ],
        },
      }),
    );
    renderAdmin(<OverviewContent />);
    const live = await section('On the website');
    expect(within(live).getByText('Changes are held back')).toBeVisible();
    expect(within(live).getByText('1 problem to solve')).toBeVisible();
    expect(within(live).getByText('storage[2].name')).toBeVisible();
    expect(within(live).getByRole('link', { name: 'Tracking item matomo' })).toHaveAttribute(
      'href',
      '/content-manager/collection-types/plugin::privacy-desk.tracking-item/i1?plugins[i18n][locale]=de',
    );
  });

  it('lists each category with its items, and the items without one', async () => {
    renderAdmin(<OverviewContent />);
    const statistics = await section('Statistics');
    expect(within(statistics).getByText('On until refused')).toBeVisible();
    expect(within(statistics).getByText(/Revision 3/)).toBeVisible();
    expect(within(statistics).getByRole('link', { name: 'Matomo' })).toHaveAttribute(
      'href',
      '/content-manager/collection-types/plugin::privacy-desk.tracking-item/i1',
    );
    expect(within(statistics).getByRole('cell', { name: 'Missing: de' })).toBeVisible();
    expect(within(await section('Essentials')).getByText('No tracking items yet.')).toBeVisible();
    const unclassified = await section('Without a category');
    expect(within(unclassified).getByText('Old chat')).toBeVisible();
    expect(within(unclassified).getByText('Disabled')).toBeVisible();
  });

  it('says what is left to do, why, and where', async () => {
    const finding = (item: string): Finding => ({
      rule: 'item-without-purpose',
      severity: 'error',
      path: `categories.STATISTICS.items.${item}.description`,
      category: 'STATISTICS',
      item,
      params: { item },
      message: `“${item}” does not say what it is used for. Describe it.`,
      reason: 'Visitors have to know the purpose before they agree.',
      source: 'GDPR Art. 13',
    });
    const draft: Draft = {
      token: 't',
      problems: [],
      diff: { changes: [], total: 0, addedLocales: [], removedLocales: [], askedAgain: [] },
      findings: ['matomo', 'hotjar', 'clarity', 'plausible'].map(finding),
      acknowledged: [],
      locales: ['en'],
      defaultLocale: 'en',
    };
    const actions = ['overview.read', 'publishing.read', 'inventory.read'].map(
      (action) => `plugin::privacy-desk.${action}`,
    );
    Object.assign(globalThis, {
      fetch: async (url: string, init: object) =>
        url.includes('/privacy-desk/panel')
          ? answer({ ...panel, actions })
          : url.includes('/publishing/draft')
            ? answer(draft)
            : fetchMock(url, init),
    });
    const { user } = renderAdmin(<OverviewContent />);
    const list = await section('Checklist');
    // Of ten steps the purposes and the languages are not done.
    expect(await within(list).findByText('80 % done')).toBeVisible();
    expect(within(list).getByText(/matomo.*does not say what it is used for/)).toBeVisible();
    expect(within(list).getAllByRole('link', { name: 'Fix this' })[0]).toHaveAttribute(
      'href',
      '/plugins/privacy-desk/inventory?search=matomo',
    );
    expect(within(list).queryByText(/plausible/)).not.toBeInTheDocument();
    await user.click(within(list).getByRole('button', { name: 'Show all 4' }));
    expect(within(list).getByText(/plausible/)).toBeVisible();
  });

  it('shows how far the translations are', async () => {
    renderAdmin(<OverviewContent />);
    const german = await screen.findByRole('progressbar', { name: 'Translated into German (de)' });
    expect(german).toHaveAttribute('value', '5');
    expect(german).toHaveAttribute('max', '20');
    expect(screen.getByText('5 of 20')).toBeVisible();
  });

  it('gives the script tag of the chosen language to copy', async () => {
    const { user } = renderAdmin(<OverviewContent />);
    const script = await section('Put it on your website');
    expect(within(script).getByText(overview.scriptTags.en!)).toBeVisible();
    const writeText = jest.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    act(() => within(script).getByRole('combobox', { name: 'Language of the pages' }).focus());
    await user.keyboard('{Enter}');
    await user.click(await screen.findByRole('option', { name: 'German (de)' }));
    await user.click(within(script).getByRole('button', { name: 'Copy' }));
    expect(writeText).toHaveBeenCalledWith(overview.scriptTags.de);
    expect(await screen.findByText('Copied.')).toBeVisible();
  });

  it('asks again about a category after saying what that does, and shows the new revision', async () => {
    const { user } = renderAdmin(<OverviewContent />);
    const statistics = await section('Statistics');
    expect(within(await section('Essentials')).queryByRole('button', { name: 'Ask again' })).not.toBeInTheDocument();
    await user.click(within(statistics).getByRole('button', { name: 'Ask again' }));
    const dialog = await screen.findByRole('alertdialog', { name: 'Ask again about “Statistics”?' });
    expect(within(dialog).getByText(/is asked again on the next visit/)).toBeVisible();
    expect(requests().filter((request) => request.startsWith('POST'))).toEqual([]);
    const [essentials, asked] = overview.categories;
    fetchMock.mockImplementation(async (_url, { method }) =>
      method === 'POST'
        ? answer({}, 204)
        : answer({ ...overview, categories: [essentials, { ...asked, revision: 4 }] }),
    );
    // Strapi's own text, whose id stands for it here.
    await user.click(within(dialog).getByRole('button', { name: /confirm/i }));
    expect(await screen.findByText('Visitors are asked again about “Statistics”.')).toBeVisible();
    expect(await within(statistics).findByText(/Revision 4/)).toBeVisible();
    expect(requests()).toContain('POST /privacy-desk/sites/default/categories/STATISTICS/ask-again');
  });

  it('does not offer to ask again without the permission', async () => {
    fetchMock.mockImplementation(async () => answer({ ...overview, canAskAgain: false }));
    renderAdmin(<OverviewContent />);
    await section('Statistics');
    expect(screen.queryByRole('button', { name: 'Ask again' })).not.toBeInTheDocument();
  });

  it('shows another site', async () => {
    const { user } = renderAdmin(<OverviewContent />);
    const site = await screen.findByRole('combobox', { name: 'Site' });
    act(() => site.focus());
    await user.keyboard('{Enter}');
    await user.click(await screen.findByRole('option', { name: 'EU shop' }));
    await waitFor(() => expect(requests().at(-1)).toBe('GET /privacy-desk/overview?site=eu'));
  });

  it('can be tried again after an error', async () => {
    fetchMock.mockImplementation(async () =>
      answer({ error: { name: 'InternalServerError', message: 'no', status: 500 } }, 500),
    );
    const { user } = renderAdmin(<OverviewContent />);
    expect(await screen.findByText('The overview could not be loaded.')).toBeVisible();
    fetchMock.mockImplementation(async () => answer(overview));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await section('On the website')).toBeVisible();
  });

  it('leads on where there is nothing yet', async () => {
    fetchMock.mockImplementation(async () =>
      answer({ ...overview, sites: [], site: null, categories: [], items: [], scriptTags: {} }),
    );
    renderAdmin(<OverviewContent />);
    expect(await screen.findByRole('link', { name: 'Create the first site' })).toHaveAttribute(
      'href',
      '/content-manager/collection-types/plugin::privacy-desk.site/create',
    );
    expect(screen.getByRole('link', { name: 'Create the first category' })).toBeVisible();
  });
});
