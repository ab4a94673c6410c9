import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import '@testing-library/jest-dom';
// Loaded here, so that opening them does not wait for the compiler.
import '../../admin/src/pages/Ledger/Exports';
import '../../admin/src/pages/Ledger/RecordDrawer';
import '../../admin/src/pages/Ledger/Records';
import '../../admin/src/pages/Ledger/Statistics';
import { LedgerPage } from '../../admin/src/pages/Ledger/LedgerPage';
import { bucketsOf } from '../../admin/src/pages/Ledger/rates';
import type { LedgerStatistics, Panel, RecordDetails, RecordPage, Verification, VerificationRun } from '../../contract';
import { renderAdmin } from '../support/admin';

const everything = ['statistics', 'records', 'export'].map((action) => `plugin::privacy-desk.ledger.${action}`);
const panel: Panel = {
  actions: everything,
  sites: [{ documentId: 's1', key: 'default', name: 'Main website' }],
  locales: [{ code: 'en', name: 'English', isDefault: true }],
};
const counts = (granted: number, refused: number) => ({
  decisions: granted + refused,
  categories: [{ category: 'STATISTICS', granted, refused }],
});
const statistics: LedgerStatistics = {
  site: 'default',
  from: '2026-11-01',
  to: '2026-11-03',
  ...counts(3, 1),
  categoryNames: { STATISTICS: 'Statistics' },
  impressions: { sampled: 4, estimated: 40 },
  days: [
    { day: '2026-11-01', impressions: 40, ...counts(1, 1) },
    { day: '2026-11-02', impressions: 0, ...counts(0, 0) },
    { day: '2026-11-03', impressions: 0, ...counts(2, 0) },
  ],
  sources: [{ source: 'accept-all', ...counts(3, 0) }],
  locales: [{ locale: 'en', ...counts(3, 1) }],
  regimes: [{ regime: 'opt-in', ...counts(3, 1) }],
  versions: [
    {
      version: 'abcdef0123456789',
      locale: 'en',
      regime: 'opt-in',
      firstDay: '2026-11-01',
      lastDay: '2026-11-03',
      impressions: 40,
      ...counts(3, 1),
    },
  ],
  filters: { locales: ['en'], regimes: ['opt-in'], sources: ['accept-all'] },
};
const id = '0b7e3a52-0f0e-4c6b-9d8e-1d2c3b4a5f60';
const record: RecordDetails = {
  id,
  site: 'default',
  locale: 'en',
  configVersion: 'abcdef',
  source: 'save',
  layer: 'settings',
  choices: { STATISTICS: true, MARKETING: false },
  decidedAt: '2026-11-01T10:00:00.000Z',
  recordedAt: '2026-11-01T10:00:01.000Z',
  gpc: true,
  previousChoices: null,
  names: { STATISTICS: 'Measuring', 'item:youtube': 'YouTube' },
  decidedInFuture: false,
  regime: 'opt-in',
  subject: 'known',
  subjectRef: 'x',
  otherRecords: 2,
  personal: { state: 'hidden', parts: {} },
  chain: { segment: 'seg-1', seq: 7, previousHash: 'a', hash: 'b', intact: true, kid: 'k' },
  receipt: null,
};
const found: RecordPage = { records: [record], names: { STATISTICS: 'Measuring' }, next: null };

interface Sent {
  method: string;
  path: string;
  body: unknown;
}
let sent: Sent[];
let verification: Verification;
let respond: (request: Sent) => { status?: number; body: unknown } | undefined;

beforeEach(() => {
  localStorage.clear();
  sent = [];
  verification = { running: null, last: null };
  respond = () => undefined;
  Object.assign(globalThis, {
    fetch: async (address: string, { method, body }: { method: string; body?: string }) => {
      const url = new URL(address);
      const request = { method, path: url.pathname + url.search, body: body ? JSON.parse(body) : undefined };
      sent.push(request);
      const own = respond(request);
      const usual = url.pathname.endsWith('/panel')
        ? panel
        : url.pathname.endsWith('/statistics')
          ? statistics
          : url.pathname.endsWith('/search')
            ? found
            : url.pathname.endsWith('/verification')
              ? verification
              : record;
      const status = own?.status ?? 200;
      return {
        ok: status < 400,
        status,
        json: async () => (own ? own.body : usual),
        blob: async () => blobOf(own?.body),
      };
    },
  });
});

const refusal = (field: string) => ({
  error: {
    status: 400,
    name: 'ValidationError',
    message: 'refused',
    details: { errors: [{ path: [field], message: 'must not be before from', name: 'ValidationError' }] },
  },
});

/** Not jsdom's, which has no `text()`. */
const blobOf = (body: unknown) => ({ text: async () => JSON.stringify(body) });

const only = (...actions: string[]) => {
  respond = ({ path }) =>
    path.endsWith('/panel')
      ? { body: { ...panel, actions: actions.map((action) => `plugin::privacy-desk.ledger.${action}`) } }
      : undefined;
};

