import { screen, waitFor, within } from '@testing-library/react';
import '@testing-library/jest-dom';
// Loaded here, so that opening them does not wait for the compiler.
import '../../admin/src/pages/DataRequests/Inbox';
import '../../admin/src/pages/DataRequests/RequestPage';
import '../../admin/src/pages/DataRequests/Statistics';
import '../../admin/src/pages/DataRequests/Templates';
import { actionsFor } from '../../admin/src/pages/DataRequests/actions';
import { DataRequestsPage } from '../../admin/src/pages/DataRequests/DataRequestsPage';
import {
  REQUEST_MAILS,
  REQUEST_STATES,
  REQUEST_TYPES,
  type ErasurePlan,
  type Panel,
  type RequestCounts,
  type RequestDetails,
  type RequestSetup,
  type RequestState,
  type RequestStatistics,
  type RequestSummary,
  type RequestTemplates,
} from '../../contract';
import { renderAdmin } from '../support/admin';

const DAY = 86_400_000;
const everything = ['read', 'handle', 'export', 'erase', 'templates'];
const panelFor = (actions: string[]): Panel => ({
  actions: actions.map((action) => `plugin::privacy-desk.requests.${action}`),
  sites: [
    { documentId: 's1', key: 'default', name: 'Main website' },
    { documentId: 's2', key: 'shop', name: 'Shop' },
  ],
  locales: [{ code: 'en', name: 'English', isDefault: true }],
});
const summary = (more: Partial<RequestSummary> = {}): RequestSummary => ({
  id: 'r1',
  reference: '7KQ2-M9XD',
  site: 'shop',
  locale: 'de',
  type: 'access',
  state: 'confirmed',
  receivedAt: new Date(Date.now() - 20 * DAY).toISOString(),
  dueAt: new Date(Date.now() + 3.5 * DAY).toISOString(),
  extended: false,
  closedAt: null,
  overdue: false,
  assignee: null,
  email: 'ada@example.com',
  unsentMails: 0,
  ...more,
});
const details = (more: Partial<RequestDetails> = {}): RequestDetails => ({
  ...summary(),
  version: 4,
  message: 'What do you know of me?',
  confirmedAt: new Date(Date.now() - 19 * DAY).toISOString(),
  hasContent: true,
  others: 2,
  events: [
    { at: '2026-11-01T10:00:00.000Z', kind: 'received', actor: null, text: null },
    { at: '2026-11-01T10:00:01.000Z', kind: 'mail-sent', actor: null, text: 'confirm' },
    { at: '2026-11-01T10:05:00.000Z', kind: 'confirmed', actor: null, text: null },
    { at: '2026-11-02T10:00:00.000Z', kind: 'note', actor: { id: 2, name: 'Bob' }, text: 'Called back' },
  ],
  extendable: true,
  extendedDueAt: '2027-02-01T22:59:59.999Z',
  ...more,
});
const setup: RequestSetup = {
  enabled: true,
  emailProvider: 'nodemailer',
  publicUrl: 'https://www.example.com/api/privacy-desk',
  publicUrlGuessed: false,
  assignees: [
    { id: 1, name: 'Ada Admin' },
    { id: 2, name: 'Bob' },
  ],
  me: { id: 1, name: 'Ada Admin' },
  reminderDays: 7,
  timeZone: 'Europe/Berlin',
};
const counts: RequestCounts = {
  states: Object.fromEntries(REQUEST_STATES.map((state, index) => [state, index])) as RequestCounts['states'],
  overdue: 1,
  dueSoon: 2,
};
const times = { requests: 10, medianDays: 4.5, p90Days: 20, onTimeShare: 0.955 };
const nothing = { requests: 0, medianDays: null, p90Days: null, onTimeShare: null };
const statistics: RequestStatistics = {
  all: times,
  byType: REQUEST_TYPES.map((type) => ({ type, ...(type === 'access' ? times : nothing) })),
  byMonth: [
    { month: '2026-10', received: 12, ...times },
    { month: '2026-11', received: 0, ...nothing },
  ],
};
const templates: RequestTemplates = {
  locales: ['en', 'de'],
  templates: ['en', 'de'].flatMap((locale) =>
    REQUEST_MAILS.map((kind) => ({
      kind,
      locale,
      subject: `Subject ${kind} ${locale}`,
      body: kind === 'confirm' ? 'Follow {link} until {until}.' : 'Hello {reference}',
      builtIn: true,
    })),
  ),
};
const plan: ErasurePlan = {
  person: { users: [{ id: 7, name: 'ada', email: 'ada@example.com' }], emails: ['ada@example.com'], subjects: 1 },
  items: [
    {
      type: 'api::order.order',
      name: 'Orders',
      action: 'anonymise',
      entries: 3,
      files: 1,
      replaced: ['address.street'],
      kept: [{ path: 'total', reason: 'Tax law' }],
      reason: 'Accounting',
    },
  ],
};

