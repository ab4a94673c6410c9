import { screen, waitFor, within } from '@testing-library/react';
import '@testing-library/jest-dom';
// Loaded here, so that opening them does not wait for the compiler.
import '../../admin/src/pages/PersonalData/DetailsDrawer';
import '../../admin/src/pages/PersonalData/ErasureDialog';
import '../../admin/src/pages/PersonalData/MapPart';
import '../../admin/src/pages/PersonalData/MappingDrawer';
import '../../admin/src/pages/PersonalData/Persons';
import '../../admin/src/pages/PersonalData/Records';
import { PersonalDataPage } from '../../admin/src/pages/PersonalData/PersonalDataPage';
import { personQueryOf } from '../../admin/src/pages/PersonalData/personQuery';
import { stateOf } from '../../admin/src/pages/PersonalData/stateOf';
import type {
  Erasure,
  ErasurePlan,
  MapEntry,
  MapEntryDetails,
  Panel,
  ProcessingRecords,
  TypeMapping,
} from '../../contract';
import { renderAdmin } from '../support/admin';

const actions = ['read', 'write', 'export', 'erase'].map((action) => `plugin::privacy-desk.personal-data.${action}`);
const panel: Panel = {
  actions,
  sites: [{ documentId: 's1', key: 'default', name: 'Main website' }],
  locales: [{ code: 'en', name: 'English', isDefault: true }],
};
const order: TypeMapping = {
  owners: [{ user: 'customer' }, { email: 'email' }],
  purpose: 'Fulfilment of orders',
  legalBasis: 'contract',
  retentionDays: 3650,
  erasure: 'anonymise',
  reason: 'Tax law',
  fields: { email: 'email', country: { keep: 'Tells the tax' } },
};
const proposal: TypeMapping = {
  owners: [{ email: 'email' }],
  purpose: '',
  legalBasis: 'contract',
  retentionDays: null,
  erasure: 'anonymise',
  fields: { email: 'email', name: 'fullName' },
};
const nothing = { source: null, ignored: false, mapping: null, problems: [], warnings: [], proposal: null };
const looks = (path: string) => ({ path, message: 'looks personal and is not mapped' });
const types: MapEntry[] = [
  { ...nothing, uid: 'api::article.article', name: 'Article', source: 'config', ignored: true },
  { ...nothing, uid: 'api::order.order', name: 'Order', source: 'config', mapping: order },
  {
    ...nothing,
    uid: 'api::subscription.subscription',
    name: 'Subscription',
    proposal,
    warnings: [looks('email'), looks('name')],
  },
];
const [, orderEntry, subscriptionEntry] = types as [MapEntry, MapEntry, MapEntry];
const details: Record<string, MapEntryDetails> = {
  'api::order.order': { ...orderEntry, fields: [], owners: [], version: 'v1' },
  'api::subscription.subscription': {
    ...subscriptionEntry,
    version: 'v1',
    owners: [{ email: 'email' }, { subject: 'visitor' }],
    fields: [
      { path: 'email', type: 'email', required: true, generators: ['email', 'scramble'] },
      { path: 'name', type: 'string', required: false, generators: ['empty', 'fullName'] },
      { path: 'interests', type: 'json', required: false, generators: ['empty'] },
    ],
  },
};
const plan: ErasurePlan = {
  person: { users: [{ id: 7, name: 'anna', email: 'anna@example.com' }], emails: ['anna@example.com'], subjects: 1 },
  items: [
    {
      type: 'api::order.order',
      name: 'Order',
      action: 'anonymise',
      entries: 2,
      files: 0,
      replaced: ['email'],
      kept: [{ path: 'country', reason: 'Tells the tax' }],
      reason: 'Tax law',
    },
    {
      type: 'plugin::users-permissions.user',
      name: 'User',
      action: 'delete',
      entries: 1,
      files: 3,
      replaced: [],
      kept: [],
      reason: null,
    },
  ],
};
const erasure: Erasure = {
  id: 'e1',
  state: 'done',
  origin: 'admin',
  startedAt: '2026-11-01T10:00:00.000Z',
  finishedAt: '2026-11-01T10:00:01.000Z',
  items: plan.items,
  filesLeft: 0,
  noticesLeft: 0,
  failure: null,
  proof: 'a.b.c',
};
const register: ProcessingRecords = {
  createdAt: '2026-11-01T10:00:00.000Z',
  controllers: [{ site: 'default', name: 'Northlight Coffee' }],
  organisation: {
    version: 'o1',
    form: { controller: '', joint: '', representative: '', officer: '', measures: '' },
  },
  records: [
    {
      key: 'content:api::order.order',
      source: 'content',
      activity: 'Order',
      purposes: 'Fulfilment of orders',
      persons: ['users'],
      data: ['email', 'country'],
      legalBasis: 'contract',
      recipients: [],
      retention: { days: 3650 },
      measures: ['roles-and-audit', { encrypted: ['email'] }],
      details: { version: 'd1', form: { recipients: '', transfers: '', measures: '' } },
    },
    {
      key: 'own:audit',
      source: 'privacy-desk',
      activity: 'Audit trail',
      purposes: 'English',
      persons: ['administrators'],
      data: ['name'],
      legalBasis: 'legal-obligation',
      recipients: [],
      retention: 'per-site',
      measures: [],
      details: { version: 'd2', form: { recipients: 'none', transfers: 'none', measures: 'Locked doors' } },
    },
  ],
};