describe('statistics', () => {
  it('shows rates and numbers, as a picture and as tables', async () => {
    renderAdmin(<LedgerPage />);
    expect(await screen.findByText('75 % allowed (3 / 4)')).toBeVisible();
    expect(screen.getByRole('img', { name: 'Opt-in rate over time' })).toBeVisible();
    const bySource = screen.getByRole('region', { name: 'How it was decided' });
    expect(within(bySource).getByRole('rowheader', { name: 'Accept all' })).toBeVisible();
    expect(within(bySource).getByText('100 %')).toBeVisible();
  });

  it('is narrowed by days and source', async () => {
    const { user } = renderAdmin(<LedgerPage />);
    await user.click(await screen.findByRole('combobox', { name: 'However decided' }));
    await user.click(await screen.findByRole('option', { name: 'Accept all' }));
    await waitFor(() =>
      expect(sent.at(-1)!.path).toBe('/privacy-desk/ledger/statistics?site=default&source=accept-all'),
    );
  });

  it('says at the day what is wrong with it, and keeps it', async () => {
    respond = ({ path }) => (path.includes('from=2026-12-24') ? { status: 400, body: refusal('to') } : undefined);
    renderAdmin(<LedgerPage />);
    const from = await screen.findByLabelText('From');
    fireEvent.change(from, { target: { value: '2026-12-24' } });
    expect(await screen.findByText('must not be before from')).toBeVisible();
    expect(screen.getByLabelText('To')).toHaveAccessibleDescription('must not be before from');
    expect(from).toHaveValue('2026-12-24');
  });

  it('puts days together where there are many', () => {
    expect(bucketsOf(statistics.days, 60).map(({ percents }) => percents.STATISTICS)).toEqual([50, null, 100]);
    expect(bucketsOf(statistics.days, 2)).toEqual([
      { first: '2026-11-01', last: '2026-11-02', decisions: 2, percents: { STATISTICS: 50 } },
      { first: '2026-11-03', last: '2026-11-03', decisions: 2, percents: { STATISTICS: 100 } },
    ]);
  });
});

describe('records', () => {
  it('are found by visitor, day and source, and opened', async () => {
    only('records');
    const { user } = renderAdmin(<LedgerPage />);
    await user.type(await screen.findByLabelText('Visitor'), 'abc');
    await user.click(screen.getByRole('button', { name: 'Search' }));
    await waitFor(() =>
      expect(sent.filter(({ path }) => path.endsWith('/search')).at(-1)!.body).toEqual({
        site: 'default',
        subject: 'abc',
      }),
    );
    await user.click(await screen.findByRole('button', { name: /^Open the record of/ }));
    const drawer = await screen.findByRole('dialog', { name: 'Record' });
    expect(await within(drawer).findByText(/2 other records of the same visitor/)).toBeVisible();
    expect(within(drawer).getByText('Allowed: Measuring')).toBeVisible();
    expect(within(drawer).getByText('Your role may not read them')).toBeVisible();
    expect(within(drawer).getByRole('button', { name: 'What the visitor saw' })).toBeEnabled();
  });

  it('are asked for by ID alone', async () => {
    only('records');
    const { user } = renderAdmin(<LedgerPage />);
    await user.type(await screen.findByLabelText('ID of the receipt or consent'), id);
    await user.click(screen.getByRole('button', { name: 'Search' }));
    await waitFor(() => expect(sent.filter(({ path }) => path.endsWith('/search')).at(-1)!.body).toEqual({ id }));
  });

  it('are not looked for by what is no visitor; the field says so', async () => {
    only('records');
    const { user } = renderAdmin(<LedgerPage />);
    const visitor = await screen.findByLabelText('Visitor');
    const usual = respond;
    respond = (request) =>
      request.path.endsWith('/search') ? { status: 400, body: refusal('subject') } : usual(request);
    await user.type(visitor, 'nobody');
    await user.click(screen.getByRole('button', { name: 'Search' }));
    expect(await screen.findByText('must not be before from')).toBeVisible();
    await waitFor(() => expect(visitor).toHaveFocus());
    expect(visitor).toHaveValue('nobody');
  });

  it('are verified', async () => {
    only('records');
    const { user } = renderAdmin(<LedgerPage />);
    expect(await screen.findByText('Not verified yet.')).toBeVisible();
    const last: VerificationRun = {
      status: 'problems',
      startedAt: record.decidedAt,
      finishedAt: record.decidedAt,
      startedBy: null,
      consents: 9,
      segments: 1,
      checkpoints: 1,
      problemCount: 1,
      problems: [{ kind: 'altered', of: 'consent', message: 'This consent was altered', id }],
      error: null,
    };
    verification = { running: null, last };
    await user.click(screen.getByRole('button', { name: 'Verify now' }));
    expect(await screen.findByText('1 thing is not as it was written')).toBeVisible();
    expect(screen.getByText('This consent was altered')).toBeVisible();
    expect(sent.some(({ method, path }) => method === 'POST' && path.endsWith('/verification'))).toBe(true);
  });
});

describe('export', () => {
  it('says at the day why there is no file', async () => {
    only('export');
    const usual = respond;
    respond = (request) => (request.path.includes('/export?') ? { status: 400, body: refusal('to') } : usual(request));
    const { user } = renderAdmin(<LedgerPage />);
    await user.click(await screen.findByRole('button', { name: 'Records as CSV' }));
    expect(await screen.findByText('must not be before from')).toBeVisible();
    await waitFor(() => expect(screen.getByLabelText('To')).toHaveFocus());
  });
});

describe('permissions', () => {
  it('show each part to those who may see it', async () => {
    only('export');
    renderAdmin(<LedgerPage />);
    expect(await screen.findByRole('button', { name: 'Records as CSV' })).toBeVisible();
    expect(screen.getAllByRole('tab').map(({ textContent }) => textContent)).toEqual(['Export']);
    expect(sent.filter(({ path }) => path.includes('/ledger/'))).toEqual([]);
  });
});
