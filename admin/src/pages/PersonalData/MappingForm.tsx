import { Button, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { Magic } from '@strapi/icons';
import { useMemo, useState } from 'react';
import {
  ENTRY_ERASURES,
  LEGAL_BASES,
  type LegalBasis,
  type MapEntryDetails,
  type StoredMapping,
} from '../../../../contract';
import { fieldErrorsOf, staleOf, type Stale } from '../../api/errors';
import { useResetMappingMutation, useSaveMappingMutation } from '../../api/personalData';
import { ChoiceCards } from '../../components/ChoiceCards';
import { DrawerForm } from '../../components/DrawerForm';
import { FormField, TextField } from '../../components/FormField';
import { StaleNotice } from '../../components/StaleNotice';
import { useFieldErrors } from '../../hooks/useFieldErrors';
import { useNotify } from '../../hooks/useNotify';
import { useText, type TextKey } from '../../hooks/useText';
import { FieldRows } from './FieldRows';
import { MapNotes } from './MapNotes';
import { errorsByField, mappingOf, missingIn, valuesOf, type MappingValues } from './mappingValues';
import { Notice } from './Notice';
import { OwnerRows } from './OwnerRows';
import { OwnerText } from './OwnerText';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const labels: Record<keyof MappingValues, TextKey> = {
  personal: 'personal.entry.holds',
  owners: 'personal.entry.owners',
  purpose: 'personal.entry.purpose',
  legalBasis: 'personal.entry.legalBasis',
  retention: 'personal.entry.retention',
  erasure: 'personal.entry.erasure',
  reason: 'personal.entry.reason',
  fields: 'personal.entry.fields',
};

interface Props {
  entry: MapEntryDetails;
  onClose: () => void;
  /** Fills the form with what is stored now. */
  onReload: () => void;
}

/** Says what a content type holds of persons. */
export const MappingForm = ({ entry, onClose, onReload }: Props) => {
  const text = useText();
  const notify = useNotify();
  const { uid, name, source, proposal, fields, owners, warnings } = entry;
  const initial = useMemo(() => valuesOf(entry), [entry]);
  const [values, setValues] = useState(initial);
  const [saved, setSaved] = useState(false);
  const [stale, setStale] = useState<Stale<StoredMapping> | null>(null);
  const { form, errors, show, clear } = useFieldErrors();
  const [save, saving] = useSaveMappingMutation();
  const [reset, resetting] = useResetMappingMutation();
  const dirty = !saved && !same(values, initial);
  const suspected = useMemo(() => new Set(warnings.flatMap(({ path }) => path ?? [])), [warnings]);

  const change = (next: Partial<MappingValues>) => {
    setValues((before) => ({ ...before, ...next }));
    for (const field of Object.keys(next)) clear(field);
    if (next.owners || next.fields) clear();
  };
  const done = (message: string) => {
    notify.done(message);
    // Nothing is unsaved any more, which the guard only learns with the next render.
    setSaved(true);
    setTimeout(onClose);
  };

  const submit = async (version = entry.version) => {
    const missing = Object.entries(missingIn(values));
    if (missing.length > 0) return show(Object.fromEntries(missing.map(([field, key]) => [field, text(key)])));
    const result = await save({ uid, version, mapping: mappingOf(values) });
    if (!('error' in result)) return done(text('personal.entry.saved', { name }));
    const conflict = staleOf<StoredMapping>(result.error);
    if (conflict) return setStale(conflict);
    const problems = errorsByField(fieldErrorsOf(result.error), values);
    show(problems);
    if (Object.keys(problems).length === 0) notify.failed(result.error);
  };

  const takeBack = async () => {
    const result = await reset(uid);
    if ('error' in result) notify.failed(result.error);
    else done(text('personal.entry.reset.done', { name }));
  };

  return (
    <DrawerForm
      title={name}
      form={form}
      isUnsaved={dirty && !saving.isLoading}
      onSubmit={() => submit()}
      onClose={onClose}
      actions={
        <>
          {source === 'admin' && (
            <Button variant="danger-light" loading={resetting.isLoading} onClick={() => void takeBack()}>
              {text('personal.entry.reset')}
            </Button>
          )}
          <Button type="submit" loading={saving.isLoading} disabled={!dirty && values.personal !== null}>
            {text('entry.save')}
          </Button>
        </>
      }
    >
      {stale && (
        <StaleNotice
          fields={(Object.keys(labels) as (keyof MappingValues)[])
            .filter((field) => !same(valuesOf(stale.current)[field], values[field]))
            .map((field) => text(labels[field]))}
          onReload={onReload}
          onOverwrite={() => {
            setStale(null);
            void submit(stale.version);
          }}
          onDismiss={() => setStale(null)}
        />
      )}
      <Typography variant="pi" textColor="neutral600">
        {uid}
      </Typography>
      <MapNotes entry={entry} />
      {proposal && values.personal === null && (
        <Notice
          variant="info"
          title={
            <Typography tag="h3" fontWeight="bold" textColor="neutral800">
              {text('personal.entry.proposal')}
            </Typography>
          }
        >
          <Typography tag="p" textColor="neutral800">
            {text('personal.entry.proposal.explain')}
          </Typography>
          <ul>
            {proposal.owners.map((owner) => (
              <li key={JSON.stringify(owner)}>
                <Typography textColor="neutral800">
                  <OwnerText owner={owner} />
                </Typography>
              </li>
            ))}
            <li>
              <Typography textColor="neutral800">
                {text('personal.entry.proposal.fields', {
                  count: Object.keys(proposal.fields).length,
                  fields: Object.keys(proposal.fields).join(', '),
                })}
              </Typography>
            </li>
          </ul>
          <div>
            <Button
              variant="secondary"
              startIcon={<Magic />}
              onClick={() => change(valuesOf({ mapping: proposal, ignored: false }))}
            >
              {text('personal.entry.proposal.take')}
            </Button>
          </div>
        </Notice>
      )}
      <ChoiceCards
        legend={text('personal.entry.holds')}
        value={values.personal === null ? null : values.personal ? 'yes' : 'no'}
        choices={(['yes', 'no'] as const).map((value) => ({
          value,
          title: text(`personal.entry.holds.${value}`),
          text: text(`personal.entry.holds.${value}.explain`),
        }))}
        error={errors.personal}
        width="20rem"
        onChange={(value) => change({ personal: value === 'yes' })}
      />
      {values.personal && (
        <>
          <OwnerRows
            owners={values.owners}
            choices={owners}
            errors={errors}
            onChange={(next) => change({ owners: next })}
          />
          <TextField
            name="purpose"
            label={text('personal.entry.purpose')}
            hint={text('personal.entry.purpose.hint')}
            required
            value={values.purpose}
            error={errors.purpose}
            onChange={(purpose) => change({ purpose })}
          />
          <FormField name="legalBasis" label={text('personal.entry.legalBasis')} error={errors.legalBasis} required>
            <SingleSelect value={values.legalBasis} onChange={(basis) => change({ legalBasis: basis as LegalBasis })}>
              {LEGAL_BASES.map((basis) => (
                <SingleSelectOption key={basis} value={basis}>
                  {text(`personal.basis.${basis}`)}
                </SingleSelectOption>
              ))}
            </SingleSelect>
          </FormField>
          <TextField
            name="retention"
            label={text('personal.entry.retention')}
            hint={text('personal.entry.retention.hint')}
            value={values.retention}
            error={errors.retention}
            onChange={(retention) => change({ retention })}
          />
          <ChoiceCards
            legend={text('personal.entry.erasure')}
            value={values.erasure}
            choices={ENTRY_ERASURES.map((value) => ({
              value,
              title: text(`personal.erasure.${value}`),
              text: text(`personal.erasure.${value}.explain`),
            }))}
            error={errors.erasure}
            width="16rem"
            onChange={(erasure) => change({ erasure })}
          />
          {values.erasure !== 'delete' && (
            <TextField
              name="reason"
              label={text('personal.entry.reason')}
              required={values.erasure === 'keep'}
              value={values.reason}
              error={errors.reason}
              onChange={(reason) => change({ reason })}
            />
          )}
          <FieldRows
            fields={fields}
            mapped={values.fields}
            suspected={suspected}
            errors={errors}
            hint={text(`personal.entry.fields.hint.${values.erasure}`)}
            onChange={(mapped) => change({ fields: mapped })}
          />
        </>
      )}
      {errors[''] && <Notice variant="danger" announced title={errors['']} />}
    </DrawerForm>
  );
};