interface Sent {
  method: string;
  path: string;
  body: unknown;
}
let sent: Sent[];
let respond: (request: Sent) => { status?: number; body: unknown } | undefined;

const usual = ({ path }: Sent): unknown => {
  if (path.endsWith('/panel')) return panel;
  if (path.endsWith('/map')) return { types };
  if (path.endsWith('/find')) return plan;
  if (path.endsWith('/erasures')) return { erasures: [erasure] };
  if (path.endsWith('/records')) return register;
  if (path.includes('/activities/')) return register.records[0]!.details;
  return details[decodeURIComponent(path.split('/').at(-1)!)];
};

beforeEach(() => {
  localStorage.clear();
  sent = [];
  respond = () => undefined;
  Object.assign(globalThis, {
    fetch: async (address: string, { method, body }: { method: string; body?: string }) => {
      const url = new URL(address);
      const request = { method, path: url.pathname, body: body ? JSON.parse(body) : undefined };
      sent.push(request);
      const own = respond(request);
      const status = own?.status ?? 200;
      return { ok: status < 400, status, json: async () => (own ? own.body : usual(request)) };
    },
  });
});

const refused = (status: number, details: object) => ({
  status,
  body: { error: { status, name: 'ValidationError', message: 'No', details } },
});
const saves = () => sent.filter(({ method }) => method === 'PUT');
const only = (...allowed: string[]) => {
  respond = ({ path }) =>
    path.endsWith('/panel')
      ? { body: { ...panel, actions: allowed.map((action) => `plugin::privacy-desk.personal-data.${action}`) } }
      : undefined;
};

it('shows each part to those who may see it', async () => {
  only('read');
  renderAdmin(<PersonalDataPage />);
  await screen.findByRole('row', { name: /Subscription/ });
  expect(screen.getAllByRole('tab').map(({ textContent }) => textContent)).toEqual(['Map', 'Records of processing']);
  expect(screen.queryByRole('button', { name: /^(Map|Edit) / })).toBeNull();
  expect(screen.getByRole('button', { name: 'View Subscription' })).toBeVisible();
});

