import { Typography } from '@strapi/design-system';
import { useId, type ReactNode } from 'react';
import { styled } from 'styled-components';

const Fieldset = styled.fieldset`
  min-width: 0;
  padding: 0;
  margin: 0;
  border: 0;
`;

const Cards = styled.div<{ $width: string }>`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, ${({ $width }) => $width}), 1fr));
  gap: ${({ theme }) => theme.spaces[2]};
  padding-block-start: ${({ theme }) => theme.spaces[2]};
`;

const Card = styled.label`
  position: relative;
  display: flex;
  flex-direction: column;
  gap: ${({ theme }) => theme.spaces[1]};
  padding: ${({ theme }) => theme.spaces[3]};
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  cursor: pointer;

  input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    opacity: 0;
    cursor: inherit;
  }

  &:hover {
    border-color: ${({ theme }) => theme.colors.primary500};
  }

  &:has(:checked) {
    border-color: ${({ theme }) => theme.colors.primary600};
    background: ${({ theme }) => theme.colors.primary100};
    box-shadow: inset 0 0 0 1px ${({ theme }) => theme.colors.primary600};
  }

  &:has(:focus-visible) {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
  }

  &:has(:disabled) {
    cursor: not-allowed;
    opacity: 0.7;
  }
`;

export interface CardChoice<Value extends string> {
  value: Value;
  title: string;
  /** Below the title. */
  text?: ReactNode;
  /** Above it. */
  picture?: ReactNode;
}

interface Props<Value extends string> {
  legend: string;
  /** null: none of them. */
  value: Value | null;
  choices: CardChoice<Value>[];
  onChange: (value: Value) => void;
  disabled?: boolean;
  error?: string;
  /** Of a card, at least; CSS. */
  width?: string;
}

/** One of a few things to choose, each with room for a picture or an explanation: radio buttons that are whole cards. */
export const ChoiceCards = <Value extends string>(props: Props<Value>) => {
  const { legend, value, choices, onChange, disabled, error, width = '12rem' } = props;
  const name = useId();
  return (
    <Fieldset disabled={disabled}>
      <Typography tag="legend" variant="pi" fontWeight="bold" textColor="neutral800">
        {legend}
      </Typography>
      <Cards $width={width}>
        {choices.map((choice) => (
          <Card key={choice.value}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              aria-invalid={error ? true : undefined}
              aria-describedby={error && `${name}-error`}
              onChange={() => onChange(choice.value)}
            />
            {choice.picture}
            <Typography fontWeight="bold" textColor="neutral800">
              {choice.title}
            </Typography>
            {choice.text && (
              <Typography variant="pi" textColor="neutral600">
                {choice.text}
              </Typography>
            )}
          </Card>
        ))}
      </Cards>
      {error && (
        <Typography id={`${name}-error`} tag="p" variant="pi" textColor="danger600" paddingTop={2}>
          {error}
        </Typography>
      )}
    </Fieldset>
  );
};
