import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import '@testing-library/jest-dom';
import { useState } from 'react';
import { StorageField, type StorageFieldProps } from '../../admin/src/components/StorageField/StorageField';
import type { StorageRow } from '../../admin/src/components/StorageField/StorageRow';
import { renderAdmin } from '../support/admin';

const ga: StorageRow = {
  id: 'a',
  name: '_ga',
  match: 'exact',
  kind: 'cookie',
  domain: '.example.com',
  lifetime: 63_072_000,
  purpose: 'Tells visitors apart.',
};
const gid: StorageRow = { id: 'b', name: '_gid', match: 'prefix', kind: 'localStorage', lifetime: 'persistent' };

let saved: StorageRow[];

/** The field in a form that keeps its value, as the Content Manager's does. */
const Form = ({ initial, ...props }: { initial: unknown } & Partial<StorageFieldProps>) => {
  const [value, setValue] = useState(initial);
  saved = value as StorageRow[];
  return (
    <StorageField name="storage" label="Storage" value={value} onChange={(_, rows) => setValue(rows)} {...props} />
  );
};

const field = (label: string) => screen.getByLabelText(label, { exact: true, selector: 'input, textarea' });
const names = () => saved.map(({ name }) => name);
const announced = () => document.querySelector<HTMLElement>('#live-region-status')!.innerText;
const choose = async (user: ReturnType<typeof renderAdmin>['user'], label: string, option: string) => {
  act(() => screen.getByRole('combobox', { name: label }).focus());
  await user.keyboard('{Enter}');
  await user.click(await screen.findByRole('option', { name: option }));
};

