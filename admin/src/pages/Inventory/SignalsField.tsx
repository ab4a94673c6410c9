import { Checkbox, Flex, MultiSelect, MultiSelectOption } from '@strapi/design-system';
import { signalNames, usualSignals, type SignalName } from '../../../../contract';
import { FormField } from '../../components/FormField';
import { useText } from '../../hooks/useText';

interface Props {
  /** null: what is usual for it. */
  value: SignalName[] | null;
  /** Of a category: what is usual for its key. Absent: an item, which goes with its category. */
  categoryKey?: string;
  error?: string;
  disabled: boolean;
  onChange: (value: SignalName[] | null) => void;
}

/** What vendors with a consent mode are told by a category or a tracking item: docs/signals.md. */
export const SignalsField = ({ value, categoryKey, error, disabled, onChange }: Props) => {
  const text = useText();
  const usual = categoryKey === undefined ? [] : (usualSignals[categoryKey] ?? []);
  return (
    <FormField name="signals" label={text('entry.signals')} hint={text('entry.signals.hint')} error={error}>
      <Flex direction="column" alignItems="stretch" gap={2}>
        <Checkbox
          checked={value === null}
          disabled={disabled}
          onCheckedChange={(checked) => onChange(checked === true ? null : [...usual])}
        >
          {categoryKey === undefined
            ? text('entry.signals.likeCategory')
            : text('entry.signals.usual', { signals: usual.join(', ') || '–' })}
        </Checkbox>
        {value !== null && (
          <MultiSelect
            withTags
            aria-label={text('entry.signals')}
            placeholder={text('entry.signals.none')}
            value={value}
            disabled={disabled}
            onChange={(names: string[]) => onChange(signalNames.filter((name) => names.includes(name)))}
            onClear={() => onChange([])}
          >
            {signalNames.map((name) => (
              <MultiSelectOption key={name} value={name}>
                {name}
              </MultiSelectOption>
            ))}
          </MultiSelect>
        )}
      </Flex>
    </FormField>
  );
};
