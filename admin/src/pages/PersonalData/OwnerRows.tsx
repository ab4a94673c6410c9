import { Box, Flex, IconButton, SingleSelect, SingleSelectOption, TextButton, Typography } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import type { Owner } from '../../../../contract';
import { FormField } from '../../components/FormField';
import { useText } from '../../hooks/useText';
import { ownerKinds, ownerOf, partsOf, type OwnerKind } from './OwnerText';

interface Props {
  owners: Owner[];
  /** What the schema offers, the likely ones first. */
  choices: Owner[];
  errors: Record<string, string>;
  onChange: (owners: Owner[]) => void;
}

const same = (a: Owner, b: Owner): boolean => JSON.stringify(a) === JSON.stringify(b);

/** By which fields an entry is known to be somebody's. */
export const OwnerRows = ({ owners, choices, errors, onChange }: Props) => {
  const text = useText();
  const free = choices.filter((choice) => !owners.some((owner) => same(owner, choice)));
  const change = (index: number, owner: Owner) => onChange(owners.with(index, owner));
  const pathsOf = (kind: OwnerKind, own?: string): string[] => {
    const paths = choices.map(partsOf).flatMap((choice) => (choice.kind === kind ? [choice.path] : []));
    return own === undefined || paths.includes(own) ? paths : [own, ...paths];
  };
  return (
    <Box>
      <Typography tag="h3" variant="pi" fontWeight="bold" textColor="neutral800">
        {text('personal.entry.owners')}
      </Typography>
      <Typography tag="p" variant="pi" textColor="neutral600">
        {text('personal.entry.owners.hint')}
      </Typography>
      <Flex direction="column" alignItems="stretch" gap={3} paddingTop={3}>
        {owners.map((owner, index) => {
          const { kind, path } = partsOf(owner);
          return (
            <Flex key={index} gap={2} alignItems="flex-start">
              <Box flex="0 1 16rem">
                <FormField name={`owner.${index}.kind`} label={text('personal.entry.owner.kind')}>
                  <SingleSelect
                    value={kind}
                    onChange={(next) => {
                      const to = next as OwnerKind;
                      change(index, ownerOf(to, pathsOf(to).includes(path) ? path : (pathsOf(to)[0] ?? path)));
                    }}
                  >
                    {ownerKinds
                      .filter((one) => one === kind || pathsOf(one).length > 0)
                      .map((one) => (
                        <SingleSelectOption key={one} value={one}>
                          {text(`personal.owner.${one}`)}
                        </SingleSelectOption>
                      ))}
                  </SingleSelect>
                </FormField>
              </Box>
              <Box flex="1" minWidth={0}>
                <FormField
                  name={`owner.${index}`}
                  label={text('personal.entry.owner.path')}
                  error={errors[`owner.${index}`]}
                >
                  <SingleSelect value={path} onChange={(next) => change(index, ownerOf(kind, String(next)))}>
                    {pathsOf(kind, path).map((one) => (
                      <SingleSelectOption key={one} value={one}>
                        {one === '.' ? text('personal.entry.owner.self') : one}
                      </SingleSelectOption>
                    ))}
                  </SingleSelect>
                </FormField>
              </Box>
              <Box paddingTop={6}>
                <IconButton
                  size="L"
                  variant="ghost"
                  label={text('personal.entry.owner.remove')}
                  onClick={() => onChange(owners.toSpliced(index, 1))}
                >
                  <Trash />
                </IconButton>
              </Box>
            </Flex>
          );
        })}
      </Flex>
      {errors.owners && (
        <Typography tag="p" variant="pi" textColor="danger600" paddingTop={2} role="alert">
          {errors.owners}
        </Typography>
      )}
      {free.length > 0 && (
        <Box paddingTop={3}>
          <TextButton startIcon={<Plus />} onClick={() => onChange([...owners, free[0]!])}>
            {text('personal.entry.owner.add')}
          </TextButton>
        </Box>
      )}
    </Box>
  );
};
