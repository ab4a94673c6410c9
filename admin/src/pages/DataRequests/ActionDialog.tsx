import { Button, Field, Flex, Modal, SingleSelect, SingleSelectOption, Typography } from '@strapi/design-system';
import { useState, type FormEvent } from 'react';
import type { RequestDetails } from '../../../../contract';
import { fieldErrorsOf } from '../../api/errors';
import { TextField } from '../../components/FormField';
import { useUnsavedChanges } from '../../components/UnsavedChanges';
import { useFieldErrors } from '../../hooks/useFieldErrors';
import { useLanguageName } from '../../hooks/useLanguageName';
import { useNotify } from '../../hooks/useNotify';
import { usePanel } from '../../hooks/usePanel';
import { useText } from '../../hooks/useText';
import { actionsFor, writtenFor, type DialogAction } from './actions';
import { useDay } from './Deadline';
import { REFUSALS, useRefusals } from './refusals';
import { useRequestAct } from './useRequestAct';

/** Reasons to begin with, in the person's language. */
const RefusalSelect = ({ locale, onChoose }: { locale: string; onChoose: (reason: string) => void }) => {
  const text = useText();
  const reasons = useRefusals(locale);
  const [chosen, setChosen] = useState('');
  return (
    <Field.Root name="template">
      <Field.Label>{text('requests.refusal')}</Field.Label>
      <SingleSelect
        value={chosen}
        placeholder={text('requests.refusal.own')}
        disabled={!reasons}
        onChange={(name) => {
          setChosen(String(name));
          onChoose(reasons?.[name as (typeof REFUSALS)[number]] ?? '');
        }}
      >
        {REFUSALS.map((name) => (
          <SingleSelectOption key={name} value={name}>
            {text(`requests.refusal.${name}`)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
    </Field.Root>
  );
};

interface Props {
  request: RequestDetails;
  action: Exclude<DialogAction, 'erase'>;
  onClose: () => void;
}

/** Says what an action does, and takes what is to be written for it. */
export const ActionDialog = ({ request, action, onClose }: Props) => {
  const text = useText();
  const day = useDay();
  const notify = useNotify();
  const languageName = useLanguageName();
  const { can } = usePanel();
  const { form, errors, show, clear } = useFieldErrors();
  const { act, isLoading, stale } = useRequestAct(request);
  const [written, setWritten] = useState('');
  const { question, leave } = useUnsavedChanges(written !== '' && !isLoading);
  const { field, optional } = writtenFor[action];
  const { locale, extendedDueAt } = request;
  const possible = action === 'note' || actionsFor(request, can).includes(action);

  const write = (value: string) => {
    setWritten(value);
    clear(field);
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!optional && !written.trim()) return show({ [field]: text('requests.field.missing') });
    const { done, refused } = await act(action, { [field]: written });
    if (done) {
      onClose();
      return notify.done(text(`requests.done.${action}`));
    }
    const errorsFound = fieldErrorsOf(refused);
    if (errorsFound[field]) show(errorsFound);
    else if (refused) notify.failed(refused);
  };

  const toPerson = ['answer', 'refuse', 'extend', 'export'].includes(action);
  return (
    <Modal.Root open onOpenChange={(open: boolean) => void (open || leave(onClose))}>
      <Modal.Content aria-describedby={undefined}>
        {question}
        <form ref={form} noValidate onSubmit={send}>
          <Modal.Header closeLabel={text('entry.close')}>
            <Modal.Title>{text(`requests.action.${action}`)}</Modal.Title>
          </Modal.Header>
          <Modal.Body>
            <Flex direction="column" alignItems="stretch" gap={4}>
              {stale}
              <Typography tag="p" textColor="neutral800">
                {text(`requests.explain.${action}`, { date: day(extendedDueAt) })}
              </Typography>
              {action === 'refuse' && <RefusalSelect locale={locale} onChoose={write} />}
              <TextField
                name={field}
                label={text(`requests.field.${action}`)}
                hint={
                  toPerson
                    ? text('requests.field.toPerson', { language: languageName(locale) })
                    : text('requests.field.stays')
                }
                required={!optional}
                error={errors[field]}
                rows={8}
                maxLength={10_000}
                lang={toPerson ? locale : undefined}
                value={written}
                onChange={write}
              />
            </Flex>
          </Modal.Body>
          <Modal.Footer>
            <Button variant="tertiary" onClick={() => leave(onClose)}>
              {text('entry.cancel')}
            </Button>
            <Button
              type="submit"
              variant={action === 'refuse' || action === 'withdraw' ? 'danger-light' : 'default'}
              loading={isLoading}
              disabled={!possible}
            >
              {text(`requests.send.${action}`)}
            </Button>
          </Modal.Footer>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
};
