import { act, screen, waitFor } from '@testing-library/react';
import '@testing-library/jest-dom';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { SitePicker } from '../../admin/src/components/SitePicker';
import { StaleNotice } from '../../admin/src/components/StaleNotice';
import { useUnsavedChanges } from '../../admin/src/components/UnsavedChanges';
import { Loaded } from '../../admin/src/components/PageStates';
import { useFieldErrors } from '../../admin/src/hooks/useFieldErrors';
import { useSite } from '../../admin/src/hooks/useSite';
import App from '../../admin/src/shell';
import { pages } from '../../admin/src/shell/pages';
import type { Panel } from '../../contract';
import { renderAdmin } from '../support/admin';

let panel: Panel;
let panelStatus = 200;
const answer = (body: unknown, status = 200) => ({ ok: status < 400, status, json: async () => body });

beforeEach(() => {
  localStorage.clear();
  panelStatus = 200;
  panel = {
    actions: ['plugin::privacy-desk.test.read'],
    sites: [
      { documentId: 's1', key: 'default', name: 'Main website' },
      { documentId: 's2', key: 'eu', name: 'EU shop' },
    ],
    locales: [{ code: 'en', name: 'English', isDefault: true }],
  };
  Object.assign(globalThis, {
    fetch: async (url: string) =>
      url.includes('/privacy-desk/panel')
        ? answer(
            panelStatus < 400 ? panel : { error: { name: 'Error', message: 'no', status: panelStatus } },
            panelStatus,
          )
        : answer({ error: { name: 'NotFoundError', message: 'not here', status: 404 } }, 404),
  });
});

const TestPage = () => <p>The test page</p>;
const testPage = {
  path: 'test',
  label: 'nav.overview' as const,
  actions: ['test.read'],
  load: async () => ({ default: TestPage }),
};

describe('the frame around all pages', () => {
  beforeAll(() => void pages.push(testPage));
  afterAll(() => void pages.pop());

  const open = async (path: string) => {
    // The list of pages is read when the frame is loaded.
    jest.resetModules();
    return renderAdmin(<App />, { route: `/plugins/privacy-desk${path}`, path: '/plugins/privacy-desk/*' });
  };

  it('has only the pages that somebody may see', async () => {
    panel.actions = ['plugin::privacy-desk.overview.read'];
    await open('');
    const links = await screen.findAllByRole('link');
    expect(links.map((link) => link.getAttribute('href'))).toContain('/plugins/privacy-desk');
    expect(links.map((link) => link.getAttribute('href'))).not.toContain('/plugins/privacy-desk/test');
  });

  it('says on which page something cannot wait', async () => {
    panel.actions.push('plugin::privacy-desk.requests.read');
    const { fetch } = globalThis;
    Object.assign(globalThis, {
      fetch: async (url: string) =>
        url.endsWith('/attention')
          ? answer({ sites: [], unclassified: 0, requests: { overdue: 1, dueSoon: 2 }, count: 3 })
          : fetch(url),
    });
    await open('/test');
    expect(await screen.findByRole('link', { name: 'Data requests (3 things need attention)' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'Overview' })).toBeVisible();
  });

  it('takes the site along from page to page', async () => {
    await open('?site=eu');
    // Who may not see the first page is led to another one, with the site.
    expect(await screen.findByRole('link', { name: 'Overview', current: 'page' })).toHaveAttribute(
      'href',
      '/plugins/privacy-desk/test?site=eu',
    );
  });

  it('says so when nothing may be seen, and does not ask for more', async () => {
    panel.actions = [];
    await open('');
    expect(await screen.findByText(/Your role does not include this page/)).toBeVisible();
  });

  it('can be tried again', async () => {
    panelStatus = 500;
    const { user } = await open('/nowhere');
    const retry = await screen.findByRole('button', { name: 'Try again' });
    panelStatus = 200;
    await user.click(retry);
    expect(await screen.findByText('There is no such page.')).toBeVisible();
  });
});

const Site = () => {
  const { site } = useSite();
  return (
    <>
      <SitePicker />
      <p>site: {site?.key ?? 'none'}</p>
    </>
  );
};

