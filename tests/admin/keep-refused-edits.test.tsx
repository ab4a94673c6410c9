import { Form, useForm } from '@strapi/strapi/admin';
import { act, screen } from '@testing-library/react';
import '@testing-library/jest-dom';
import { useState } from 'react';
import { KeepRefusedEdits } from '../../admin/src/components/KeepRefusedEdits';
import { renderAdmin } from '../support/admin';

interface FormState {
  values: { name?: string };
  initialValues: { name?: string };
  setErrors: (errors: object) => void;
  setValues: (values: object) => void;
  setSubmitting: (isSubmitting: boolean) => void;
}
let form: FormState;
let load: (name: string) => void;

const Name = () => {
  form = useForm('Name', (state) => state as unknown as FormState);
  return <output data-testid="name">{form.values.name}</output>;
};
/** The Content Manager's form: what is loaded is what it starts from. */
const Editor = () => {
  const [initialValues, setInitialValues] = useState({ name: 'stored' });
  load = (name) => setInitialValues({ name });
  return (
    <Form method="PUT" initialValues={initialValues}>
      <Name />
      <KeepRefusedEdits />
    </Form>
  );
};
const open = (type: string) =>
  renderAdmin(<Editor />, {
    path: '/content-manager/collection-types/:slug/:id',
    route: `/content-manager/collection-types/${type}/1`,
  });
const shown = () => screen.getByTestId('name').textContent;

/** A save that is refused, as the Content Manager does it: it loads the edits, takes them back, and then says why. */
const refuse = (order: 'messages last' | 'messages first') => {
  act(() => form.setValues({ name: 'edited' }));
  act(() => form.setSubmitting(true));
  act(() => load('edited'));
  if (order === 'messages first') act(() => form.setErrors({ name: 'is taken' }));
  act(() => load('stored'));
  if (order === 'messages last') act(() => form.setErrors({ name: 'is taken' }));
  act(() => form.setSubmitting(false));
};

describe.each(['messages last', 'messages first'] as const)('a save that the server refuses, %s', (order) => {
  it('leaves the edits where they are', () => {
    open('plugin::privacy-desk.site');
    refuse(order);
    expect(shown()).toBe('edited');
  });

  it('leaves them also when the form takes them back later', () => {
    open('plugin::privacy-desk.site');
    act(() => form.setValues({ name: 'edited' }));
    act(() => form.setSubmitting(true));
    act(() => load('edited'));
    act(() => form.setErrors({ name: 'is taken' }));
    act(() => form.setSubmitting(false));
    act(() => load('stored'));
    expect(shown()).toBe('edited');
  });

  it('leaves them although the form shows what it had loaded before, for a moment', () => {
    open('plugin::privacy-desk.site');
    act(() => form.setValues({ name: 'edited' }));
    act(() => form.setSubmitting(true));
    act(() => load('edited'));
    act(() => form.setSubmitting(false));
    // As the Content Manager does, the form is given the very object that it had loaded.
    const { initialValues: meanwhile } = form;
    if (order === 'messages first') act(() => form.setErrors({ name: 'is taken' }));
    act(() => load('stored'));
    act(() => form.setValues(meanwhile));
    if (order === 'messages last') act(() => form.setErrors({ name: 'is taken' }));
    act(() => form.setValues(form.initialValues));
    expect(shown()).toBe('edited');
  });

  it('does not stand in the way of what the editor does next', () => {
    open('plugin::privacy-desk.site');
    refuse(order);
    act(() => form.setValues({ name: 'mended' }));
    act(() => load('somebody else’s'));
    expect(shown()).toBe('somebody else’s');
  });

  it('is none of our business in other content types', () => {
    open('api::page.page');
    refuse(order);
    expect(shown()).toBe('stored');
  });
});
