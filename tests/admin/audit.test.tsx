import { screen, waitFor, within } from '@testing-library/react';
import '@testing-library/jest-dom';
// Loaded here, so that opening it does not wait for the compiler.
import '../../admin/src/pages/Audit/EntryDrawer';
import { AuditPage } from '../../admin/src/pages/Audit/AuditPage';
import { narrowingOf } from '../../admin/src/pages/Audit/narrowing';
import type {
  AuditDetails,
  AuditFilters,
  AuditPage as Page,
  AuditSummary,
  AuditVerification,
  Panel,
} from '../../contract';
import { renderAdmin } from '../support/admin';

const both = ['audit.read', 'audit.export'];
const panelOf = (actions: string[]): Panel => ({
  actions: actions.map((action) => `plugin::privacy-desk.${action}`),
  sites: [{ documentId: 's1', key: 'default', name: 'Main website' }],
  locales: [{ code: 'en', name: 'English', isDefault: true }],
});
const nobody = { ref: null, state: 'none', id: null, name: null } as const;
const ada = { type: 'admin', ref: 'A'.repeat(22), state: 'named', id: '7', name: 'Ada Admin' } as const;
const entry = (more: Partial<AuditSummary>): AuditSummary => ({
  id: '0b7e3a52-0f0e-4c6b-9d8e-1d2c3b4a5f60',
  at: '2026-11-01T10:00:00.000Z',
  action: 'catalogue.update',
  outcome: 'ok',
  actor: ada,
  target: {
    type: 'plugin::privacy-desk.category',
    ref: 'T'.repeat(22),
    state: 'named',
    id: 'doc',
    name: 'Statistics',
  },
  site: null,
  fields: ['mode'],
  detail: { key: 'STATISTICS' },
  ...more,
});
const entries = [
  entry({}),
  entry({
    id: '1b7e3a52-0f0e-4c6b-9d8e-1d2c3b4a5f60',
    action: 'subject.export',
    target: { ...nobody, type: 'person', ref: 'P'.repeat(22), state: 'withheld' },
    outcome: 'refused',
  }),
  entry({
    id: '2b7e3a52-0f0e-4c6b-9d8e-1d2c3b4a5f60',
    action: 'publishing.publish',
    actor: { ...nobody, type: 'system' },
    target: null,
    site: 'default',
  }),
  entry({ id: '3b7e3a52-0f0e-4c6b-9d8e-1d2c3b4a5f60', action: 'other-plugin.done', target: null }),
];
const details: AuditDetails = {
  ...entry({}),
  recorded: false,
  changes: [
    { field: 'mode', before: 'opt-in', after: 'opt-out', hidden: false },
    { field: 'secret', before: null, after: { hash: 'abcdefghijklmnop' }, hidden: true },
  ],
  request: { id: 'request-12345', method: 'PUT', route: '/x/:id' },
  chain: { segment: 'seg', seq: 3, previousHash: 'a', hash: 'b', intact: true, kid: 'k' },
};
const filters: AuditFilters = {
  actions: ['catalogue.update', 'catalogue.create', 'subject.export'],
  targetTypes: ['person'],
  admins: [{ id: '7', name: 'Ada Admin' }],
};

interface Sent {
  method: string;
  path: string;
  body: unknown;
}
let sent: Sent[];
let panel: Panel;
let page: Page;
let verification: AuditVerification;
const searches = () => sent.filter(({ path }) => path.endsWith('/search')).map(({ body }) => body);

beforeEach(() => {
  sent = [];
  panel = panelOf(both);
  page = { entries, next: null };
  verification = { running: null, last: null };
  Object.assign(globalThis, {
    fetch: async (address: string, { method, body }: { method: string; body?: string }) => {
      const { pathname } = new URL(address);
      sent.push({ method, path: pathname, body: body ? JSON.parse(body) : undefined });
      const answers: [string, unknown][] = [
        ['/panel', panel],
        ['/filters', filters],
        ['/search', page],
        ['/verification', verification],
        ['/export', method === 'POST' ? { ticket: 'sealed' } : 'file'],
        ['/audit/', details],
      ];
      const found = answers.find(([end]) => (end === '/audit/' ? pathname.includes(end) : pathname.endsWith(end)))!;
      const content = found[1];
      return { ok: true, status: 200, json: async () => content, blob: async () => new Blob([String(content)]) };
    },
  });
});

it('says in words what happened', async () => {
  renderAdmin(<AuditPage />);
  expect(await screen.findByText('Ada Admin changed “Statistics” (Category)')).toBeVisible();
  expect(screen.getByText('Ada Admin exported the data of a person')).toBeVisible();
  expect(screen.getByText('Refused')).toBeVisible();
  expect(screen.getByText('Privacy Desk published “Main website”')).toBeVisible();
  expect(screen.getByText('Ada Admin: other-plugin.done')).toBeVisible();
});

