import { Field, Flex, TextInput } from '@strapi/design-system';
import { styled } from 'styled-components';
import { toHex } from './toRgba';

const Swatch = styled.input`
  flex: none;
  width: 4rem;
  height: 4rem;
  padding: 0.4rem;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  cursor: pointer;

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
`;

const Value = styled.div`
  flex: 1;
  min-width: 0;
`;

interface Props {
  name: string;
  /** For both inputs: `Buttons and switches, light`. */
  label: string;
  pickLabel: string;
  value: string;
  /** What holds as long as it is empty. */
  fallback: string;
  error?: string;
  disabled?: boolean;
  onChange: (value: string) => void;
}

/** A colour to pick, or to type in any way that CSS has. */
export const ColorInput = ({ name, label, pickLabel, value, fallback, error, disabled, onChange }: Props) => (
  <Field.Root name={name} error={error}>
    <Flex gap={1}>
      <Swatch
        type="color"
        aria-label={pickLabel}
        value={toHex(value || fallback)}
        disabled={disabled}
        onChange={({ target }) => onChange(target.value)}
      />
      <Value>
        <TextInput
          aria-label={label}
          value={value}
          placeholder={fallback}
          disabled={disabled}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => onChange(target.value)}
        />
      </Value>
    </Flex>
    <Field.Error />
  </Field.Root>
);
