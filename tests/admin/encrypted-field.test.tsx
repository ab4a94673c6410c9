import { Form } from '@strapi/strapi/admin';
import { screen, waitFor } from '@testing-library/react';
import '@testing-library/jest-dom';
import { useState } from 'react';
import { Route, Routes } from 'react-router-dom';
import { EncryptedField } from '../../admin/src/components/EncryptedField/EncryptedField';
import { storedPath } from '../../admin/src/components/EncryptedField/useReveal';
import { JSON_MASK, MASK } from '../../contract';
import { renderAdmin } from '../support/admin';

let permissions: { action: string }[];
jest.mock('@strapi/strapi/admin', () => ({
  ...jest.requireActual('@strapi/strapi/admin'),
  useAuth: (_: string, select: (state: object) => unknown) => select({ permissions }),
}));

const mayReveal = { action: 'plugin::privacy-desk.fields.reveal' };
let sent: unknown[];
let stored: unknown;
let written: unknown;

beforeEach(() => {
  permissions = [mayReveal];
  sent = [];
  stored = 'AT61 1904 3002 3457 3201';
  written = undefined;
  Object.assign(globalThis, {
    fetch: async (_: string, { body }: { body: string }) => {
      sent.push(JSON.parse(body));
      return { ok: true, status: 200, json: async () => ({ value: stored }) };
    },
  });
});

const Field = ({ initial, ...props }: { initial: unknown; kind?: string; required?: boolean; disabled?: boolean }) => {
  const [value, setValue] = useState(initial);
  written = value;
  return (
    <>
      <EncryptedField
        name="iban"
        label="IBAN"
        attribute={{ customField: `plugin::privacy-desk.encrypted-${props.kind ?? 'text'}` }}
        value={value}
        initialValue={initial}
        onChange={(_, next) => setValue(next)}
        required={props.required}
        disabled={props.disabled}
      />
      <button onClick={() => setValue(initial)}>Saved</button>
    </>
  );
};
const render = (props: Parameters<typeof Field>[0]) =>
  renderAdmin(
    <Routes>
      <Route
        path="/:slug"
        element={
          <Form method="PUT" initialValues={{ documentId: 'doc', locale: 'de' }} onSubmit={() => {}}>
            <Field {...props} />
          </Form>
        }
      />
    </Routes>,
    { route: '/api::profile.profile' },
  );
const button = (name: string) => screen.getByRole('button', { name });

it('a new value is typed as in any field', async () => {
  const { user } = render({ initial: null });
  await user.type(screen.getByRole('textbox', { name: 'IBAN' }), 'AT1');
  expect(written).toBe('AT1');
  expect(screen.getByText('Is encrypted when it is saved.')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Show' })).toBeNull();
});

it('who may see it has the stored value shown, edits it, or leaves it as it was', async () => {
  const { user } = render({ initial: MASK });
  expect(screen.getByRole('textbox', { name: 'IBAN' })).toBeDisabled();
  await user.click(button('Show'));
  expect(await screen.findByDisplayValue(stored as string)).toBeEnabled();
  expect(sent).toEqual([
    { uid: 'api::profile.profile', documentId: 'doc', locale: 'de', status: 'draft', path: 'iban' },
  ]);
  expect(written).toBe(MASK);
  await user.click(button('Hide'));
  expect(screen.queryByDisplayValue(stored as string)).toBeNull();
  await user.click(button('Show'));
  await user.type(await screen.findByDisplayValue(stored as string), '9');
  expect(written).toBe(`${stored as string}9`);
  await user.click(button('Keep the stored value'));
  expect(written).toBe(MASK);
  expect(screen.getByRole('textbox', { name: 'IBAN' })).toBeDisabled();
});

it('who may not see it can replace it, but not edit the mask', async () => {
  permissions = [];
  const { user } = render({ initial: MASK });
  expect(screen.queryByRole('button', { name: 'Show' })).toBeNull();
  expect(screen.getByText(/Your role may not see the value; saving keeps it/)).toBeVisible();
  await user.click(button('Replace'));
  const input = screen.getByRole('textbox', { name: 'IBAN' });
  expect(input).toHaveValue('');
  expect(written).toBe(MASK);
  await user.type(input, 'AT2');
  expect(written).toBe('AT2');
  await user.clear(input);
  expect(written).toBe(MASK);
  await user.type(input, 'AT3');
  await user.click(button('Saved'));
  expect(screen.getByRole('textbox', { name: 'IBAN' })).toBeDisabled();
  expect(screen.getByRole('textbox', { name: 'IBAN' })).toHaveValue(MASK);
});

it('is removed on purpose only, and not where it is required', async () => {
  const { user, unmount } = render({ initial: MASK });
  await user.click(button('Remove'));
  expect(written).toBeNull();
  await user.click(button('Keep the stored value'));
  expect(written).toBe(MASK);
  unmount();
  render({ initial: MASK, required: true });
  expect(screen.queryByRole('button', { name: 'Remove' })).toBeNull();
});

it('what cannot be opened is said to be so', async () => {
  stored = null;
  const { user } = render({ initial: MASK });
  await user.click(button('Show'));
  expect(await screen.findByText(/could not be opened/)).toBeVisible();
  expect(screen.getByRole('textbox', { name: 'IBAN' })).toBeDisabled();
});

it('whoever may not change the entry can only look', async () => {
  render({ initial: MASK, disabled: true });
  expect(button('Show')).toBeEnabled();
  expect(screen.queryByRole('button', { name: 'Replace' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Remove' })).toBeNull();
});

it('JSON has a mask that its form takes', async () => {
  render({ initial: JSON_MASK, kind: 'json' });
  expect(JSON.parse(JSON_MASK)).toBe(MASK);
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'IBAN' })).toHaveValue(MASK));
});

it('lists are gone through by the ids of their components', () => {
  const values = { identities: [{ id: 12, number: MASK }, { number: 'new' }], one: { number: MASK } };
  expect(storedPath('identities.0.number', values)).toBe('identities.12.number');
  expect(storedPath('identities.1.number', values)).toBeNull();
  expect(storedPath('one.number', values)).toBe('one.number');
});
