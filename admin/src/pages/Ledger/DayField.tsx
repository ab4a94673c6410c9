import { Field } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useText } from '../../hooks/useText';

/** Its sign is to be seen on dark ground too: the browser does not know the panel's colours. */
const DayInput = styled(Field.Input)`
  &::-webkit-calendar-picker-indicator {
    filter: invert(0.5);
  }
`;

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
      <DayInput type="date" size="S" value={value} onChange={({ target }) => onChange(target.value || undefined)} />
    </Field.Root>
  );
};
