import { screen, waitFor, within } from '@testing-library/react';
import '@testing-library/jest-dom';
// Loaded here, so that opening it does not wait for the compiler.
import '../../admin/src/pages/Translations/ImportDrawer';
import { TranslationsPage } from '../../admin/src/pages/Translations/TranslationsPage';
import type { ImportPreview, MatrixRow, Panel, TranslatableText, TranslationRow } from '../../contract';
import { renderAdmin } from '../support/admin';

const panel: Panel = {
  actions: ['plugin::privacy-desk.translations.read', 'plugin::privacy-desk.translations.write'],
  sites: [{ documentId: 's1', key: 'default', name: 'Main website' }],
  locales: [
    { code: 'en', name: 'English', isDefault: true },
    { code: 'de', name: 'German', isDefault: false },
    { code: 'fr', name: 'French', isDefault: false },
  ],
};
const text = (field: string, source: string, more: Partial<TranslatableText> = {}): TranslatableText => ({
  id: `tracking-item:matomo:${field}`,
  type: 'tracking-item',
  documentId: 'i1',
  key: 'matomo',
  name: 'Matomo',
  enabled: true,
  field: field.split('.')[0]!,
  storage: null,
  rich: field === 'description',
  long: field !== 'name',
  maxLength: 1000,
  source,
  ...more,
});
const rows: TranslationRow[] = [
  { ...text('name', 'Matomo'), target: 'Matomo', state: 'translated', version: 'v1', shown: 'Matomo' },
  { ...text('description', 'Counts.'), target: '', state: 'missing', version: 'v2', shown: 'Counts.' },
  {
    ...text('purpose.a', 'Knows again.', { storage: '_pk_id' }),
    target: '',
    state: 'inherited',
    version: 'v3',
    shown: 'Erkennt.',
  },
];
const matrix: MatrixRow[] = [
  { ...text('name', 'Matomo'), states: { de: 'translated', fr: 'missing' } },
  { ...text('description', 'Counts.'), states: { de: 'missing', fr: 'built-in' } },
];
const preview: ImportPreview = {
  changes: [
    {
      ...text('name', 'Matomo'),
      before: '',
      after: 'Matomo (DE)',
      version: 'v1',
      conflict: false,
      sourceChanged: false,
      placeholders: [],
    },
    {
      ...text('description', 'Counts.'),
      before: 'Zählt.',
      after: 'Zählt Besuche.',
      version: 'v2',
      conflict: true,
      sourceChanged: true,
      placeholders: ['{controller}'],
    },
  ],
  unchanged: 3,
  empty: 1,
};

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
    fetch: async (address: string, { method, body }: { method: string; body?: unknown }) => {
      const url = new URL(address);
      const request = {
        method,
        path: url.pathname + url.search,
        body: typeof body === 'string' ? JSON.parse(body) : body,
      };
      sent.push(request);
      const own = respond(request);
      const page = { count: 3, page: 1, pageSize: 50 };
      const usual = url.pathname.endsWith('/panel')
        ? panel
        : url.pathname.endsWith('/progress')
          ? {
              locales: [
                { code: 'de', translated: 199, total: 200 },
                { code: 'fr', translated: 0, total: 200 },
              ],
            }
          : url.pathname.endsWith('/import')
            ? preview
            : url.pathname.endsWith('/translations')
              ? { ...page, rows: matrix }
              : method === 'GET'
                ? { ...page, rows }
                : { saved: (request.body as { changes: unknown[] }).changes.length };
      const status = own?.status ?? 200;
      return { ok: status < 400, status, json: async () => (own ? own.body : usual) };
    },
  });
});

const saves = () => sent.filter(({ method }) => method === 'PUT').map(({ body }) => body);
const refusal = (status: number, details: object) => ({
  status,
  body: { error: { status, name: 'Error', message: 'no', details } },
});

describe('all languages', () => {
  it('shows progress, and how every text stands', async () => {
    renderAdmin(<TranslationsPage />);
    const languages = await screen.findByRole('navigation', { name: 'Languages' });
    // 199 of 200 is not all.
    expect(await within(languages).findByText('99 %')).toBeVisible();
    expect(await screen.findByRole('link', { name: 'Matomo, Name, French: Missing' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'Matomo, Description, French: Built-in text' })).toBeVisible();
  });

  it('leads to the translation', async () => {
    const { user } = renderAdmin(<TranslationsPage />);
    await user.click(await screen.findByRole('link', { name: 'Matomo, Description, German: Missing' }));
    const input = await screen.findByRole('textbox', { name: 'Matomo, Description, in German' });
    expect(sent.at(-1)!.path).toBe('/privacy-desk/translations/de?at=tracking-item:matomo:description');
    await waitFor(() => expect(input).toHaveFocus());
  });
});

