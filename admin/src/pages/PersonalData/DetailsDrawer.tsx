import { Button } from '@strapi/design-system';
import { useState } from 'react';
import type { Versioned } from '../../../../contract';
import { fieldErrorsOf, staleOf, type Stale } from '../../api/errors';
import { DrawerForm } from '../../components/DrawerForm';
import { TextField } from '../../components/FormField';
import { StaleNotice } from '../../components/StaleNotice';
import { useFieldErrors } from '../../hooks/useFieldErrors';
import { useNotify } from '../../hooks/useNotify';
import { useText } from '../../hooks/useText';

/** A form of texts, by the names of its fields. */
export type Texts = Readonly<Record<string, string>>;

interface Props {
  title: string;
  details: Versioned<Texts>;
  fields: { name: string; label: string; hint: string }[];
  isSaving: boolean;
  /** @returns the error of a refused save; undefined: it is saved */
  onSave: (save: { version: string; form: Texts }) => Promise<unknown>;
  onClose: () => void;
}

/** Texts that only the controller knows. */
const DetailsDrawer = ({ title, details, fields, isSaving, onSave, onClose }: Props) => {
  const text = useText();
  const notify = useNotify();
  // What it was opened with: the list behind it may be read anew meanwhile.
  const [base, setBase] = useState(details);
  const [values, setValues] = useState(details.form);
  const [saved, setSaved] = useState(false);
  const [stale, setStale] = useState<Stale<Texts> | null>(null);
  const { form, errors, show, clear } = useFieldErrors();
  const dirty = !saved && fields.some(({ name }) => values[name] !== base.form[name]);

  const submit = async (version = base.version) => {
    const error = await onSave({ version, form: values });
    if (!error) {
      notify.done(text('personal.records.saved'));
      setSaved(true);
      setTimeout(onClose);
      return;
    }
    const conflict = staleOf<Texts>(error);
    if (conflict) return setStale(conflict);
    const problems = Object.entries(fieldErrorsOf(error)).map(([path, message]) => [
      path.replace(/^form\./, ''),
      message,
    ]);
    show(Object.fromEntries(problems));
    if (problems.length === 0) notify.failed(error);
  };

  return (
    <DrawerForm
      title={title}
      form={form}
      isUnsaved={dirty && !isSaving}
      onSubmit={() => submit()}
      onClose={onClose}
      actions={
        <Button type="submit" loading={isSaving} disabled={!dirty}>
          {text('entry.save')}
        </Button>
      }
    >
      {stale && (
        <StaleNotice
          fields={fields.filter(({ name }) => stale.current[name] !== values[name]).map(({ label }) => label)}
          onReload={() => {
            setBase({ version: stale.version, form: stale.current });
            setValues(stale.current);
            setStale(null);
          }}
          onOverwrite={() => {
            setStale(null);
            void submit(stale.version);
          }}
          onDismiss={() => setStale(null)}
        />
      )}
      {fields.map(({ name, label, hint }) => (
        <TextField
          key={name}
          name={name}
          label={label}
          hint={hint}
          rows={4}
          value={values[name] ?? ''}
          error={errors[name]}
          onChange={(value) => {
            setValues({ ...values, [name]: value });
            clear(name);
          }}
        />
      ))}
    </DrawerForm>
  );
};

export default DetailsDrawer;