interface Sent {
  method: string;
  path: string;
  body: unknown;
}
let sent: Sent[];
let may: string[];
let answers: Record<string, unknown>;
let refuse: ((request: Sent) => { status: number; details?: unknown } | undefined) | null;

beforeEach(() => {
  localStorage.clear();
  sent = [];
  may = everything;
  refuse = null;
  answers = {
    'GET /panel': () => panelFor(may),
    'GET /requests/setup': setup,
    'GET /requests/counts': counts,
    'GET /requests/statistics': statistics,
    'POST /requests/search': { rows: [summary()], total: 1 },
    'GET /requests/r1': details(),
    'GET /requests/r1/erasure': plan,
    'GET /request-templates': templates,
  };
  Object.assign(globalThis, {
    fetch: async (address: string, { method, body }: { method: string; body?: string }) => {
      const path = new URL(address).pathname.replace('/privacy-desk', '');
      const request = { method, path, body: body ? JSON.parse(body) : undefined };
      sent.push(request);
      const refused = refuse?.(request);
      if (refused) {
        const error = { name: 'Error', message: 'Refused', ...refused };
        return { ok: false, status: refused.status, json: async () => ({ error }) };
      }
      const answer = answers[`${method} ${path}`];
      const found = typeof answer === 'function' ? answer() : answer;
      if (!found) return { ok: false, status: 404, json: async () => ({ error: { status: 404, message: path } }) };
      return { ok: true, status: 200, json: async () => found };
    },
  });
});

const address = '/plugins/privacy-desk/requests';
const open = (rest = '') => renderAdmin(<DataRequestsPage />, { route: `${address}${rest}`, path: `${address}/*` });
const searches = () => sent.filter(({ path }) => path === '/requests/search').map(({ body }) => body);
const acted = () => sent.filter(({ method, path }) => method === 'POST' && path.startsWith('/requests/r1/'));