describe('one language', () => {
  const open = async () => {
    const { user } = renderAdmin(<TranslationsPage />, { route: '/?locale=de' });
    return { user, description: await screen.findByRole('textbox', { name: 'Matomo, Description, in German' }) };
  };

  it('shows texts beside each other, and what visitors read meanwhile', async () => {
    const { description } = await open();
    expect(description).toHaveAttribute('lang', 'de');
    expect(screen.getByText('Until then visitors read: Erkennt.')).toBeVisible();
    expect(screen.getByText('Purpose of _pk_id')).toBeVisible();
  });

  it('narrows to what is missing', async () => {
    const { user } = await open();
    await user.click(screen.getByRole('combobox', { name: 'Translated or not' }));
    await user.click(await screen.findByRole('option', { name: 'Missing only' }));
    await waitFor(() => expect(sent.at(-1)!.path).toBe('/privacy-desk/translations/de?missing=true'));
  });

  it('saves what was changed, with what it was built on', async () => {
    const { user, description } = await open();
    await user.type(description, 'Zählt.');
    await user.click(screen.getAllByRole('button', { name: 'Copy the original' })[0]!);
    expect(screen.getByText('2 texts changed')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('2 texts are saved.')).toBeVisible();
    expect(saves()).toEqual([
      {
        changes: [
          { id: 'tracking-item:matomo:description', text: 'Zählt.', version: 'v2' },
          { id: 'tracking-item:matomo:purpose.a', text: 'Knows again.', version: 'v3' },
        ],
      },
    ]);
    expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument();
  });

  it('shows what is refused at its text, and goes there', async () => {
    respond = ({ method }) =>
      method === 'PUT'
        ? refusal(400, { errors: [{ path: ['tracking-item:matomo:description'], message: '“**” is not closed' }] })
        : undefined;
    const { user, description } = await open();
    await user.type(description, '**offen');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('“**” is not closed')).toBeVisible();
    expect(description).toHaveValue('**offen');
    await waitFor(() => expect(description).toHaveFocus());
  });

  it('leaves the choice when somebody else has saved meanwhile', async () => {
    respond = ({ method, body }) =>
      method === 'PUT' && (body as { changes: { version: string }[] }).changes[0]!.version === 'v2'
        ? refusal(409, {
            version: '',
            current: [{ id: 'tracking-item:matomo:description', text: 'Von anderen.', version: 'v9' }],
          })
        : undefined;
    const { user, description } = await open();
    await user.type(description, 'Von mir.');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText(/Theirs differs in: Matomo, Description \(“Von anderen.”\)/)).toBeVisible();
    expect(description).toHaveValue('Von mir.');
    await user.click(screen.getByRole('button', { name: 'Save mine' }));
    await waitFor(() => expect(saves()).toHaveLength(2));
    expect(saves()[1]).toEqual({
      changes: [{ id: 'tracking-item:matomo:description', text: 'Von mir.', version: 'v9' }],
    });
  });

  it('asks before what was typed is lost', async () => {
    const { user, description } = await open();
    await user.type(description, 'Zählt.');
    await user.click(screen.getByRole('link', { name: /French/ }));
    await user.click(await screen.findByRole('button', { name: 'Keep editing' }));
    expect(description).toHaveValue('Zählt.');
  });

  it('offers readers nothing that they may not do', async () => {
    respond = ({ path }) =>
      path.endsWith('/panel') ? { body: { ...panel, actions: ['plugin::privacy-desk.translations.read'] } } : undefined;
    const { description } = await open();
    expect(description).toBeDisabled();
    expect(screen.queryByRole('button', { name: 'Import' })).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Export' })).toBeVisible();
  });
});

describe('import', () => {
  const upload = async () => {
    const { user } = renderAdmin(<TranslationsPage />, { route: '/?locale=de' });
    await user.click(await screen.findByRole('button', { name: 'Import' }));
    const drawer = await screen.findByRole('dialog', { name: 'Import translations into German' });
    await user.upload(within(drawer).getByLabelText('File'), new File(['x'], 'de.csv', { type: 'text/csv' }));
    return { user, drawer };
  };

  it('shows what a file changes, and imports what is chosen', async () => {
    const { user, drawer } = await upload();
    expect(await within(drawer).findByText(/2 changes; 3 as they are; 1 without/)).toBeVisible();
    expect(within(drawer).getByText('Changed here since the export')).toBeVisible();
    expect(within(drawer).getByText('Check the placeholders: {controller}')).toBeVisible();
    // What would undo somebody's work is not chosen for the user.
    expect(within(drawer).getByRole('checkbox', { name: 'Import Matomo, Description' })).not.toBeChecked();
    expect(saves()).toEqual([]);
    await user.click(within(drawer).getByRole('button', { name: 'Import 1 text' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(saves()).toEqual([{ changes: [{ id: 'tracking-item:matomo:name', text: 'Matomo (DE)', version: 'v1' }] }]);
  });

  it('goes on with the others when somebody changes a text meanwhile', async () => {
    respond = ({ method, body }) =>
      method === 'PUT' && (body as { changes: unknown[] }).changes.length === 2
        ? refusal(409, { version: '', current: [{ id: 'tracking-item:matomo:name', text: 'Neu', version: 'v8' }] })
        : undefined;
    const { user, drawer } = await upload();
    await user.click(await within(drawer).findByRole('checkbox', { name: 'Select all' }));
    await user.click(within(drawer).getByRole('button', { name: 'Import 2 texts' }));
    expect(await within(drawer).findByText(/1 text was changed by somebody else/)).toBeVisible();
    expect(within(drawer).getByText('Neu')).toBeVisible();
    expect(within(drawer).getByRole('checkbox', { name: 'Import Matomo, Name' })).not.toBeChecked();
    expect(saves()[1]).toEqual({
      changes: [{ id: 'tracking-item:matomo:description', text: 'Zählt Besuche.', version: 'v2' }],
    });
  });

  it('says what is wrong with a file, line by line', async () => {
    respond = ({ path }) =>
      path.endsWith('/import')
        ? refusal(400, { errors: [{ path: ['file', '7'], message: 'the key “x” does not exist (any more)' }] })
        : undefined;
    const { user, drawer } = await upload();
    expect(await within(drawer).findByText('Nothing can be imported from this file')).toBeVisible();
    expect(within(drawer).getByText('Line 7: the key “x” does not exist (any more)')).toBeVisible();
    expect(within(drawer).getByRole('button', { name: 'Import' })).toBeDisabled();
    // It is mended and chosen again: a browser only says so where nothing is chosen any more.
    const input = within(drawer).getByLabelText<HTMLInputElement>('File');
    await user.click(input);
    expect(input.files).toHaveLength(0);
  });
});
