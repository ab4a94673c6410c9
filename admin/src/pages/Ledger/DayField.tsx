import { Field } from '@strapi/design-system';
import { useText } from '../../hooks/useText';

interface Props {
  name: 'from' | 'to';
  /** `YYYY-MM-DD`, or empty. */
  value: string;
  onChange: (value: string | undefined) => void;
}

/** A day, by the browser's own picker. */
export const DayField = ({ name, value, onChange }: Props) => {
  const text = useText();
  return (
    <Field.Root name={name}>
      <Field.Label>{text(`ledger.${name}`)}</Field.Label>
      <Field.Input type="date" size="S" value={value} onChange={({ target }) => onChange(target.value || undefined)} />
    </Field.Root>
  );
};
