import { fireEvent, screen, waitFor } from '@testing-library/react';
import '@testing-library/jest-dom';
import { SetupPage } from '../../admin/src/pages/Setup/SetupPage';
import type { Panel, Setup, SetupAnswer } from '../../contract';
import { renderAdmin } from '../support/admin';

const panel: Panel = {
  actions: ['plugin::privacy-desk.overview.set-up'],
  sites: [{ documentId: 's1', key: 'default', name: 'Main website' }],
  locales: [{ code: 'en', name: 'English (en)', isDefault: true }],
};
const fresh: Setup = {
  status: 'fresh',
  step: 'website',
  version: 'v1',
  website: { name: 'Website', origins: [], controllerName: '', policyUrl: '', imprintUrl: '' },
  regime: 'as-configured',
  knowsCountry: false,
  theme: {},
  locales: panel.locales,
  addable: [{ code: 'de', name: 'German (de)' }],
  published: 'live',
  scriptTags: { en: '<script src="https://cms.example/client.js"></script>' },
};
const path = '/privacy-desk/sites/default/setup';
const next = { website: 'law', law: 'languages', languages: 'services', services: 'look', look: 'website' } as const;

const fetchMock = jest.fn();
const answer = (body: unknown, status = 200) => ({ ok: status < 400, status, json: async () => body });
let setup: Setup;
let refusal: ReturnType<typeof answer> | null;
const taken = () =>
  fetchMock.mock.calls
    .filter(([, { method }]) => method === 'PUT')
    .map(([, { body }]) => JSON.parse(body as string) as SetupAnswer);

beforeEach(() => {
  [setup, refusal] = [fresh, null];
  const answers: Record<string, () => unknown> = {
    'GET /privacy-desk/panel': () => answer(panel),
    [`GET ${path}`]: () => answer(setup),
    [`PUT ${path}`]: () => {
      if (refusal) return refusal;
      const { step } = taken().at(-1)!;
      setup = { ...setup, status: step === 'look' ? 'done' : 'open', step: step === 'later' ? setup.step : next[step] };
      return answer(setup);
    },
  };
  fetchMock.mockReset().mockImplementation(async (url: string, { method }: { method: string }) => {
    const found = answers[`${method} ${new URL(url).pathname}`];
    return found ? found() : answer({ error: { status: 404, name: 'NotFoundError', message: 'none' } }, 404);
  });
  Object.assign(globalThis, { fetch: fetchMock });
});

const heading = (name: string) => screen.findByRole('heading', { level: 2, name });
const go = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const type = (label: RegExp, value: string) =>
  fireEvent.change(screen.getByRole('textbox', { name: label }), { target: { value } });

describe('set-up assistant', () => {
  it('leads through its steps to a banner, each saved with its answer', async () => {
    renderAdmin(<SetupPage />);
    expect(await heading('Which website is it?')).toHaveFocus();
    type(/^Name/, 'Northlight Coffee');
    type(/^Address/, 'www.example.com/shop, https://shop.example.com');
    go('Next');
    expect(await heading('Which law does it follow?')).toHaveFocus();
    fireEvent.click(screen.getByRole('radio', { name: /Ask first/ }));
    go('Next');
    await heading('Which languages does it speak?');
    go('Next');
    await heading('Which services does it use?');
    expect(screen.getByText(/Your role may not add services/)).toBeVisible();
    go('Next');
    await heading('What does the banner look like?');
    fireEvent.click(screen.getByRole('radio', { name: /Ocean/ }));
    go('Publish');
    expect(await heading('Your banner is live')).toHaveFocus();
    expect(screen.getByText(/cms\.example\/client\.js/)).toBeVisible();
    expect(taken()).toEqual([
      {
        step: 'website',
        version: 'v1',
        website: {
          ...fresh.website,
          name: 'Northlight Coffee',
          origins: ['https://www.example.com', 'https://shop.example.com'],
        },
      },
      { step: 'law', regime: 'opt-in' },
      { step: 'languages', add: [] },
      { step: 'services' },
      { step: 'look', theme: expect.objectContaining({ tokens: expect.objectContaining({ accent: '#0b5cad' }) }) },
    ]);
  });

  it('takes no law for granted', async () => {
    setup = { ...fresh, status: 'open', step: 'law' };
    renderAdmin(<SetupPage />);
    await heading('Which law does it follow?');
    go('Next');
    expect(await screen.findByText('Choose one.')).toBeVisible();
    await waitFor(() => expect(screen.getByRole('radio', { name: /Ask first/ })).toHaveFocus());
    expect(taken()).toEqual([]);
    fireEvent.click(screen.getByRole('radio', { name: /By the visitor/ }));
    expect(screen.getByText(/cannot tell a visitor’s country yet/)).toBeVisible();
    expect(screen.queryByText('Choose one.')).not.toBeInTheDocument();
  });

  it('goes on where it was left, and back to what is done', async () => {
    setup = { ...fresh, status: 'open', step: 'languages' };
    renderAdmin(<SetupPage />);
    await heading('Which languages does it speak?');
    expect(screen.getByRole('button', { name: /Step 4 of 5/ })).toBeDisabled();
    go('Back');
    await heading('Which law does it follow?');
    fireEvent.click(screen.getByRole('button', { name: /Step 1 of 5/ }));
    await heading('Which website is it?');
  });

  it('shows at the fields what is refused, with the focus on the first and everything typed still there', async () => {
    refusal = answer(
      {
        error: {
          status: 400,
          name: 'ValidationError',
          message: 'refused',
          details: { errors: [{ path: ['website', 'policyUrl'], message: 'must be an address' }] },
        },
      },
      400,
    );
    renderAdmin(<SetupPage />);
    await heading('Which website is it?');
    type(/^Name/, 'Typed');
    type(/^Privacy policy/, 'privacy');
    go('Next');
    expect(await screen.findByText('must be an address')).toBeVisible();
    await waitFor(() => expect(screen.getByRole('textbox', { name: /^Privacy policy/ })).toHaveFocus());
    expect(screen.getByRole('textbox', { name: /^Name/ })).toHaveValue('Typed');
  });

  it('asks before what was typed is lost', async () => {
    renderAdmin(<SetupPage />);
    await heading('Which website is it?');
    type(/^Name/, 'Typed');
    go('Go on later');
    expect(await screen.findByText('Leave without saving?')).toBeVisible();
    go('Keep editing');
    expect(screen.getByRole('textbox', { name: /^Name/ })).toHaveValue('Typed');
    expect(taken()).toEqual([]);
  });
});