it('is narrowed, and the address keeps by what, but not whom somebody searched for', async () => {
  const { user } = renderAdmin(<AuditPage />);
  await user.click(await screen.findByRole('combobox', { name: 'Everything' }));
  await user.click(await screen.findByRole('option', { name: 'Categories, items, sites' }));
  await waitFor(() => expect(searches().at(-1)).toEqual({ action: 'catalogue' }));
  await user.click(screen.getByRole('combobox', { name: 'Anyone' }));
  await user.click(await screen.findByRole('option', { name: 'Ada Admin' }));
  await waitFor(() => expect(searches().at(-1)).toEqual({ action: 'catalogue', actor: 'admin:7' }));
  await user.type(screen.getByPlaceholderText('E-mail address or ID'), 'grace@example.com');
  await waitFor(() =>
    expect(searches().at(-1)).toEqual({ action: 'catalogue', actor: 'admin:7', target: 'grace@example.com' }),
  );
  expect(window.location.search).toBe('?action=catalogue&by=admin%3A7');
  await user.click(screen.getByRole('button', { name: 'Clear filters' }));
  await waitFor(() => expect(searches().at(-1)).toEqual({}));
  expect(window.location.search).toBe('');
});

it('reads the address', () => {
  const day = (date: number) => new Date(2026, 2, date).toISOString();
  const from = '2026-03-01';
  expect(narrowingOf({ from, to: from, by: 'system', outcome: 'nonsense', of: 'T'.repeat(22) }, '')).toEqual({
    from: day(1),
    to: day(2),
    actorType: 'system',
    target: 'T'.repeat(22),
  });
  expect(narrowingOf({ from: 'soon' }, '')).toEqual({});
});

it('goes on where the page ends', async () => {
  page = { entries: entries.slice(0, 1), next: 'abc.1' };
  const { user } = renderAdmin(<AuditPage />);
  await user.click(await screen.findByRole('button', { name: 'Show more' }));
  await waitFor(() => expect(searches().at(-1)).toEqual({ after: 'abc.1' }));
});

it('shows an entry with what changed, and leads to what is like it', async () => {
  const { user } = renderAdmin(<AuditPage />);
  const [first] = await screen.findAllByRole('button', { name: /^Details of/ });
  await user.click(first!);
  const drawer = await screen.findByRole('dialog', { name: 'Entry of the audit trail' });
  const changes = await within(drawer).findByRole('group', { name: 'What changed' });
  expect(within(changes).getByText('opt-out')).toBeVisible();
  expect(within(changes).getByText('abcdefgh')).toBeVisible();
  expect(within(changes).getByText('empty')).toBeVisible();
  expect(within(drawer).getByText('As it was written, and signed')).toBeVisible();
  await user.click(within(drawer).getByRole('button', { name: 'Only this request' }));
  await waitFor(() => expect(searches().at(-1)).toEqual({ request: 'request-12345' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Request: request-12345' }));
  await waitFor(() => expect(searches().at(-1)).toEqual({}));
});

it('is verified', async () => {
  verification = {
    running: null,
    last: {
      status: 'problems',
      startedAt: '2026-11-01T10:00:00.000Z',
      finishedAt: '2026-11-01T10:00:01.000Z',
      startedBy: null,
      entries: 5,
      segments: 1,
      checkpoints: 1,
      problemCount: 1,
      problems: [{ of: 'entry', kind: 'altered', message: 'The row is another one', id: details.id }],
      error: null,
    },
  };
  const { user } = renderAdmin(<AuditPage />);
  expect(await screen.findByText('1 thing is not as it was written')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Verify now' }));
  await waitFor(() =>
    expect(sent).toContainEqual({ method: 'POST', path: '/privacy-desk/audit/verification', body: undefined }),
  );
  await user.click(screen.getByRole('button', { name: details.id }));
  expect(await screen.findByRole('dialog')).toBeVisible();
});

it('exports what the filters show', async () => {
  Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL() {} });
  jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {});
  const { user } = renderAdmin(<AuditPage />, { route: '/?outcome=refused' });
  await user.click(await screen.findByRole('button', { name: 'Export CSV' }));
  await waitFor(() =>
    expect(sent).toContainEqual({
      method: 'POST',
      path: '/privacy-desk/audit/export',
      body: { outcome: 'refused', format: 'csv' },
    }),
  );
  await waitFor(() => expect(sent.at(-1)).toMatchObject({ method: 'GET', path: '/privacy-desk/audit/export' }));
});

it('shows each only what they may see', async () => {
  panel = panelOf(['audit.export']);
  renderAdmin(<AuditPage />);
  expect(await screen.findByRole('button', { name: 'Export JSON Lines' })).toBeVisible();
  expect(screen.queryByRole('region', { name: 'What happened' })).toBeNull();
  expect(searches()).toEqual([]);
});
