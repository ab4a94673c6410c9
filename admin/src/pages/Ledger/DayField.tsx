import { darkTheme, Field } from '@strapi/design-system';
import { styled } from 'styled-components';
import { useText } from '../../hooks/useText';

/** The browser's calendar and its sign are in the panel's colours, which only the panel knows. */
const InScheme = styled.div`
  color-scheme: ${({ theme }) => (theme.colors.neutral0 === darkTheme.colors.neutral0 ? 'dark' : 'light')};
`;

interface Props {
  name: 'from' | 'to';
  /** `YYYY-MM-DD`, or empty. */
  value: string;
  error?: string;
  onChange: (value: string | undefined) => void;
}

/** A day, by the browser's own picker. */
export const DayField = ({ name, value, error, onChange }: Props) => {
  const text = useText();
  return (
    <InScheme>
      <Field.Root name={name} error={error}>
        <Field.Label>{text(`ledger.${name}`)}</Field.Label>
        <Field.Input
          type="date"
          size="S"
          value={value}
          onChange={({ target }) => onChange(target.value || undefined)}
        />
        <Field.Error />
      </Field.Root>
    </InScheme>
  );
};