describe('storage field', () => {
  it('shows every entry as a row of a table', () => {
    renderAdmin(<Form initial={[ga, gid]} />);
    const table = screen.getByRole('table', { name: 'Storage' });
    expect(within(table).getAllByRole('columnheader')).toHaveLength(6);
    expect(field('Name, entry 1')).toHaveValue('_ga');
    expect(field('Domain, entry 1')).toHaveValue('.example.com');
    expect(field('Lifetime, entry 1')).toHaveValue('2');
    expect(screen.getByRole('combobox', { name: 'Lifetime, entry 1: unit' })).toHaveTextContent('years');
    expect(field('Purpose, entry 1')).toHaveValue('Tells visitors apart.');
    expect(screen.getByRole('combobox', { name: 'Match, entry 2' })).toHaveTextContent('Prefix');
    expect(screen.getByRole('combobox', { name: 'Kind, entry 2' })).toHaveTextContent('Local storage');
    expect(screen.queryByLabelText('Lifetime, entry 2')).not.toBeInTheDocument();
  });

  it('adds a row with an id of its own, puts the focus into it and says so', async () => {
    const { user } = renderAdmin(<Form initial={null} />);
    expect(screen.getByText(/List what this service keeps/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Add a storage entry' }));
    expect(field('Name, entry 1')).toHaveFocus();
    expect(announced()).toBe('Entry 1 added.');
    await user.keyboard('sid');
    await user.click(screen.getByRole('button', { name: 'Add a storage entry' }));
    expect(saved).toEqual([
      { id: expect.stringMatching(/^[\da-f]{16}$/), name: 'sid', match: 'exact', kind: 'cookie' },
      { id: expect.stringMatching(/^[\da-f]{16}$/), name: '', match: 'exact', kind: 'cookie' },
    ]);
    expect(saved[0]!.id).not.toBe(saved[1]!.id);
  });

  it('is filled in by keyboard alone', async () => {
    const { user } = renderAdmin(<Form initial={[]} />);
    act(() => screen.getByRole('button', { name: 'Add a storage entry' }).focus());
    await user.keyboard('{Enter}_ga{Tab}');
    expect(screen.getByRole('combobox', { name: 'Match, entry 1' })).toHaveFocus();
    await user.keyboard('{Tab}{Tab}.example.com{Tab}');
    expect(screen.getByRole('combobox', { name: 'Lifetime, entry 1: unit' })).toHaveFocus();
    await user.keyboard('{Tab}Tells visitors apart.');
    expect(saved).toMatchObject([{ name: '_ga', domain: '.example.com', purpose: 'Tells visitors apart.' }]);
  });

  it('removes a row and puts the focus into the one that took its place, or the last, or on the button to add one', async () => {
    const { user } = renderAdmin(<Form initial={[ga, gid]} />);
    await user.click(screen.getByRole('button', { name: 'Remove entry 2' }));
    expect(names()).toEqual(['_ga']);
    expect(field('Name, entry 1')).toHaveFocus();
    expect(announced()).toBe('Entry 2 removed. 1 is left.');
    await user.click(screen.getByRole('button', { name: 'Remove entry 1' }));
    expect(saved).toEqual([]);
    expect(screen.getByRole('button', { name: 'Add a storage entry' })).toHaveFocus();
  });

  it('moves rows by button and arrow key; the focus goes with the row', async () => {
    const { user } = renderAdmin(<Form initial={[ga, gid, { ...ga, id: 'c', name: 'sid' }]} />);
    await user.click(screen.getByRole('button', { name: 'Move entry 1 down' }));
    expect(names()).toEqual(['_gid', '_ga', 'sid']);
    expect(announced()).toBe('Moved to position 2 of 3.');
    expect(screen.getByRole('button', { name: 'Move entry 2 down' })).toHaveFocus();
    await user.keyboard('{ArrowDown}');
    expect(names()).toEqual(['_gid', 'sid', '_ga']);
    await user.keyboard('{ArrowDown}');
    expect(names()).toEqual(['_gid', 'sid', '_ga']);
    expect(screen.getByRole('button', { name: 'Move entry 3 down' })).toHaveFocus();
    await user.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}');
    expect(screen.getByRole('button', { name: 'Move entry 1 up' })).toHaveFocus();
    expect(names()).toEqual(['_ga', '_gid', 'sid']);
    expect(saved.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('keeps lifetimes in seconds, in the unit that was chosen', async () => {
    const { user } = renderAdmin(<Form initial={[{ ...gid, lifetime: undefined }]} />);
    expect(screen.getByRole('combobox', { name: 'Lifetime, entry 1: unit' })).toHaveTextContent('Unknown');
    await choose(user, 'Lifetime, entry 1: unit', 'days');
    await user.type(field('Lifetime, entry 1'), '90x.5');
    expect(saved[0]!.lifetime).toBe(905 * 86_400);
    await user.type(field('Lifetime, entry 1'), '{Backspace}');
    expect(saved[0]!.lifetime).toBe(90 * 86_400);
    // 90 days would be 3 months, but days is what the editor chose.
    expect(screen.getByRole('combobox', { name: 'Lifetime, entry 1: unit' })).toHaveTextContent('days');
    await choose(user, 'Lifetime, entry 1: unit', 'Session');
    expect(saved[0]!.lifetime).toBe('session');
    await choose(user, 'Lifetime, entry 1: unit', 'Unknown');
    expect(saved[0]).not.toHaveProperty('lifetime', expect.anything());
  });

  it('says what is wrong at the cell, once it was left', async () => {
    const { user } = renderAdmin(<Form initial={[ga]} />);
    await user.click(screen.getByRole('button', { name: 'Add a storage entry' }));
    expect(screen.queryByText('Enter a name.')).not.toBeInTheDocument();
    await user.tab();
    const name = field('Name, entry 2');
    expect(name).toBeInvalid();
    expect(name).toHaveAccessibleDescription('Enter a name.');
    await user.type(name, 'a b');
    expect(name).toHaveAccessibleDescription('No cookie can have this name.');
    await user.clear(name);
    await user.type(name, '_ga');
    await user.type(field('Domain, entry 2'), '.example.com');
    expect(name).toHaveAccessibleDescription('This entry is listed twice.');
    await user.type(field('Domain, entry 2'), '/x');
    await user.tab();
    expect(field('Domain, entry 2')).toHaveAccessibleDescription(/Enter a host name/);
    expect(name).toBeValid();
  });

  it('asks for the amount of a lifetime', async () => {
    const { user } = renderAdmin(<Form initial={[ga]} />);
    await user.clear(field('Lifetime, entry 1'));
    await user.tab();
    expect(field('Lifetime, entry 1')).toHaveAccessibleDescription(/Enter a whole number above 0/);
    expect(saved[0]!.lifetime).toBe(0);
  });

  it('shows what the server refuses at its cell, takes it along when rows are moved, and drops it when the cell is edited', async () => {
    const errors = [undefined, { name: 'must not be empty', purpose: 'must be text' }];
    const { user } = renderAdmin(<Form initial={[ga, gid]} rawError={errors} />);
    expect(field('Name, entry 2')).toHaveAccessibleDescription('must not be empty');
    expect(field('Name, entry 1')).toBeValid();
    await user.click(screen.getByRole('button', { name: 'Move entry 2 up' }));
    expect(field('Name, entry 1')).toHaveValue('_gid');
    expect(field('Name, entry 1')).toHaveAccessibleDescription('must not be empty');
    await user.type(field('Name, entry 1'), 'x');
    expect(field('Name, entry 1')).toBeValid();
    expect(field('Purpose, entry 1')).toBeInvalid();
  });

  it('shows it also where the form takes a refused save back and gives it back again', () => {
    const onChange = jest.fn();
    let show: (value: StorageRow[], rawError?: unknown) => void = () => {};
    const Controlled = () => {
      const [props, setProps] = useState<{ value: StorageRow[]; rawError?: unknown }>({ value: [ga] });
      show = (value, rawError) => act(() => setProps({ value, rawError }));
      return <StorageField name="storage" label="Storage" onChange={onChange} {...props} />;
    };
    renderAdmin(<Controlled />);
    fireEvent.change(field('Name, entry 1'), { target: { value: ' ' } });
    const sent = onChange.mock.calls[0][1];
    const errors = [{ name: 'must not be empty' }];
    show(sent);
    show([ga], errors);
    expect(field('Name, entry 1')).toBeValid();
    show(sent, errors);
    expect(field('Name, entry 1')).toHaveAccessibleDescription('must not be empty');
  });

  it('shows what is wrong with the field as a whole', () => {
    renderAdmin(
      <Form initial={[ga]} error="must not have more than 200 rows" rawError="must not have more than 200 rows" />,
    );
    expect(screen.getByRole('group', { name: /Storage/ })).toHaveAccessibleDescription(
      /must not have more than 200 rows/,
    );
  });

  it('can be read, and nothing else, without the permission to edit', () => {
    renderAdmin(<Form initial={[ga]} disabled />);
    expect(field('Name, entry 1')).toBeDisabled();
    expect(field('Purpose, entry 1')).toBeDisabled();
    expect(screen.getByRole('combobox', { name: 'Kind, entry 1' })).toHaveAttribute('aria-disabled', 'true');
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });

  it('says that facts are shared by all languages', () => {
    renderAdmin(<Form initial={[ga]} />);
    expect(screen.getByText(/the same in all languages; the purpose is written in each language/)).toBeVisible();
  });
});

describe('storage field of another language', () => {
  const path = '/content-manager/collection-types/:slug/:id';
  const route = '/content-manager/collection-types/plugin::privacy-desk.tracking-item/doc?plugins[i18n][locale]=de';
  const fetchMock = jest.fn();
  const answer = (body: unknown) => ({ ok: true, status: 200, json: async () => body });

  beforeEach(() => {
    fetchMock.mockReset().mockResolvedValue(answer({ data: { locale: 'en', storage: [ga, gid] } }));
    Object.assign(globalThis, { fetch: fetchMock });
  });

  it('shows the default language’s purpose to translate from', async () => {
    renderAdmin(<Form initial={[{ ...ga, purpose: 'Unterscheidet Besucher.' }, gid]} />, { route, path });
    const source = await screen.findByText('Tells visitors apart.');
    expect(source).toHaveAttribute('lang', 'en');
    const purpose = field('Purpose in German, entry 1');
    expect(purpose).toHaveValue('Unterscheidet Besucher.');
    expect(purpose).toHaveAttribute('lang', 'de');
    expect(fetchMock.mock.calls[0][0]).toContain(
      '/content-manager/collection-types/plugin::privacy-desk.tracking-item/doc',
    );
  });

  it('starts with the facts of the default language where there are no rows yet, without its purposes', async () => {
    const { user } = renderAdmin(<Form initial={null} />, { route, path });
    const purpose = await waitFor(() => field('Purpose in German, entry 1'));
    expect(field('Name, entry 1')).toHaveValue('_ga');
    expect(purpose).toHaveValue('');
    await user.type(purpose, 'Unterscheidet Besucher.');
    expect(saved).toEqual([{ ...ga, purpose: 'Unterscheidet Besucher.' }, gid]);
  });

  it('works without that help', async () => {
    fetchMock.mockRejectedValue(new Error('offline'));
    renderAdmin(<Form initial={[gid]} />, { route, path });
    await act(async () => {});
    expect(field('Name, entry 1')).toHaveValue('_gid');
  });
});