describe('the map', () => {
  it('tells the states apart, what is still to be decided first', async () => {
    renderAdmin(<PersonalDataPage />);
    const rows = await screen.findAllByRole('row');
    expect(rows.slice(1).map((row) => within(row).getByRole('rowheader').textContent)).toEqual([
      'Subscriptionapi::subscription.subscription',
      'Orderapi::order.order',
      'Articleapi::article.article',
    ]);
    expect(rows[1]).toHaveTextContent('Proposed');
    expect(rows[2]).toHaveTextContent('Mapped in the config');
    expect(rows[3]).toHaveTextContent('No personal data (config)');
    expect(screen.getByText(/^1 content type looks as if it held personal data/)).toBeVisible();
  });

  it('calls broken what does not fit any more, whatever else it is', () =>
    expect(stateOf({ ...orderEntry, problems: [{ path: 'email', message: 'gone' }] })).toBe('broken'));

  it('shows what the config says, to read', async () => {
    const { user } = renderAdmin(<PersonalDataPage />);
    await user.click(await screen.findByRole('button', { name: 'View Order' }));
    const drawer = await screen.findByRole('dialog', { name: 'Order' });
    expect(await within(drawer).findByText(/^The config \(config\/plugins\) maps/)).toBeVisible();
    expect(drawer).toHaveTextContent('User: customer');
    expect(drawer).toHaveTextContent('3,650 days');
    expect(drawer).toHaveTextContent('Kept: Tells the tax');
    expect(within(drawer).queryByRole('button', { name: 'Save' })).toBeNull();
  });

  const open = async () => {
    const { user } = renderAdmin(<PersonalDataPage />);
    await user.click(await screen.findByRole('button', { name: 'Map Subscription' }));
    const drawer = await screen.findByRole('dialog', { name: 'Subscription' });
    await user.click(await within(drawer).findByRole('button', { name: 'Take the proposal' }));
    return { user, drawer };
  };

  it('takes the proposal, is completed and saved', async () => {
    const { user, drawer } = await open();
    expect(within(drawer).getByRole('checkbox', { name: 'email' })).toBeChecked();
    expect(within(drawer).getByRole('checkbox', { name: 'interests' })).not.toBeChecked();
    await user.type(within(drawer).getByLabelText(/^What the data are for/), 'Newsletter');
    await user.click(within(drawer).getByRole('radio', { name: /^Deleted/ }));
    await user.click(within(drawer).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(saves().map(({ body }) => body)).toEqual([
      { version: 'v1', mapping: { ...proposal, purpose: 'Newsletter', erasure: 'delete' } },
    ]);
  });

  it('puts the server’s messages at the fields', async () => {
    const { user, drawer } = await open();
    respond = ({ method }) =>
      method === 'PUT'
        ? refused(400, {
            errors: [
              { path: ['mapping', 'purpose'], message: 'is too long' },
              { path: ['fields', 'email'], message: 'owner: is of type json' },
              { path: ['fields', 'name'], message: 'does not fit' },
            ],
          })
        : undefined;
    await user.click(within(drawer).getByRole('button', { name: 'Save' }));
    expect(await within(drawer).findByText('Say what the data are for.')).toBeVisible();
    expect(saves()).toEqual([]);
    await user.type(within(drawer).getByLabelText(/^What the data are for/), 'Newsletter');
    await user.click(within(drawer).getByRole('button', { name: 'Save' }));
    expect(await within(drawer).findByText('is too long')).toBeVisible();
    expect(within(drawer).getByText('is of type json')).toBeVisible();
    expect(within(drawer).getByText('does not fit')).toBeVisible();
  });

  it('keeps what was typed when somebody else has saved', async () => {
    const { user, drawer } = await open();
    await user.type(within(drawer).getByLabelText(/^What the data are for/), 'Newsletter');
    let isFirst = true;
    respond = ({ method }) => {
      if (method !== 'PUT' || !isFirst) return undefined;
      isFirst = false;
      return refused(409, { version: 'v2', current: { mapping: null, ignored: true } });
    };
    await user.click(within(drawer).getByRole('button', { name: 'Save' }));
    await within(drawer).findByText('Somebody else has changed this meanwhile');
    await user.click(within(drawer).getByRole('button', { name: 'Save mine' }));
    await waitFor(() => expect(saves()).toHaveLength(2));
    expect(saves()[1]!.body).toMatchObject({ version: 'v2', mapping: { purpose: 'Newsletter' } });
  });

  it('asks before something typed is lost', async () => {
    const { user, drawer } = await open();
    await user.click(within(drawer).getByRole('button', { name: 'Cancel' }));
    expect(await screen.findByText('Leave without saving?')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Keep editing' }));
    expect(within(drawer).getByRole('checkbox', { name: 'email' })).toBeChecked();
  });

  it('asks for a decision', async () => {
    const { user } = renderAdmin(<PersonalDataPage />);
    await user.click(await screen.findByRole('button', { name: 'Map Subscription' }));
    const drawer = await screen.findByRole('dialog', { name: 'Subscription' });
    await user.click(await within(drawer).findByRole('button', { name: 'Save' }));
    expect(await within(drawer).findByText('Say whether it holds personal data.')).toBeVisible();
    await user.click(within(drawer).getByRole('radio', { name: /^No/ }));
    await user.click(within(drawer).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(saves().map(({ body }) => body)).toEqual([{ version: 'v1', mapping: null }]));
  });
});

describe('persons', () => {
  const persons = { route: '/?part=persons' };
  const find = async (who: string) => {
    const { user } = renderAdmin(<PersonalDataPage />, persons);
    await user.type(await screen.findByLabelText('User id, e-mail address or visitor’s id'), who);
    await user.click(screen.getByRole('button', { name: 'Search' }));
    return user;
  };

  it.each([
    [' 12 ', { user: 12 }],
    ['anna@example.com', { email: 'anna@example.com' }],
    ['AAAAAAAAAAAAAAAAAAAAAA', { subject: 'AAAAAAAAAAAAAAAAAAAAAA' }],
  ])('understands %s', (typed, query) => expect(personQueryOf(typed)).toEqual(query));

  it('shows what is stored and what erasure would do, and keeps whom it is of out of the address', async () => {
    await find('anna@example.com');
    const row = await screen.findByRole('row', { name: /^Order/ });
    expect(row).toHaveTextContent('Anonymised');
    expect(row).toHaveTextContent('Kept: country (Tells the tax)');
    expect(screen.getByText('anna (user 7, anna@example.com)')).toBeVisible();
    expect(window.location.href).not.toContain('anna');
  });

  it('says plainly that nothing is stored', async () => {
    respond = ({ path }) =>
      path.endsWith('/find')
        ? { body: { person: { users: [], emails: ['x@example.com'], subjects: 0 }, items: [] } }
        : undefined;
    await find('x@example.com');
    expect(await screen.findByText('Nothing is stored of x@example.com.')).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Erase/ })).toBeNull();
  });

  it('puts what is wrong with the query at the field, and says when the map is broken', async () => {
    respond = ({ path }) =>
      path.endsWith('/find')
        ? refused(400, { errors: [{ path: ['person', 'subject'], message: 'must be a visitor’s id' }] })
        : undefined;
    const user = await find('?');
    expect(await screen.findByText('must be a visitor’s id')).toBeVisible();
    respond = ({ path }) =>
      path.endsWith('/find')
        ? refused(400, { errors: [{ path: ['api::order.order', 'email'], message: 'has no field' }] })
        : undefined;
    await user.click(screen.getByRole('button', { name: 'Search' }));
    expect(await screen.findByText(/^The map does not fit the content types any more/)).toBeVisible();
    expect(screen.queryByText('must be a visitor’s id')).toBeNull();
  });

  it('erases only who was typed again, and offers the proof', async () => {
    const user = await find('anna@example.com');
    await user.click(await screen.findByRole('button', { name: 'Erase this person…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Erase anna@example.com?' });
    expect(dialog).toHaveTextContent('1 entry is deleted');
    expect(dialog).toHaveTextContent('2 entries are anonymised');
    expect(dialog).toHaveTextContent('3 files are removed');
    const confirm = within(dialog).getByLabelText(/to confirm$/);
    await user.type(confirm, 'bert@example.com');
    await user.click(within(dialog).getByRole('button', { name: 'Erase for good' }));
    expect(await within(dialog).findByText('This is not whom you looked for.')).toBeVisible();
    expect(sent.filter(({ method, path }) => method === 'POST' && path.endsWith('/erasures'))).toEqual([]);
    respond = ({ method, path }) => (method === 'POST' && path.endsWith('/erasures') ? { body: erasure } : undefined);
    await user.clear(confirm);
    await user.type(confirm, 'Anna@Example.com');
    await user.click(within(dialog).getByRole('button', { name: 'Erase for good' }));
    expect(await screen.findByText(/^The person is erased/)).toBeVisible();
    expect(screen.queryByRole('row', { name: /Fulfilment/ })).toBeNull();
    expect(sent.find(({ path, method }) => method === 'POST' && path.endsWith('/erasures'))?.body).toEqual({
      person: { email: 'anna@example.com' },
      confirm: 'Anna@Example.com',
    });
  });

  it('says what of an erasure is still to be done, and not whose it is', async () => {
    respond = ({ path }) =>
      path.endsWith('/erasures')
        ? {
            body: {
              erasures: [
                {
                  ...erasure,
                  state: 'finishing',
                  proof: null,
                  filesLeft: 1,
                  noticesLeft: 2,
                  failure: 'Another system could not be told: ECONNREFUSED',
                },
              ],
            },
          }
        : undefined;
    renderAdmin(<PersonalDataPage />, persons);
    const row = await screen.findByRole('row', { name: /Erased, not finished/ });
    expect(row).toHaveTextContent('1 file still to be removed');
    expect(row).toHaveTextContent('2 other systems still to be told');
    expect(row).toHaveTextContent('ECONNREFUSED. It is tried again every 15 seconds.');
    expect(within(row).queryByRole('button')).toBeNull();
  });

  it('offers each only what the role has', async () => {
    only('export');
    await find('anna@example.com');
    expect(await screen.findByRole('button', { name: 'Download' })).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Erase/ })).toBeNull();
    expect(sent.some(({ path }) => path.endsWith('/erasures'))).toBe(false);
  });
});