describe('the site picker', () => {
  it('remembers the site', async () => {
    const { user, unmount } = renderAdmin(<Site />);
    expect(await screen.findByText('site: default')).toBeVisible();
    act(() => screen.getByRole('combobox', { name: 'Site' }).focus());
    await user.keyboard('{Enter}');
    await user.click(await screen.findByRole('option', { name: 'EU shop' }));
    expect(await screen.findByText('site: eu')).toBeVisible();
    unmount();
    renderAdmin(<Site />);
    expect(await screen.findByText('site: eu')).toBeVisible();
  });

  it('knows when the address names no site', async () => {
    renderAdmin(<Site />, { route: '/?site=gone' });
    expect(await screen.findByRole('combobox', { name: 'Site' })).toBeVisible();
    expect(screen.getByText('site: none')).toBeVisible();
  });
});

const Form = () => {
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(true);
  const { question, leave } = useUnsavedChanges(typed !== '');
  const { form, errors, show, clear } = useFieldErrors();
  return (
    <form ref={form}>
      {question}
      {open ? <p>open</p> : <p>closed</p>}
      <input aria-label="First" />
      <input
        aria-label="Second"
        aria-invalid={errors.second ? true : undefined}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          clear('second');
        }}
      />
      <p>{errors.second}</p>
      <button type="button" onClick={() => leave(() => setOpen(false))}>
        Close
      </button>
      <button type="button" onClick={() => show({ second: 'must not be empty' })}>
        Save
      </button>
      <Link to="/elsewhere">Elsewhere</Link>
    </form>
  );
};

describe('a form', () => {
  it('asks before what was typed is lost', async () => {
    const { user } = renderAdmin(<Form />);
    await user.type(screen.getByLabelText('Second'), 'x');
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await user.click(await screen.findByRole('button', { name: 'Keep editing' }));
    expect(screen.getByText('open')).toBeVisible();
    expect(screen.getByLabelText('Second')).toHaveValue('x');
    await user.click(screen.getByRole('link', { name: 'Elsewhere' }));
    expect(await screen.findByText('Leave without saving?')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Keep editing' }));
    await user.click(screen.getByRole('button', { name: 'Close' }));
    await user.click(await screen.findByRole('button', { name: 'Leave without saving' }));
    expect(await screen.findByText('closed')).toBeVisible();
  });

  it('does not ask when nothing was typed', async () => {
    const { user } = renderAdmin(<Form />);
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.getByText('closed')).toBeVisible();
  });

  it('leads to the first field that is wrong', async () => {
    const { user } = renderAdmin(<Form />);
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(screen.getByText('must not be empty')).toBeVisible();
    await waitFor(() => expect(screen.getByLabelText('Second')).toHaveFocus());
    await user.keyboard('x');
    expect(screen.queryByText('must not be empty')).not.toBeInTheDocument();
  });

  it('leaves the choice when somebody else has saved meanwhile', async () => {
    const [reload, overwrite, dismiss] = [jest.fn(), jest.fn(), jest.fn()];
    const { user } = renderAdmin(
      <StaleNotice fields={['Provider']} onReload={reload} onOverwrite={overwrite} onDismiss={dismiss} />,
    );
    expect(screen.getByText(/Theirs differs in: Provider/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Save mine' }));
    expect([reload.mock.calls.length, overwrite.mock.calls.length]).toEqual([0, 1]);
    // What closes a notice elsewhere must not throw away here what was typed.
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect([reload.mock.calls.length, overwrite.mock.calls.length, dismiss.mock.calls.length]).toEqual([0, 1, 1]);
  });
});

describe('what a page shows instead of its data', () => {
  const refetch = jest.fn();
  const show = (state: { currentData?: string; error?: unknown }) =>
    renderAdmin(
      <Loaded query={{ isFetching: false, refetch, ...state }} failed="No figures.">
        {(data) => <p>{data}</p>}
      </Loaded>,
    );

  it.each([
    [{ currentData: '42' }, '42'],
    [{}, 'Loading.'],
    [{ error: { status: 500 } }, 'No figures.'],
    [{ error: { status: 403 } }, 'Your role does not include this page. An administrator can change that.'],
  ])('%j', (state, shown) => {
    show(state);
    expect(screen.getByText(shown)).toBeInTheDocument();
  });
});
