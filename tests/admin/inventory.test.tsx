import { act, screen, waitFor, within } from '@testing-library/react';
import '@testing-library/jest-dom';
import { useState } from 'react';
// Loaded here, so that opening them does not wait for the compiler.
import '../../admin/src/pages/Inventory/BulkBar';
import '../../admin/src/pages/Inventory/EntryDrawer';
import '../../admin/src/pages/Inventory/PresetLibrary';
import { fromPlainText, toPlainText } from '../../admin/src/pages/Inventory/plainText';
import { InventoryPage } from '../../admin/src/pages/Inventory/InventoryPage';
import { useDragging } from '../../admin/src/pages/Inventory/useDragging';
import type { Editable, Inventory, ItemForm, Panel, PresetSummary } from '../../contract';
import { renderAdmin } from '../support/admin';

const panel: Panel = {
  actions: ['plugin::privacy-desk.inventory.read', 'plugin::privacy-desk.inventory.write'],
  sites: [{ documentId: 's1', key: 'default', name: 'Main website' }],
  locales: [
    { code: 'en', name: 'English', isDefault: true },
    { code: 'de', name: 'German', isDefault: false },
  ],
};

const inventory: Inventory = {
  categories: [
    { documentId: 'c1', key: 'ESSENTIALS', name: 'Essentials', mode: 'required', items: 0 },
    { documentId: 'c2', key: 'STATISTICS', name: 'Statistics', mode: 'opt-in', items: 2 },
  ],
  total: 3,
  unclassified: 1,
  items: ['matomo', 'plausible', 'old-chat'].map((key) => ({
    documentId: `i-${key}`,
    key,
    name: `Service ${key}`,
    provider: null,
    category: key === 'old-chat' ? null : 'c2',
    sites: [],
    enabled: true,
    storageEntries: 2,
    missingLocales: key === 'matomo' ? ['de'] : [],
  })),
  count: 3,
  page: 1,
  pageSize: 50,
};

const entry: Editable<ItemForm> = {
  documentId: 'i-matomo',
  version: 'v1',
  locale: 'en',
  keyFixed: true,
  form: {
    name: 'Service matomo',
    key: 'matomo',
    description: [{ type: 'paragraph', children: [{ type: 'text', text: 'Counts visits.' }] }],
    category: 'c2',
    provider: 'InnoCraft',
    providerPolicyUrl: null,
    storage: [{ id: 'a', name: '_pk_id', match: 'exact', kind: 'cookie' }],
    signals: null,
    sites: [],
    enabled: true,
  },
};

const presets: PresetSummary[] = ['hotjar', 'vimeo'].map((key) => ({
  key,
  name: key === 'hotjar' ? 'Hotjar' : 'Vimeo',
  aliases: key === 'hotjar' ? ['Contentsquare'] : [],
  area: key === 'hotjar' ? 'session-replay' : 'video',
  provider: { name: `${key} Ltd`, country: 'MT', privacyPolicyUrl: 'https://example.com' },
  category: 'STATISTICS',
  purpose: 'Records visits.',
  note: null,
  storageEntries: 3,
  googleConsentTypes: [],
  hosts: [`${key}.com`],
  embeds: [],
  added: key === 'vimeo' ? 'i-vimeo' : null,
}));

interface Sent {
  method: string;
  path: string;
  body: unknown;
}
let sent: Sent[];
let respond: (request: Sent) => { status?: number; body: unknown } | undefined;

beforeEach(() => {
  localStorage.clear();
  sent = [];
  respond = () => undefined;
  Object.assign(globalThis, {
    fetch: async (address: string, { method, body }: { method: string; body?: string }) => {
      const url = new URL(address);
      const request = { method, path: url.pathname + url.search, body: body ? JSON.parse(body) : undefined };
      sent.push(request);
      const own = respond(request);
      const usual = url.pathname.endsWith('/panel')
        ? panel
        : url.pathname.endsWith('/presets')
          ? { presets }
          : url.pathname.endsWith('/i-matomo')
            ? entry
            : method === 'GET'
              ? inventory
              : { changed: 1 };
      const status = own?.status ?? 200;
      return { ok: status < 400, status, json: async () => (own ? own.body : usual) };
    },
  });
});

const writes = () =>
  sent.filter(({ method }) => method !== 'GET').map(({ method, path, body }) => [method, path, body]);