describe('the inbox', () => {
  it('shows what has to be answered, by when, and by whom', async () => {
    answers['POST /requests/search'] = {
      rows: [
        summary({ id: 'late', overdue: true, dueAt: new Date(Date.now() - 1.5 * DAY).toISOString(), unsentMails: 1 }),
        summary({ assignee: { id: 2, name: 'Bob' }, extended: true }),
        summary({ id: 'gone', email: null, state: 'answered' }),
      ],
      total: 3,
    };
    open();
    const [, late, soon, gone] = await screen.findAllByRole('row');
    expect(within(late!).getByText('2 days overdue')).toBeVisible();
    expect(within(late!).getByText('1 mail could not be sent')).toBeVisible();
    expect(within(soon!).getByText('3 days left')).toBeVisible();
    expect(within(soon!).getByText(/extended$/)).toBeVisible();
    expect(within(soon!).getByText('Bob')).toBeVisible();
    expect(within(soon!).getByText('Shop')).toBeVisible();
    expect(within(gone!).getByText('Address no longer stored')).toBeVisible();
    expect(within(soon!).getByRole('link', { name: '7KQ2-M9XD' })).toHaveAttribute('href', `${address}/r1`);
  });

  it('is narrowed by its numbers and its filters, which the address keeps', async () => {
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: /Overdue/ }));
    await waitFor(() => expect(searches().at(-1)).toEqual({ overdue: true }));
    expect(screen.getByRole('button', { name: /Overdue/ })).toHaveAttribute('aria-pressed', 'true');
    await user.click(screen.getByRole('combobox', { name: 'Any right' }));
    await user.click(await screen.findByRole('option', { name: /^Erasure/ }));
    await user.click(screen.getByRole('combobox', { name: 'Assigned to anyone' }));
    await user.click(await screen.findByRole('option', { name: 'Mine' }));
    await waitFor(() => expect(searches().at(-1)).toEqual({ overdue: true, types: ['erasure'], assignee: '1' }));
    expect(window.location.search).toBe('?due=overdue&type=erasure&assignee=1');
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(searches().at(-1)).toEqual({}));
  });

  it('keeps an address that is searched for out of the address bar, and a reference in it', async () => {
    const { user } = open('?state=open');
    const search = await screen.findByRole('searchbox', { name: 'Search the requests' });
    await user.type(search, 'ada@example.com');
    await waitFor(() =>
      expect(searches().at(-1)).toEqual({ states: ['confirmed', 'in-progress'], search: 'ada@example.com' }),
    );
    expect(window.location.search).toBe('?state=open');
    await user.clear(search);
    await user.type(search, '7KQ2-M9XD');
    await waitFor(() => expect(window.location.search).toBe('?state=open&search=7KQ2-M9XD'));
    await waitFor(() => expect(searches().at(-1)).toMatchObject({ search: '7KQ2-M9XD' }));
  });

  it('tells what is not set up', async () => {
    answers['GET /requests/setup'] = { ...setup, enabled: false, emailProvider: 'sendmail', publicUrlGuessed: true };
    open();
    expect(await screen.findByRole('heading', { name: 'Not everything is set up' })).toBeVisible();
    expect(screen.getAllByText(/requests\.enabled|sendmail|requests\.publicUrl/)).toHaveLength(3);
  });

  it('says why nothing is found', async () => {
    answers['POST /requests/search'] = { rows: [], total: 0 };
    open('?search=ada');
    expect(await screen.findByText(/No request fits\. Addresses are stored encrypted/)).toBeVisible();
  });
});

