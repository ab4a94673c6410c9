import { act, screen, waitFor } from '@testing-library/react';
import { useLocation } from 'react-router-dom';
import { useUnsavedChanges } from '../../admin/src/components/UnsavedChanges';
import { useAddress } from '../../admin/src/hooks/useAddress';
import { useSearch } from '../../admin/src/hooks/useSearch';
import { renderAdmin } from '../support/admin';

const names = ['search', 'state'] as const;
let routed: string[];

const Router = () => {
  routed.push(useLocation().search);
  return null;
};

const List = () => {
  const { values, page, set, setPage } = useAddress(names);
  return (
    <>
      <p>
        {JSON.stringify(values)} on page {page}
      </p>
      <button onClick={() => set({ search: 'maps' })}>search</button>
      <button onClick={() => set({ search: undefined })}>all</button>
      <button onClick={() => setPage(3)}>page 3</button>
    </>
  );
};

const Other = () => {
  const { search, change } = useSearch();
  return (
    <>
      <p>address: {search.toString()}</p>
      <button onClick={() => change({ item: 'a' })}>open</button>
    </>
  );
};

const Form = ({ unsaved }: { unsaved: boolean }) => useUnsavedChanges(unsaved).question;

const open = (route: string, { unsaved = false } = {}) =>
  renderAdmin(
    <>
      <Router />
      <List />
      <Other />
      <Form unsaved={unsaved} />
    </>,
    { route },
  );

beforeEach(() => {
  routed = [];
});

describe('values that narrow a list', () => {
  it('are read from the address, and written to it without the router’s rendering', async () => {
    const { user } = open('/inventory?state=enabled&page=2#top');
    screen.getByText('{"state":"enabled"} on page 2');
    await user.click(screen.getByText('search'));
    screen.getByText('{"search":"maps","state":"enabled"} on page 1');
    expect(window.location.href).toBe('http://localhost/inventory?state=enabled&search=maps#top');
    expect(new Set(routed)).toEqual(new Set(['?state=enabled&page=2']));
    await user.click(screen.getByText('page 3'));
    screen.getByText('address: state=enabled&search=maps&page=3');
    await user.click(screen.getByText('all'));
    expect(window.location.search).toBe('?state=enabled');
  });

  it('are kept by what opens something else, and come back with “back”', async () => {
    const { user } = open('/inventory');
    await user.click(screen.getByText('search'));
    await user.click(screen.getByText('open'));
    await screen.findByText('address: search=maps&item=a');
    expect(routed.at(-1)).toBe('?search=maps&item=a');
    await user.click(screen.getByText('all'));
    screen.getByText('address: item=a');
    act(() => window.history.back());
    await screen.findByText('address: search=maps');
    expect(window.location.search).toBe('?search=maps');
    act(() => window.history.forward());
    await screen.findByText('address: item=a');
  });

  it('do not make the router forget which entry of the history it is at', async () => {
    const { user } = open('/inventory');
    const before = window.history.state;
    const { length } = window.history;
    await user.click(screen.getByText('search'));
    expect(window.history.state).toEqual(before);
    expect(window.history).toHaveLength(length);
  });

  it('are not changed over something unsaved without asking', async () => {
    const { user } = open('/translations', { unsaved: true });
    await user.click(screen.getByText('search'));
    const leave = await screen.findByRole('button', { name: /leave|discard/i });
    screen.getByText('{} on page 1');
    expect(window.location.search).toBe('');
    await user.click(leave);
    await waitFor(() => screen.getByText('{"search":"maps"} on page 1'));
    expect(window.location.search).toBe('?search=maps');
  });
});
