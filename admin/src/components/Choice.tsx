import { SingleSelect, SingleSelectOption } from '@strapi/design-system';

interface Props {
  /** What it is about, and what is shown while nothing is chosen. */
  label: string;
  value: string | undefined;
  options: { value: string; label: string }[];
  onChoose: (value: string | undefined) => void;
}

/** A choice of one value, or of none, that narrows a list. */
export const Choice = ({ label, value, options, onChoose }: Props) => (
  <div>
    <SingleSelect
      size="S"
      aria-label={label}
      placeholder={label}
      value={value ?? ''}
      onChange={(chosen) => onChoose(String(chosen) || undefined)}
      onClear={() => onChoose(undefined)}
      clearLabel={label}
    >
      {options.map((option) => (
        <SingleSelectOption key={option.value} value={option.value}>
          {option.label}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  </div>
);
