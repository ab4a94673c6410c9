import { Badge, Combobox, ComboboxOption, Field, Flex, IconButton, Typography } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useEffect, useState } from 'react';
import { useNotify } from '../../hooks/useNotify';
import { useText } from '../../hooks/useText';
import { StepFrame, type StepProps } from './StepFrame';

/** Which languages the website speaks. */
export const LanguagesStep = ({ setup, onTake, onDirty, ...frame }: StepProps) => {
  const text = useText();
  const notify = useNotify();
  const [added, setAdded] = useState<string[]>([]);
  useEffect(() => onDirty(added.length > 0), [added, onDirty]);
  const names = new Map(setup.addable.map(({ code, name }) => [code, name]));

  const submit = async () => {
    const error = await onTake({ step: 'languages', add: added });
    if (error) notify.failed(error);
  };

  return (
    <StepFrame step="languages" onSubmit={() => void submit()} {...frame}>
      <Flex direction="column" alignItems="stretch" gap={5}>
        <Flex tag="ul" gap={2} wrap="wrap" aria-label={text('setup.languages.list')}>
          {setup.locales.map(({ code, name, isDefault }) => (
            <li key={code}>
              <Badge>
                {name}
                {isDefault && ` · ${text('languages.default')}`}
              </Badge>
            </li>
          ))}
          {added.map((code) => (
            <li key={code}>
              <Flex gap={1}>
                <Badge backgroundColor="primary100" textColor="primary700">
                  {names.get(code)}
                </Badge>
                <IconButton
                  size="XS"
                  variant="ghost"
                  label={text('setup.languages.remove', { name: names.get(code) ?? code })}
                  onClick={() => setAdded(added.filter((other) => other !== code))}
                >
                  <Cross />
                </IconButton>
              </Flex>
            </li>
          ))}
        </Flex>
        {setup.addable.length > 0 ? (
          <Field.Root name="language" hint={text('setup.languages.hint')}>
            <Field.Label>{text('setup.languages.add')}</Field.Label>
            <Combobox
              // Emptied by each choice.
              key={added.length}
              autocomplete={{ type: 'list', filter: 'contains' }}
              placeholder={text('setup.languages.choose')}
              onChange={(code) => code && setAdded((before) => [...before, String(code)])}
            >
              {setup.addable
                .filter(({ code }) => !added.includes(code))
                .map(({ code, name }) => (
                  <ComboboxOption key={code} value={code}>
                    {name}
                  </ComboboxOption>
                ))}
            </Combobox>
            <Field.Hint />
          </Field.Root>
        ) : (
          <Typography textColor="neutral600">{text('setup.languages.notAllowed')}</Typography>
        )}
      </Flex>
    </StepFrame>
  );
};
