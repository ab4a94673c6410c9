import { darkTheme, Field } from '@strapi/design-system';
import { styled } from 'styled-components';

/** The browser's calendar and its sign are in the panel's colours, which only the panel knows. */
const InScheme = styled.div`
  color-scheme: ${({ theme }) => (theme.colors.neutral0 === darkTheme.colors.neutral0 ? 'dark' : 'light')};
`;

interface Props {
  name: 'from' | 'to';
  label: string;
  /** `YYYY-MM-DD`, or empty. */
  value: string;
  error?: string;
  onChange: (value: string | undefined) => void;
}

/** A day, by the browser's own picker. */
export const DayField = ({ name, label, value, error, onChange }: Props) => (
  <InScheme>
    <Field.Root name={name} error={error}>
      <Field.Label>{label}</Field.Label>
      <Field.Input type="date" size="S" value={value} onChange={({ target }) => onChange(target.value || undefined)} />
      <Field.Error />
    </Field.Root>
  </InScheme>
);
