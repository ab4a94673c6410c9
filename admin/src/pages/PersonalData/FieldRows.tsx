import { Box, Checkbox, Flex, SingleSelect, SingleSelectOption, TextInput, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { FieldErasure, Generator, MappableField, TypeMapping } from '../../../../contract';
import { useText } from '../../hooks/useText';
import { Mark } from './Mark';

const KEEP = 'keep';

const Row = styled.li`
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: ${({ theme }) => theme.spaces[2]};
  padding-block: ${({ theme }) => theme.spaces[2]};
  border-block-end: 1px solid ${({ theme }) => theme.colors.neutral150};

  ${({ theme }) => theme.breakpoints.medium} {
    grid-template-columns: minmax(0, 1fr) minmax(0, 1.1fr);
    align-items: start;
    min-height: 5.6rem;
  }
`;

/** As high as the choice beside it. */
const Name = styled(Flex)`
  min-height: 4rem;

  code {
    overflow-wrap: anywhere;
  }
`;

interface Props {
  fields: MappableField[];
  mapped: TypeMapping['fields'];
  /** Paths of what looks personal and is not mapped. */
  suspected: ReadonlySet<string>;
  errors: Record<string, string>;
  hint: string;
  onChange: (mapped: TypeMapping['fields']) => void;
}

interface ReplacementProps {
  path: string;
  what: FieldErasure;
  /** None: the field is not there any more. */
  generators: readonly Generator[];
  error?: string;
  onChange: (what: FieldErasure) => void;
}

/** What takes the place of a field's value, or why it is kept. */
const Replacement = ({ path, what, generators, error, onChange }: ReplacementProps) => {
  const text = useText();
  const isKept = typeof what !== 'string';
  const offered = isKept || generators.includes(what) ? generators : [what, ...generators];
  const id = `field-error-${path}`;
  return (
    <Flex direction="column" alignItems="stretch" gap={2}>
      <SingleSelect
        aria-label={text('personal.entry.field.replacementOf', { path })}
        value={isKept ? KEEP : what}
        aria-invalid={!isKept && error ? true : undefined}
        onChange={(next) => onChange(next === KEEP ? { keep: '' } : (next as Generator))}
      >
        {offered.map((generator) => (
          <SingleSelectOption key={generator} value={generator}>
            {text(`personal.generator.${generator}`)}
          </SingleSelectOption>
        ))}
        <SingleSelectOption value={KEEP}>{text('personal.entry.field.keep')}</SingleSelectOption>
      </SingleSelect>
      {isKept && (
        <TextInput
          aria-label={text('personal.entry.field.reason', { path })}
          placeholder={text('personal.entry.field.reason', { path })}
          value={what.keep}
          aria-invalid={error ? true : undefined}
          aria-describedby={error && id}
          autoComplete="off"
          onChange={({ target }) => onChange({ keep: target.value })}
        />
      )}
      {error && (
        <Typography id={id} tag="p" variant="pi" textColor="danger600">
          {error}
        </Typography>
      )}
    </Flex>
  );
};

/** Which fields are personal, and what takes the place of their values. */
export const FieldRows = ({ fields, mapped, suspected, errors, hint, onChange }: Props) => {
  const text = useText();
  const known = new Set(fields.map(({ path }) => path));
  // What a later schema has lost can only be taken out.
  const gone: MappableField[] = Object.keys(mapped)
    .filter((path) => !known.has(path))
    .map((path) => ({ path, type: '', required: false, generators: [] }));
  const set = (path: string, what: FieldErasure | null) => {
    const { [path]: _, ...others } = mapped;
    onChange(what === null ? others : { ...mapped, [path]: what });
  };
  return (
    <Box>
      <Typography tag="h3" variant="pi" fontWeight="bold" textColor="neutral800">
        {text('personal.entry.fields')}
      </Typography>
      <Typography tag="p" variant="pi" textColor="neutral600" paddingBottom={2}>
        {hint}
      </Typography>
      <ul>
        {[...gone, ...fields].map(({ path, type, generators }) => {
          const what = mapped[path];
          const error = errors[`field.${path}`];
          return (
            <Row key={path}>
              <Name gap={2} wrap="wrap">
                <Checkbox
                  checked={what !== undefined}
                  onCheckedChange={(checked) => set(path, checked === true ? (generators[0] ?? 'empty') : null)}
                >
                  <code>{path}</code>
                </Checkbox>
                <Typography variant="pi" textColor="neutral600">
                  {type || text('personal.entry.field.gone')}
                </Typography>
                {what === undefined && suspected.has(path) && (
                  <Mark look="warning">{text('personal.entry.looksPersonal')}</Mark>
                )}
              </Name>
              {what !== undefined && generators.length > 0 ? (
                <Replacement
                  path={path}
                  what={what}
                  generators={generators}
                  error={error}
                  onChange={(next) => set(path, next)}
                />
              ) : (
                error && (
                  <Typography tag="p" variant="pi" textColor="danger600">
                    {error}
                  </Typography>
                )
              )}
            </Row>
          );
        })}
      </ul>
    </Box>
  );
};
