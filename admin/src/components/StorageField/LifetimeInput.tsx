import { Field, SingleSelect, SingleSelectOption, TextInput } from '@strapi/design-system';
import { useState } from 'react';
import { styled } from 'styled-components';
import type { Lifetime } from '../../../../contract';
import { useText } from '../../hooks/useText';
import { amountOf, isTimeUnit, lifetimeOf, lifetimeUnits, shownUnit, unitOf, type LifetimeUnit } from './lifetime';

interface Props {
  /** Accessible name of the amount and, with "unit" added, of the unit. */
  label: string;
  value: Lifetime | undefined;
  disabled: boolean;
  onChange: (lifetime: Lifetime | undefined) => void;
  onBlur: () => void;
}

const MAX_DIGITS = 9;

/** The unit is the longer word, so it gets what the amount does not need. */
const Parts = styled.div`
  display: flex;
  gap: ${({ theme }) => theme.spaces[1]};

  & > :has(input) {
    flex: 0 0 5.2rem;
  }

  & > :last-child {
    flex: 1;
    min-width: 0;
  }
`;

/** How long something stays in the browser: an amount with its unit, or one of the answers that need no amount. */
export const LifetimeInput = ({ label, value, disabled, onChange, onBlur }: Props) => {
  const text = useText();
  const [chosen, setChosen] = useState<LifetimeUnit>(() => unitOf(value));
  const unit = shownUnit(value, chosen);
  const amount = amountOf(value, unit);

  return (
    <Parts>
      {isTimeUnit(unit) && (
        <TextInput
          size="S"
          inputMode="numeric"
          maxLength={MAX_DIGITS}
          aria-label={label}
          value={amount ?? ''}
          disabled={disabled}
          onBlur={onBlur}
          onChange={({ target }) => {
            // Anything but digits is not taken: a silently dropped decimal point would make 1.5 days 15.
            if (/^\d*$/.test(target.value)) onChange(lifetimeOf(target.value ? Number(target.value) : undefined, unit));
          }}
        />
      )}
      {/* A field of its own: inside the amount's it would get the same id. */}
      <Field.Root>
        <SingleSelect
          size="S"
          aria-label={text('storage.lifetimeUnit', { lifetime: label })}
          value={unit}
          disabled={disabled}
          onChange={(next) => {
            setChosen(next as LifetimeUnit);
            onChange(lifetimeOf(amount, next as LifetimeUnit));
          }}
        >
          {lifetimeUnits.map((option) => (
            <SingleSelectOption key={option} value={option}>
              {text(`storage.unit.${option}`, { amount: amount ?? 2 })}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
    </Parts>
  );
};
