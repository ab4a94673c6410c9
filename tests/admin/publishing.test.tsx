import { screen, waitFor, within } from '@testing-library/react';
import '@testing-library/jest-dom';
import { PublishingPage } from '../../admin/src/pages/Publishing/PublishingPage';
import type { Draft, History, Panel, Publication, PublishingState } from '../../contract';
import { renderAdmin } from '../support/admin';

const panel: Panel = {
  actions: ['plugin::privacy-desk.publishing.read'],
  sites: [{ documentId: 's1', key: 'default', name: 'Main website' }],
  locales: [{ code: 'en', name: 'English (en)', isDefault: true }],
};
const publication = (number: number, more: Partial<Publication> = {}): Publication => ({
  number,
  publishedAt: '2026-11-22T10:00:00.000Z',
  kind: 'automatic',
  actors: [{ id: 1, name: 'Ada Admin' }],
  note: '',
  defaultLocale: 'en',
  versions: { en: `version-${number}` },
  rolledBackTo: null,
  askedAgain: {},
  acknowledged: [],
  ...more,
});
const live = publication(2);
const state: PublishingState = { site: 'default', mode: 'manual', live, canPublish: true, canRollBack: true };
const draft: Draft = {
  token: 'reviewed',
  problems: [],
  diff: {
    changes: [
      {
        kind: 'changed',
        of: 'item',
        category: 'STATISTICS',
        item: 'matomo',
        name: 'Matomo',
        fields: [{ field: 'provider', before: 'InnoCraft', after: 'Matomo Ltd' }],
      },
      {
        kind: 'changed',
        of: 'storage',
        category: 'STATISTICS',
        item: 'matomo',
        storage: '_pk_id',
        name: 'Matomo',
        fields: [
          { field: 'lifetime', before: '1800', after: '31536000' },
          { field: 'kind', before: 'cookie', after: 'localStorage' },
        ],
      },
      {
        kind: 'changed',
        of: 'setting',
        name: '',
        fields: [
          { field: 'choice.maxAgeSeconds', before: '15552000', after: '31536000' },
          { field: 'regime', before: 'opt-out', after: 'opt-in' },
          { field: 'theme.dark.accent', after: '#fff' },
          { field: 'reloadOnWithdrawal', before: 'false', after: 'true' },
          { field: 'signals.google.grants.ad_storage', before: 'MARKETING', after: 'MARKETING, MARKETING/ads' },
        ],
      },
    ],
    total: 3,
    addedLocales: [],
    removedLocales: [],
    askedAgain: [
      {
        category: 'STATISTICS',
        name: 'Statistics',
        names: { matomo: 'Matomo' },
        before: 1,
        after: 2,
        reasons: [{ kind: 'lifetime', item: 'matomo', storage: '_pk_id', before: 3600, after: 86_400 }],
      },
    ],
  },
  findings: [
    {
      rule: 'policy-missing',
      severity: 'warning',
      path: 'links.policy',
      params: {},
      message: 'There is no privacy policy.',
      reason: 'Visitors must be told.',
      source: 'GDPR Art. 13',
    },
  ],
  acknowledged: [],
  locales: ['en'],
  defaultLocale: 'en',
};
const history: History = { publications: [live, publication(1, { note: 'The first one.' })], page: 1, pageCount: 1 };

const fetchMock = jest.fn();
const answer = (body: unknown, status = 200) => ({ ok: status < 400, status, json: async () => body });
const conflict = { error: { status: 409, name: 'ConflictError', message: 'changed' } };
let answers: Record<string, () => unknown>;
const sent = (method: string) =>
  fetchMock.mock.calls
    .filter(([, options]) => options.method === method)
    .map(([url, options]) => [new URL(url).pathname, JSON.parse(options.body as string)]);
const section = (name: string) => screen.findByRole('region', { name });

beforeEach(() => {
  answers = {
    'GET /privacy-desk/panel': () => answer(panel),
    'GET /privacy-desk/sites/default/publishing': () => answer(state),
    'GET /privacy-desk/sites/default/publishing/draft': () => answer(draft),
    'GET /privacy-desk/sites/default/publishing/history': () => answer(history),
  };
  fetchMock.mockReset().mockImplementation(async (url: string, { method }: { method: string }) => {
    const found = answers[`${method} ${new URL(url).pathname}`];
    return found ? found() : answer(conflict, 404);
  });
  Object.assign(globalThis, { fetch: fetchMock });
});

