import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import '@testing-library/jest-dom';
import { AppearancePage } from '../../admin/src/pages/Appearance/AppearancePage';
import type { Appearance, AppearancePreview, Panel, SiteTextKey } from '../../contract';
import { consentConfig } from '../fixtures/consent-config';
import { renderAdmin } from '../support/admin';

const builtIn = (language: string) =>
  Object.fromEntries(
    [
      'bannerTitle',
      'bannerText',
      'acceptAll',
      'rejectAll',
      'openSettings',
      'settingsTitle',
      'settingsText',
      'save',
    ].map((key) => [key, `${key} ${language}`]),
  ) as Record<SiteTextKey, string>;
const panel: Panel = {
  actions: ['plugin::privacy-desk.appearance.read', 'plugin::privacy-desk.appearance.write'],
  sites: [{ documentId: 's1', key: 'default', name: 'Main website' }],
  locales: [
    { code: 'en', name: 'English (en)', isDefault: true },
    { code: 'ar', name: 'Arabic (ar)', isDefault: false },
  ],
};
const appearance: Appearance = {
  version: 'v1',
  form: { theme: { tokens: { accent: '#0b5cad' } }, texts: { en: { bannerTitle: 'Cookies' }, ar: {} } },
  locales: [
    { ...panel.locales[0]!, dir: 'ltr', builtIn: builtIn('en') },
    { ...panel.locales[1]!, dir: 'rtl', builtIn: builtIn('ar') },
  ],
  regimes: ['opt-in'],
};
const config = consentConfig('en');
const preview: AppearancePreview = { config, builtIn: config.texts, values: { controller: 'Northlight', active: '' } };
const path = '/privacy-desk/sites/default/appearance';

const fetchMock = jest.fn();
const answer = (body: unknown, status = 200) => ({ ok: status < 400, status, json: async () => body });
const refused = (status: number, details: object) =>
  answer({ error: { status, name: 'Error', message: 'refused', details } }, status);
let answers: Record<string, () => unknown>;
const saves = () =>
  fetchMock.mock.calls
    .filter(([, { method }]) => method === 'PUT')
    .map(([, { body }]) => JSON.parse(body as string) as { version?: string; form: Appearance['form'] });

beforeEach(() => {
  answers = {
    'GET /privacy-desk/panel': () => answer(panel),
    [`GET ${path}`]: () => answer(appearance),
    [`GET ${path}/preview`]: () => answer(preview),
    [`PUT ${path}`]: () => answer({ ...appearance, version: 'v2', form: saves().at(-1)!.form }),
  };
  fetchMock.mockReset().mockImplementation(async (url: string, { method }: { method: string }) => {
    const found = answers[`${method} ${new URL(url).pathname}`];
    return found ? found() : refused(404, {});
  });
  Object.assign(globalThis, { fetch: fetchMock });
});

const accent = () => screen.findByRole('textbox', { name: 'Buttons and switches, Light' });
const type = (element: HTMLElement, value: string) => fireEvent.change(element, { target: { value } });
const save = async () => fireEvent.click(await screen.findByRole('button', { name: 'Save' }));

