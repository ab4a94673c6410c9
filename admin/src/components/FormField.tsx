import { Field, TextInput, Textarea } from '@strapi/design-system';
import type { ReactNode } from 'react';

interface Props {
  name: string;
  label: string;
  hint?: string;
  error?: string;
  required?: boolean;
  children: ReactNode;
}

/** An input with its label, hint and message. */
export const FormField = ({ name, label, hint, error, required = false, children }: Props) => (
  <Field.Root name={name} hint={hint} error={error} required={required}>
    <Field.Label>{label}</Field.Label>
    {children}
    <Field.Hint />
    <Field.Error />
  </Field.Root>
);

interface TextProps extends Omit<Props, 'children'> {
  value: string;
  onChange: (value: string) => void;
  disabled?: boolean;
  maxLength?: number;
  /** How many lines at first; 1 is an input of one line. */
  rows?: number;
  lang?: string;
  dir?: 'ltr' | 'rtl';
  placeholder?: string;
}

/** A text to type. */
export const TextField = (props: TextProps) => {
  const { value, onChange, disabled, maxLength, rows = 1, lang, dir, placeholder, ...field } = props;
  const input = { lang, dir, placeholder, value, disabled, maxLength };
  return (
    <FormField {...field}>
      {rows > 1 ? (
        <Textarea {...input} rows={rows} onChange={({ target }) => onChange((target as HTMLTextAreaElement).value)} />
      ) : (
        <TextInput {...input} autoComplete="off" onChange={({ target }) => onChange(target.value)} />
      )}
    </FormField>
  );
};