describe('Publishing page', () => {
  it('shows what would change, and whom that asks again and why', async () => {
    renderAdmin(<PublishingPage />);
    const waiting = await section('Not published yet');
    expect(await within(waiting).findByText('InnoCraft')).toBeVisible();
    expect(within(waiting).getByText('Matomo Ltd')).toBeVisible();
    expect(within(waiting).getByText('Visitors are asked again about Statistics')).toBeVisible();
    expect(within(waiting).getByText(/Matomo keeps _pk_id longer: 1 hour before, 1 day now/)).toBeVisible();
  });

  it('tells settings and durations in words, not as the config writes them', async () => {
    renderAdmin(<PublishingPage />);
    const waiting = await section('Not published yet');
    for (const words of [
      '30 minutes',
      'Cookie',
      'Local storage',
      'How long a choice is kept',
      '6 months',
      'Opt-in: everything optional waits for consent',
      'Buttons and switches, Dark',
      'Reload the page after a withdrawal',
      'No',
      'Google: ad_storage',
    ])
      expect(await within(waiting).findByText(words)).toBeVisible();
    expect(within(waiting).getAllByText('1 year')).toHaveLength(2);
  });

  it('publishes with a reason for each warning, and not without', async () => {
    answers['POST /privacy-desk/sites/default/publishing/publish'] = () => answer(state);
    const { user } = renderAdmin(<PublishingPage />);
    const waiting = await section('Not published yet');
    await user.click(await within(waiting).findByRole('button', { name: 'Publish now' }));
    expect(within(waiting).getByText('Enter a reason. It is kept with the version.')).toBeVisible();
    const reason = within(waiting).getByRole('textbox', { name: /Why it is published/ });
    await waitFor(() => expect(reason).toHaveFocus());
    expect(sent('POST')).toEqual([]);
    await user.type(reason, 'It comes tomorrow.');
    await user.type(within(waiting).getByRole('textbox', { name: 'Note' }), 'New provider');
    await user.click(within(waiting).getByRole('button', { name: 'Publish now' }));
    expect(await screen.findByText('Published.')).toBeVisible();
    expect(sent('POST')).toEqual([
      [
        '/privacy-desk/sites/default/publishing/publish',
        {
          draft: 'reviewed',
          note: 'New provider',
          acknowledged: [{ rule: 'policy-missing', path: 'links.policy', reason: 'It comes tomorrow.' }],
        },
      ],
    ]);
  });

  it('takes one reason for all findings of a kind, and leads to where each is mended', async () => {
    answers['GET /privacy-desk/panel'] = () =>
      answer({ ...panel, actions: [...panel.actions, 'plugin::privacy-desk.inventory.read'] });
    answers['GET /privacy-desk/sites/default/publishing/draft'] = () =>
      answer({
        ...draft,
        findings: [
          ...draft.findings,
          ...['matomo', 'hotjar'].map((item) => ({
            ...draft.findings[0]!,
            rule: 'item-without-provider',
            path: `categories.STATISTICS.items.${item}.provider`,
            category: 'STATISTICS',
            item,
          })),
        ],
      });
    answers['POST /privacy-desk/sites/default/publishing/publish'] = () => answer(state);
    const { user } = renderAdmin(<PublishingPage />);
    const waiting = await section('Not published yet');
    const reasons = await within(waiting).findAllByRole('textbox', { name: /Why it is published/ });
    await user.type(reasons[0]!, 'It comes tomorrow.');
    expect(within(waiting).queryByRole('button', { name: /^Use this reason/ })).not.toBeInTheDocument();
    await user.type(reasons[1]!, 'Asked them.');
    await user.click(
      within(waiting).getByRole('button', { name: 'Use this reason for the others of this kind, too (1)' }),
    );
    expect(reasons[2]).toHaveValue('Asked them.');
    expect(reasons[0]).toHaveValue('It comes tomorrow.');
    expect(
      within(waiting)
        .getAllByRole('link', { name: 'Fix this' })
        .map((link) => link.getAttribute('href')),
    ).toEqual([
      '/content-manager/collection-types/plugin::privacy-desk.site/s1',
      '/plugins/privacy-desk/inventory?search=matomo',
      '/plugins/privacy-desk/inventory?search=hotjar',
    ]);
    await user.click(within(waiting).getByRole('button', { name: 'Publish now' }));
    expect(await screen.findByText('Published.')).toBeVisible();
    expect(sent('POST')[0]![1].acknowledged.map(({ reason }: { reason: string }) => reason)).toEqual([
      'It comes tomorrow.',
      'Asked them.',
      'Asked them.',
    ]);
  });

  it('keeps what was typed when the draft changed meanwhile, and shows the new one', async () => {
    answers['POST /privacy-desk/sites/default/publishing/publish'] = () => {
      const [change] = draft.diff.changes;
      const fields = [{ field: 'provider', before: 'InnoCraft', after: 'Somebody else' }];
      answers['GET /privacy-desk/sites/default/publishing/draft'] = () =>
        answer({ ...draft, token: 'newer', diff: { ...draft.diff, changes: [{ ...change, fields }] } });
      return answer(conflict, 409);
    };
    const { user } = renderAdmin(<PublishingPage />);
    const waiting = await section('Not published yet');
    await user.type(await within(waiting).findByRole('textbox', { name: /Why it is published/ }), 'Agreed.');
    await user.click(within(waiting).getByRole('button', { name: 'Publish now' }));
    expect(await within(waiting).findByText('Something changed since you looked')).toBeVisible();
    expect(await within(waiting).findByText('Somebody else')).toBeVisible();
    expect(within(waiting).getByRole('textbox', { name: /Why it is published/ })).toHaveValue('Agreed.');
  });

  it('rolls back to a former publication after saying what that does', async () => {
    answers['POST /privacy-desk/sites/default/publishing/roll-back'] = () => answer(state);
    const { user } = renderAdmin(<PublishingPage />);
    const past = await section('History');
    expect(await within(past).findByText('The first one.')).toBeVisible();
    await user.click(within(past).getByRole('button', { name: 'Roll back' }));
    const dialog = await screen.findByRole('alertdialog', { name: 'Roll back to no. 1?' });
    expect(within(dialog).getByText(/published by hand from then on/)).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: 'Roll back' }));
    expect(await screen.findByText('The content of no. 1 is live again.')).toBeVisible();
    expect(sent('POST')).toEqual([
      ['/privacy-desk/sites/default/publishing/roll-back', { number: 1, live: 2, note: '' }],
    ]);
  });

  it('offers nothing that the role does not include', async () => {
    answers['GET /privacy-desk/sites/default/publishing'] = () =>
      answer({ ...state, canPublish: false, canRollBack: false });
    renderAdmin(<PublishingPage />);
    await within(await section('History')).findByText('The first one.');
    await within(await section('Not published yet')).findByText('InnoCraft');
    for (const name of ['Publish now', 'Roll back', 'Publish at once'])
      expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
  });
});