const lists = () =>
  sent.filter(({ path }) => /\/inventory(\?|$)/.test(path)).map(({ path }) => path.split('?')[1] ?? '');
const refusal = (status: number, details: object) => ({
  status,
  body: { error: { status, name: 'Error', message: 'no', details } },
});
const row = async (key: string) => (await screen.findByText(key)).closest('tr')!;

describe('Inventory', () => {
  it('shows categories with their numbers, and items with what is missing', async () => {
    renderAdmin(<InventoryPage />);
    const matomo = await row('matomo');
    expect(within(matomo).getByText('Missing: de')).toBeVisible();
    expect(within(await row('old-chat')).getByText('Unclassified')).toBeVisible();
    const categories = screen.getByRole('region', { name: 'Categories' });
    expect(within(categories).getByRole('button', { name: 'Statistics 2' })).toBeVisible();
    expect(within(categories).getByRole('button', { name: 'Unclassified 1' })).toBeVisible();
  });

  it('narrows by category, state and words', async () => {
    const { user } = renderAdmin(<InventoryPage />);
    await user.click(await screen.findByRole('button', { name: 'Statistics 2' }));
    await waitFor(() => expect(lists().at(-1)).toBe('category=c2'));
    await user.type(await screen.findByRole('searchbox'), 'mat');
    await waitFor(() => expect(lists().at(-1)).toContain('search=mat'));
    await user.click(await screen.findByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(lists().at(-1)).toBe('category=c2'));
  });

  it('does not render its rows for what does not concern them', async () => {
    const dragging: unknown[] = [];
    const drop = () => {};
    const Probe = () => {
      const [count, setCount] = useState(0);
      dragging.push(useDragging(drop));
      return <button onClick={() => setCount(count + 1)}>again</button>;
    };
    const { user } = renderAdmin(<Probe />);
    await user.click(screen.getByText('again'));
    expect(dragging.length).toBeGreaterThan(1);
    // Every row listens to what it is moved with.
    expect(new Set(dragging).size).toBe(1);
  });

  it('changes many at once, and asks before it deletes', async () => {
    const { user } = renderAdmin(<InventoryPage />);
    await user.click(within(await row('matomo')).getByRole('checkbox'));
    await user.click(within(await row('plausible')).getByRole('checkbox'));
    const bar = await screen.findByRole('group', { name: 'Selected items' });
    expect(within(bar).getByText('2 selected')).toBeVisible();
    await user.click(within(bar).getByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('Delete 2 tracking items?')).toBeVisible();
    expect(writes()).toEqual([]);
    await user.click(screen.getByRole('button', { name: /cancel/i }));
    await user.click(within(bar).getByRole('button', { name: 'Disable' }));
    await waitFor(() =>
      expect(writes()).toEqual([
        ['POST', '/privacy-desk/inventory/bulk', { items: ['i-matomo', 'i-plausible'], action: 'disable' }],
      ]),
    );
    await waitFor(() => expect(screen.queryByRole('group', { name: 'Selected items' })).not.toBeInTheDocument());
  });

  it('moves selected items to another category', async () => {
    const { user } = renderAdmin(<InventoryPage />);
    await user.click(within(await row('old-chat')).getByRole('checkbox'));
    act(() => screen.getByRole('combobox', { name: 'Move to …' }).focus());
    await user.keyboard('{Enter}');
    await user.click(await screen.findByRole('option', { name: 'Statistics' }));
    await waitFor(() =>
      expect(writes()).toEqual([['POST', '/privacy-desk/inventory/move', { items: ['i-old-chat'], category: 'c2' }]]),
    );
  });

  it('offers readers nothing that they may not do', async () => {
    respond = ({ path }) =>
      path.endsWith('/panel') ? { body: { ...panel, actions: ['plugin::privacy-desk.inventory.read'] } } : undefined;
    renderAdmin(<InventoryPage />);
    await row('matomo');
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /Add|Move/ })).not.toBeInTheDocument();
  });
});