describe('the records', () => {
  const records = { route: '/?part=records' };
  /** On screen; the second one is the printer's. */
  const heading = async (name: string): Promise<HTMLElement> =>
    (await screen.findAllByRole('heading', { level: 3, name }))[0]!;

  it('reads in the admin’s language, and marks what only the controller knows', async () => {
    renderAdmin(<PersonalDataPage />, records);
    const section = (await heading('Order')).closest('section')!;
    expect(section).toHaveTextContent('Contract (art. 6 (1) b)');
    expect(section).toHaveTextContent('3,650 days');
    expect(section).toHaveTextContent('Encrypted at rest: email');
    expect(within(section).getAllByText('To be added')).toHaveLength(2);
    const own = (await heading('Audit trail')).closest('section')!;
    expect(own).toHaveTextContent('To know who read, exported');
    expect(own).toHaveTextContent('Locked doors');
    expect(own).not.toHaveTextContent('To be added');
    expect(screen.getByText(/^1 processing has something to be added/)).toBeVisible();
  });

  it('has a sheet for the printer with all of it, outside of Strapi’s frame', async () => {
    renderAdmin(<PersonalDataPage />, records);
    await heading('Order');
    const sheet = document.querySelector<HTMLElement>('body > [data-print-sheet]')!;
    expect(sheet).toHaveTextContent('Records of processing activities');
    expect(within(sheet).getAllByRole('table', { hidden: true })).toHaveLength(3);
    expect(sheet).toHaveTextContent('Locked doors');
  });

  it('keeps the controller’s own words', async () => {
    const { user } = renderAdmin(<PersonalDataPage />, records);
    await user.click(await screen.findByRole('button', { name: 'Edit Order' }));
    const drawer = await screen.findByRole('dialog', { name: 'Order' });
    expect(within(drawer).getByRole('button', { name: 'Save' })).toBeDisabled();
    await user.type(within(drawer).getByLabelText('Recipients'), 'Parcel service');
    await user.click(within(drawer).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(saves()).toEqual([
      {
        method: 'PUT',
        path: '/privacy-desk/personal-data/records/activities/content%3Aapi%3A%3Aorder.order',
        body: { version: 'd1', form: { recipients: 'Parcel service', transfers: '', measures: '' } },
      },
    ]);
  });
});