describe('a request', () => {
  it('shows message, facts and history', async () => {
    open('/r1');
    expect(await screen.findByText('What do you know of me?')).toHaveAttribute('lang', 'de');
    expect(screen.getByRole('heading', { name: '7KQ2-M9XD' })).toBeVisible();
    const facts = screen.getByRole('complementary', { name: 'Facts of the request' });
    expect(within(facts).getByText('ada@example.com')).toBeVisible();
    expect(within(facts).getByText('German')).toBeVisible();
    expect(within(facts).getByRole('link', { name: '2 other requests of this address' })).toHaveAttribute(
      'href',
      address,
    );
    const history = screen.getByRole('region', { name: 'History' });
    expect(within(history).getByText('Mail sent: Please confirm')).toBeVisible();
    expect(within(history).getByText('Called back')).toBeVisible();
    expect(within(history).getAllByText(/the person$/)).toHaveLength(2);
  });

  it('leads to the other requests of the same address without naming it in the address bar', async () => {
    const { user } = open('/r1');
    await user.click(await screen.findByRole('link', { name: '2 other requests of this address' }));
    await waitFor(() => expect(searches().at(-1)).toEqual({ search: 'ada@example.com' }));
    expect(window.location.search).toBe('');
  });

  it('is answered by one click with the link to the data, and what is shown next is the answer to it', async () => {
    answers['POST /requests/r1/export'] = details({
      version: 5,
      state: 'answered',
      closedAt: new Date().toISOString(),
    });
    const { user } = open('/r1');
    await user.click(await screen.findByRole('button', { name: 'Send their data' }));
    const dialog = await screen.findByRole('dialog', { name: 'Send their data' });
    await user.click(within(dialog).getByRole('button', { name: 'Send the link' }));
    expect(await screen.findByText('Nothing more is to be done.')).toBeVisible();
    expect(acted()).toEqual([{ method: 'POST', path: '/requests/r1/export', body: { version: 4, message: '' } }]);
    // Every reading is recorded: none happens beside the first.
    expect(sent.filter(({ method, path }) => method === 'GET' && path === '/requests/r1')).toHaveLength(1);
  });

  it('is refused for a reason to begin with, in the language of the person', async () => {
    answers['POST /requests/r1/refuse'] = details({ state: 'refused', closedAt: new Date().toISOString() });
    const { user } = open('/r1');
    await user.click(await screen.findByRole('button', { name: 'Refuse' }));
    const dialog = await screen.findByRole('dialog', { name: 'Refuse' });
    await user.click(within(dialog).getByRole('button', { name: 'Refuse the request' }));
    expect(within(dialog).getByRole('textbox', { name: /Reason/ })).toHaveFocus();
    expect(within(dialog).getByText('Write something here.')).toBeVisible();
    expect(acted()).toEqual([]);
    await waitFor(() => expect(within(dialog).getByRole('combobox')).toBeEnabled());
    await user.click(within(dialog).getByRole('combobox'));
    await user.click(await screen.findByRole('option', { name: 'Identity not proved (Art. 12 (6))' }));
    await user.click(within(dialog).getByRole('button', { name: 'Refuse the request' }));
    await waitFor(() => expect(acted()).toHaveLength(1));
    expect(acted()[0]!.body).toEqual({ version: 4, reason: expect.stringContaining('Artikel 12 Absatz 6 DSGVO') });
  });

  it('keeps what was typed when somebody else was faster', async () => {
    refuse = ({ path }) =>
      path === '/requests/r1/answer' ? { status: 409, details: { state: 'in-progress' } } : undefined;
    const { user } = open('/r1');
    await user.click(await screen.findByRole('button', { name: 'Answer' }));
    answers['GET /requests/r1'] = details({ version: 9, state: 'in-progress' });
    await user.type(await screen.findByRole('textbox', { name: /Your answer/ }), 'All good');
    await user.click(screen.getByRole('button', { name: 'Send the answer' }));
    expect(await screen.findByText(/It is now: In progress/)).toBeVisible();
    expect(screen.getByRole('textbox', { name: /Your answer/ })).toHaveValue('All good');
    refuse = null;
    answers['POST /requests/r1/answer'] = details({
      version: 10,
      state: 'answered',
      closedAt: new Date().toISOString(),
    });
    await user.click(screen.getByRole('button', { name: 'Send the answer' }));
    await waitFor(() => expect(acted().at(-1)!.body).toEqual({ version: 9, message: 'All good' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  it('shows what the server says at the field, and asks before something typed is lost', async () => {
    refuse = ({ path }) =>
      path === '/requests/r1/extend'
        ? { status: 400, details: { errors: [{ path: ['reason'], message: 'must not be longer' }] } }
        : undefined;
    const { user } = open('/r1');
    await user.click(await screen.findByRole('button', { name: 'Extend the deadline' }));
    expect(await screen.findByText(/^Until Feb 1, 2027, once/)).toBeVisible();
    await user.type(screen.getByRole('textbox', { name: /Reason/ }), 'Complex');
    await user.click(screen.getByRole('button', { name: 'Extend' }));
    expect(await screen.findByText('must not be longer')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(await screen.findByText('Leave without saving?')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Leave without saving' }));
    await waitFor(() => expect(screen.queryByRole('textbox', { name: /Reason/ })).not.toBeInTheDocument());
  });

  it('is erased after what would happen was shown, and confirmed', async () => {
    answers['GET /requests/r1'] = details({ type: 'erasure' });
    answers['POST /requests/r1/erase'] = details({
      type: 'erasure',
      state: 'answered',
      closedAt: '2026-11-20T10:00:00Z',
    });
    const { user } = open('/r1');
    await user.click(await screen.findByRole('button', { name: 'Erase their data' }));
    const dialog = await screen.findByRole('dialog', { name: 'Erase their data' });
    expect(await within(dialog).findByText(/the account ada\. One visitor of the ledger/)).toBeVisible();
    expect(within(dialog).getByText('3 entries, 1 file')).toBeVisible();
    expect(within(dialog).getByText('Kept: total. Tax law')).toBeVisible();
    const erase = within(dialog).getByRole('button', { name: 'Erase for good' });
    expect(erase).toBeDisabled();
    await user.click(within(dialog).getByRole('checkbox', { name: /to be erased for good/ }));
    await user.click(erase);
    await waitFor(() =>
      expect(acted()).toEqual([{ method: 'POST', path: '/requests/r1/erase', body: { version: 4, message: '' } }]),
    );
  });

  it('tells of mails that could not be sent, and tries again', async () => {
    answers['GET /requests/r1'] = details({ unsentMails: 2 });
    answers['POST /requests/r1/retry'] = details({ version: 5 });
    const { user } = open('/r1');
    expect(await screen.findByText('2 mails could not be sent')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Send now' }));
    await waitFor(() => expect(screen.queryByText('2 mails could not be sent')).not.toBeInTheDocument());
    expect(acted()).toEqual([{ method: 'POST', path: '/requests/r1/retry', body: { version: 4 } }]);
  });

  it('is assigned', async () => {
    answers['POST /requests/r1/assign'] = details({ version: 5, assignee: { id: 1, name: 'Ada Admin' } });
    const { user } = open('/r1');
    await user.click(await screen.findByRole('button', { name: 'Assign to me' }));
    await waitFor(() => expect(acted()[0]!.body).toEqual({ version: 4, assignee: '1' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Assign to me' })).not.toBeInTheDocument());
    await user.click(screen.getByRole('combobox', { name: 'Assigned to' }));
    await user.click(await screen.findByRole('option', { name: 'Nobody' }));
    await waitFor(() => expect(acted()[1]!.body).toEqual({ version: 5, assignee: null }));
  });

  it('that is gone is told of', async () => {
    open('/r2');
    expect(await screen.findByText('There is no such request (any more).')).toBeVisible();
  });
});

describe('permissions', () => {
  it('show who may only read nothing to act with', async () => {
    may = ['read'];
    open('/r1');
    expect(await screen.findByText('Your role may read requests, but not handle them.')).toBeVisible();
    const main = screen.getByRole('main');
    expect(
      within(main)
        .getAllByRole('button')
        .map((button) => button.textContent),
    ).toEqual(['Load again']);
    expect(within(main).queryByRole('combobox')).not.toBeInTheDocument();
  });

  it('show each part to those who may see it', async () => {
    may = ['templates'];
    open();
    expect((await screen.findAllByRole('tab')).map((tab) => tab.textContent)).toEqual(['Mail templates']);
    await screen.findByRole('heading', { name: 'Please confirm' });
    expect(sent.map(({ path }) => path).filter((path) => path.startsWith('/requests'))).toEqual([]);
  });

  it('and the state say what may be done', () => {
    const all = () => true;
    const actions = (state: RequestState, more: Partial<RequestDetails> = {}) =>
      actionsFor(details({ state, ...more }), all);
    expect(actions('received')).toEqual(['confirm', 'resend', 'withdraw']);
    expect(actions('confirmed')).toEqual(['export', 'answer', 'erase', 'refuse', 'extend', 'withdraw', 'start']);
    expect(actions('in-progress', { type: 'erasure', extendable: false })[0]).toBe('erase');
    expect(actions('in-progress', { extendable: false })).not.toContain('extend');
    expect(actions('confirmed', { type: 'objection' })[0]).toBe('answer');
    for (const state of ['answered', 'refused', 'withdrawn', 'expired'] as const) expect(actions(state)).toEqual([]);
    const reader = (action: string) => action === 'requests.read';
    expect(actionsFor(details(), reader)).toEqual([]);
    const exporter = (action: string) => action === 'requests.export';
    expect(actionsFor(details({ type: 'objection' }), exporter)).toEqual(['export']);
  });
});

describe('templates', () => {
  it('are written with their placeholders, checked, previewed and saved', async () => {
    const { user } = open('?part=templates&locale=de');
    const body = await screen.findByRole('textbox', { name: /Text/ });
    expect(screen.getByRole('textbox', { name: /Subject/ })).toHaveValue('Subject confirm de');
    await user.clear(body);
    await user.type(body, 'Hallo {{name} ');
    await user.click(screen.getByRole('button', { name: 'Insert {until}' }));
    expect(body).toHaveValue('Hallo {name} {until}');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('{link} must not be missing.')).toBeVisible();
    expect(body).toHaveFocus();
    await user.clear(body);
    await user.type(body, 'Hier: {{link}, bis {{until}');
    expect(
      within(screen.getByRole('region', { name: 'Preview' })).getByText('https://www.example.com/…'),
    ).toBeVisible();
    const written = { subject: 'Subject confirm de', body: 'Hier: {link}, bis {until}' };
    answers['PUT /request-templates/confirm/de'] = {
      ...templates,
      templates: templates.templates.map((template) =>
        template.kind === 'confirm' && template.locale === 'de'
          ? { ...template, ...written, builtIn: false }
          : template,
      ),
    };
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(sent.at(-1)).toEqual({ method: 'PUT', path: '/request-templates/confirm/de', body: written }),
    );
    answers['DELETE /request-templates/confirm/de'] = templates;
    await user.click(await screen.findByRole('button', { name: 'Take the built-in one again' }));
    await waitFor(() => expect(body).toHaveValue('Follow {link} until {until}.'));
    expect(sent.at(-1)).toMatchObject({ method: 'DELETE', path: '/request-templates/confirm/de' });
  });

  it('show what the server says at the field', async () => {
    refuse = ({ method }) =>
      method === 'PUT'
        ? { status: 400, details: { errors: [{ path: ['subject'], message: 'must be one line' }] } }
        : undefined;
    const { user } = open('?part=templates&mail=answer');
    await user.type(await screen.findByRole('textbox', { name: /Text/ }), ' {{message}');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('must be one line')).toBeVisible();
  });
});

describe('handling times', () => {
  it('are shown as figures, as a picture and as tables', async () => {
    open('?part=statistics');
    expect((await screen.findAllByText('4.5 days'))[0]).toBeVisible();
    expect(screen.getAllByText('95.5 %')[0]).toBeVisible();
    expect(screen.getByRole('img', { name: 'By month of receipt' })).toBeVisible();
    const byType = screen.getByRole('region', { name: 'By right' });
    const [, access, portability] = within(byType).getAllByRole('row');
    expect(within(access!).getAllByRole('cell').map((cell) => cell.textContent)).toEqual(['10', '4.5 days', '20 days', '95.5 %']); // prettier-ignore
    expect(
      within(portability!)
        .getAllByRole('cell')
        .map((cell) => cell.textContent),
    ).toEqual(['0', '–', '–', '–']);
    expect(screen.getByRole('rowheader', { name: 'October 2026' })).toBeInTheDocument();
  });
});