describe('Appearance page', () => {
  it('warns of colours that cannot be read while they are edited', async () => {
    renderAdmin(<AppearancePage />);
    const field = await accent();
    expect(screen.getByText(/Everything can be read well/)).toBeVisible();
    type(field, '#b9d4ee');
    expect(await screen.findByText(/Text on buttons, Light: 1\.\d+ to 1, at least 4\.5 to 1 is needed/)).toBeVisible();
    expect(screen.getByText(/Switches against the background, Light/)).toBeVisible();
    type(field, 'var(--brand)');
    expect(await screen.findByText(/cannot be checked here/)).toBeVisible();
    type(field, '');
    expect(await screen.findByText(/Everything can be read well/)).toBeVisible();
  });

  it('saves look and words with the version that it was filled with, and starts from the answer', async () => {
    renderAdmin(<AppearancePage />);
    expect(await screen.findByRole('button', { name: 'Save' })).toBeDisabled();
    type(await accent(), '#0b6e4f');
    type(screen.getByRole('textbox', { name: 'Buttons and switches, Dark' }), '#7fd6b3');
    fireEvent.click(screen.getByRole('radio', { name: /Bottom, at the end/ }));
    type(screen.getByRole('textbox', { name: /Button: accept all/ }), 'Yes');
    await save();
    expect(await screen.findByText('The appearance was saved.')).toBeVisible();
    expect(saves()).toEqual([
      {
        version: 'v1',
        form: {
          theme: { position: 'bottom-end', tokens: { accent: '#0b6e4f' }, dark: { accent: '#7fd6b3' } },
          texts: { en: { bannerTitle: 'Cookies', acceptAll: 'Yes' }, ar: {} },
        },
      },
    ]);
    await waitFor(() => expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled());
    type(await accent(), '#0b6e40');
    await save();
    await waitFor(() => expect(saves()[1]?.version).toBe('v2'));
  });

  it('takes a whole palette at once, and keeps where the banner stands', async () => {
    renderAdmin(<AppearancePage />);
    fireEvent.click(await screen.findByRole('radio', { name: /^Top/ }));
    fireEvent.click(screen.getByRole('radio', { name: /High contrast/ }));
    expect(await accent()).toHaveValue('#000000');
    expect(screen.getByRole('radio', { name: /^Top/ })).toBeChecked();
    fireEvent.click(screen.getByRole('button', { name: 'Discard changes' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Leave without saving' }));
    await waitFor(async () => expect(await accent()).toHaveValue('#0b5cad'));
  });

  it('shows messages at the fields, in the language in which they are, with the focus on the first', async () => {
    answers[`PUT ${path}`] = () =>
      refused(400, { errors: [{ path: ['form', 'texts', 'ar', 'save'], message: 'is too long' }] });
    renderAdmin(<AppearancePage />);
    type(await accent(), '#000');
    await save();
    expect(await screen.findByText('is too long')).toBeVisible();
    const field = screen.getByRole('textbox', { name: /Button: save/ });
    await waitFor(() => expect(field).toHaveFocus());
    expect(field).toHaveAttribute('lang', 'ar');
    expect(field).toHaveAttribute('dir', 'rtl');
    expect(await accent()).toHaveValue('#000');
  });

  it('does not overwrite what another admin has saved, and lets the user choose', async () => {
    answers[`PUT ${path}`] = () =>
      refused(409, { version: 'v9', current: { ...appearance.form, theme: { position: 'top' } } });
    renderAdmin(<AppearancePage />);
    type(await accent(), '#123456');
    await save();
    expect(await screen.findByText('Somebody else has changed this meanwhile')).toBeVisible();
    expect(screen.getByText(/Theirs differs in: Look/)).toBeVisible();
    expect(await accent()).toHaveValue('#123456');
    answers[`PUT ${path}`] = () => answer({ ...appearance, version: 'v10', form: saves().at(-1)!.form });
    fireEvent.click(screen.getByRole('button', { name: 'Save mine' }));
    await waitFor(() => expect(saves().at(-1)?.version).toBe('v9'));
  });

  it('shows everything and changes nothing for who may only read', async () => {
    answers['GET /privacy-desk/panel'] = () => answer({ ...panel, actions: [panel.actions[0]!] });
    renderAdmin(<AppearancePage />);
    expect(await accent()).toBeDisabled();
    expect(screen.queryByRole('button', { name: 'Save' })).not.toBeInTheDocument();
    expect(screen.getByRole('radio', { name: /^Top/ })).toBeDisabled();
  });

  it('says why there is no preview, and offers to try again', async () => {
    answers[`GET ${path}/preview`] = () =>
      refused(422, {
        problems: [
          { type: 'site', documentId: 's1', key: 'default', locale: 'en', field: 'origins', message: 'must be a list' },
        ],
      });
    renderAdmin(<AppearancePage />);
    const part = await screen.findByRole('region', { name: 'Preview' });
    expect(await within(part).findByText(/must be a list/)).toBeVisible();
  });
});
