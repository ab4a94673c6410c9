import { Button, Checkbox, Flex, Modal, Typography } from '@strapi/design-system';
import { useState, type FormEvent } from 'react';
import type { ErasurePlan, RequestDetails } from '../../../../contract';
import { useErasurePlanQuery } from '../../api/requests';
import { TextField } from '../../components/FormField';
import { Loaded } from '../../components/PageStates';
import { useUnsavedChanges } from '../../components/UnsavedChanges';
import { useLanguageName } from '../../hooks/useLanguageName';
import { useNotify } from '../../hooks/useNotify';
import { usePanel } from '../../hooks/usePanel';
import { useText } from '../../hooks/useText';
import { actionsFor } from './actions';
import { ErasureItems } from './ErasureItems';
import { useRequestAct } from './useRequestAct';

interface FormProps {
  request: RequestDetails;
  plan: ErasurePlan;
  onClose: () => void;
}

const Form = ({ request, plan, onClose }: FormProps) => {
  const text = useText();
  const notify = useNotify();
  const languageName = useLanguageName();
  const { can } = usePanel();
  const { act, isLoading, stale } = useRequestAct(request);
  const [message, setMessage] = useState('');
  const [checked, setChecked] = useState(false);
  const { question, leave } = useUnsavedChanges(message !== '' && !isLoading);
  const { locale, reference } = request;
  const { users, emails, subjects } = plan.person;

  const erase = async (event: FormEvent) => {
    event.preventDefault();
    const { done, refused } = await act('erase', { message });
    if (refused) return notify.failed(refused);
    if (!done) return;
    onClose();
    // One that broke off goes on by itself: the person is told when it is done.
    if (done.state === 'answered') notify.done(text('requests.done.erase'));
    else notify.warn(text('requests.erasure.running'));
  };

  return (
    <form noValidate onSubmit={erase}>
      {question}
      <Modal.Body>
        <Flex direction="column" alignItems="stretch" gap={4}>
          {stale}
          <Typography tag="p" textColor="neutral800">
            {text('requests.explain.erase')}
          </Typography>
          <Typography tag="p" textColor="neutral800">
            {text('requests.erasure.person', {
              emails: emails.join(', '),
              users: users.length,
              names: users.map(({ name }) => name).join(', '),
              subjects,
            })}
          </Typography>
          <ErasureItems items={plan.items} />
          <TextField
            name="message"
            label={text('requests.field.erase')}
            hint={text('requests.field.toPerson', { language: languageName(locale) })}
            rows={4}
            maxLength={10_000}
            lang={locale}
            value={message}
            onChange={setMessage}
          />
          <Checkbox checked={checked} onCheckedChange={(value) => setChecked(value === true)}>
            {text('requests.erasure.check', { reference })}
          </Checkbox>
        </Flex>
      </Modal.Body>
      <Modal.Footer>
        <Button variant="tertiary" onClick={() => leave(onClose)}>
          {text('entry.cancel')}
        </Button>
        <Button
          type="submit"
          variant="danger-light"
          loading={isLoading}
          disabled={!checked || !actionsFor(request, can).includes('erase')}
        >
          {text('requests.send.erase')}
        </Button>
      </Modal.Footer>
    </form>
  );
};

/** Shows what erasing a person's data does before it is done. */
export const ErasureDialog = ({ request, onClose }: { request: RequestDetails; onClose: () => void }) => {
  const text = useText();
  // As it was when the dialog was opened: afterwards there is nothing to plan.
  const query = useErasurePlanQuery(request.id, { refetchOnMountOrArgChange: true });
  return (
    <Modal.Root open onOpenChange={(open: boolean) => void (open || onClose())}>
      <Modal.Content aria-describedby={undefined}>
        <Modal.Header closeLabel={text('entry.close')}>
          <Modal.Title>{text('requests.action.erase')}</Modal.Title>
        </Modal.Header>
        {query.currentData ? (
          <Form request={request} plan={query.currentData} onClose={onClose} />
        ) : (
          <Modal.Body>
            <Loaded query={query} failed={text('requests.erasure.failed')}>
              {() => null}
            </Loaded>
          </Modal.Body>
        )}
      </Modal.Content>
    </Modal.Root>
  );
};