describe('the drawer of an item', () => {
  const open = async () => {
    const { user } = renderAdmin(<InventoryPage />);
    await user.click(within(await row('matomo')).getByRole('button', { name: 'Service matomo' }));
    const drawer = await screen.findByRole('dialog', { name: 'Service matomo' });
    await within(drawer).findByLabelText('Provider');
    return { user, drawer };
  };

  it('saves only what was changed, and begins with the name', async () => {
    const { user, drawer } = await open();
    expect(within(drawer).getAllByLabelText(/^Name/)[0]).toHaveFocus();
    expect(within(drawer).getByLabelText(/^Key/)).toBeDisabled();
    const provider = within(drawer).getByLabelText('Provider');
    await user.clear(provider);
    await user.type(provider, 'Matomo Ltd');
    await user.click(within(drawer).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(writes()).toEqual([
      ['PUT', '/privacy-desk/inventory/items/i-matomo', { version: 'v1', form: { provider: 'Matomo Ltd' } }],
    ]);
  });

  it('shows what is refused at its field, keeps what was typed and goes there', async () => {
    respond = ({ method }) =>
      method === 'PUT'
        ? refusal(400, { errors: [{ path: ['provider'], message: 'must not be longer than 200 characters' }] })
        : undefined;
    const { user, drawer } = await open();
    await user.type(within(drawer).getByLabelText('Provider'), ' X');
    await user.click(within(drawer).getByRole('button', { name: 'Save' }));
    expect(await within(drawer).findByText('must not be longer than 200 characters')).toBeVisible();
    const provider = within(drawer).getByLabelText('Provider');
    expect(provider).toHaveValue('InnoCraft X');
    await waitFor(() => expect(provider).toHaveFocus());
  });

  it('leaves the choice when somebody else has saved meanwhile', async () => {
    respond = ({ method, body }) =>
      method === 'PUT' && (body as { version: string }).version === 'v1'
        ? refusal(409, { version: 'v2', current: { ...entry.form, provider: 'Somebody else’s' } })
        : undefined;
    const { user, drawer } = await open();
    await user.type(within(drawer).getByLabelText('Provider'), ' X');
    await user.click(within(drawer).getByRole('button', { name: 'Save' }));
    expect(await within(drawer).findByText(/Theirs differs in: Provider/)).toBeVisible();
    expect(within(drawer).getByLabelText('Provider')).toHaveValue('InnoCraft X');
    await user.click(within(drawer).getByRole('button', { name: 'Save mine' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(writes().at(-1)).toEqual([
      'PUT',
      '/privacy-desk/inventory/items/i-matomo',
      { version: 'v2', form: { provider: 'InnoCraft X' } },
    ]);
  });

  it('asks before what was typed is lost', async () => {
    const { user, drawer } = await open();
    await user.type(within(drawer).getByLabelText('Provider'), ' X');
    await user.keyboard('{Escape}');
    await user.click(await screen.findByRole('button', { name: 'Keep editing' }));
    expect(within(drawer).getByLabelText('Provider')).toHaveValue('InnoCraft X');
    await user.click(within(drawer).getByRole('button', { name: 'Cancel' }));
    await user.click(await screen.findByRole('button', { name: 'Leave without saving' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(writes()).toEqual([]);
  });
});

describe('presets', () => {
  it('are found by other names, and added with one click', async () => {
    respond = ({ method }) =>
      method === 'POST'
        ? {
            status: 201,
            body: { documentId: 'x', name: 'Hotjar', category: 'Statistics', storageEntries: 3, locales: ['en', 'de'] },
          }
        : undefined;
    const { user } = renderAdmin(<InventoryPage />, { route: '/?add=presets' });
    const drawer = await screen.findByRole('dialog', { name: 'Add from presets' });
    expect(await within(drawer).findByText('2 services')).toBeVisible();
    expect(within(drawer).getByRole('button', { name: 'Edit Vimeo' })).toBeVisible();
    await user.type(within(drawer).getByRole('searchbox'), 'contentsq');
    expect(await within(drawer).findByText('1 service')).toBeVisible();
    await user.click(within(drawer).getByRole('button', { name: 'Add Hotjar' }));
    expect(
      await screen.findByText('“Hotjar” was added to “Statistics” with 3 storage entries, described in 2 languages.'),
    ).toBeVisible();
    expect(writes()).toEqual([['POST', '/privacy-desk/inventory/presets/hotjar', undefined]]);
  });
});

describe('plain text', () => {
  it('is rich text without anything but words, and back', () => {
    const blocks = fromPlainText('One.\n\n Two. \n');
    expect(toPlainText(blocks)).toBe('One.\nTwo.');
    expect(fromPlainText('')).toEqual([]);
    expect(toPlainText([])).toBe('');
    expect(toPlainText([{ type: 'paragraph', children: [{ type: 'text', text: 'x', bold: true }] }])).toBeNull();
  });
});
