import { Flex } from '@strapi/design-system';
import { useEffect, useState } from 'react';
import type { SetupWebsite } from '../../../../contract';
import { fieldErrorsOf, staleOf, type Stale } from '../../api/errors';
import { TextField } from '../../components/FormField';
import { StaleNotice } from '../../components/StaleNotice';
import { useFieldErrors } from '../../hooks/useFieldErrors';
import { useNotify } from '../../hooks/useNotify';
import { useText } from '../../hooks/useText';
import { StepFrame, type StepProps } from './StepFrame';

type Field = keyof SetupWebsite;
type Typed = Record<Field, string>;

const fields = ['name', 'origins', 'controllerName', 'policyUrl', 'imprintUrl'] as const satisfies readonly Field[];

const typedFrom = (website: SetupWebsite): Typed => ({ ...website, origins: website.origins.join(' ') });

/** What people paste is an address; an origin is the beginning of it. What is none is left for the server to refuse. */
const originOf = (typed: string): string => {
  try {
    const { protocol, origin } = new URL(/^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`);
    return /^https?:$/.test(protocol) ? origin : typed;
  } catch {
    return typed;
  }
};

const websiteFrom = (typed: Typed): SetupWebsite => ({
  ...typed,
  origins: [
    ...new Set(
      typed.origins
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map(originOf),
    ),
  ],
});

/** Which website it is, and who answers for it. */
export const WebsiteStep = ({ setup, onTake, onDirty, ...frame }: StepProps) => {
  const text = useText();
  const notify = useNotify();
  const saved = typedFrom(setup.website);
  const [typed, setTyped] = useState(saved);
  const [stale, setStale] = useState<Stale<SetupWebsite> | null>(null);
  const { form, errors, show, clear } = useFieldErrors();
  const dirty = fields.some((field) => typed[field] !== saved[field]);
  useEffect(() => onDirty(dirty), [dirty, onDirty]);

  const submit = async (version = setup.version) => {
    const error = await onTake({ step: 'website', version, website: websiteFrom(typed) });
    if (!error) return;
    const conflict = staleOf<SetupWebsite>(error);
    if (conflict) return setStale(conflict);
    const problems = Object.fromEntries(
      Object.entries(fieldErrorsOf(error)).map(([path, message]) => [path.split('.')[1] ?? path, message]),
    );
    show(problems);
    if (Object.keys(problems).length === 0) notify.failed(error);
  };

  return (
    <StepFrame step="website" form={form} onSubmit={() => void submit()} {...frame}>
      <Flex direction="column" alignItems="stretch" gap={5}>
        {stale && (
          <StaleNotice
            fields={fields
              .filter((field) => typedFrom(stale.current)[field] !== typed[field])
              .map((field) => text(`setup.website.${field}`))}
            onReload={() => {
              setTyped(typedFrom(stale.current));
              setStale(null);
            }}
            onOverwrite={() => {
              setStale(null);
              void submit(stale.version);
            }}
            onDismiss={() => setStale(null)}
          />
        )}
        {fields.map((field) => (
          <TextField
            key={field}
            name={field}
            label={text(`setup.website.${field}`)}
            hint={text(`setup.website.${field}.hint`)}
            required={field === 'name'}
            value={typed[field]}
            error={errors[field]}
            onChange={(value) => {
              setTyped((before) => ({ ...before, [field]: value }));
              clear(field);
            }}
          />
        ))}
      </Flex>
    </StepFrame>
  );
};
