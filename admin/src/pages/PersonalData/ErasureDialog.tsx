import { Button, Flex, Modal, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { ENTRY_ERASURES, type Erasure, type ErasureItem, type PersonQuery } from '../../../../contract';
import { fieldErrorsOf } from '../../api/errors';
import { useEraseMutation } from '../../api/personalData';
import { TextField } from '../../components/FormField';
import { useFieldErrors } from '../../hooks/useFieldErrors';
import { useNotify } from '../../hooks/useNotify';
import { useText } from '../../hooks/useText';
import { Notice } from './Notice';
import { namedBy } from './personQuery';

interface Props {
  query: PersonQuery;
  items: ErasureItem[];
  onErased: (erasure: Erasure) => void;
  onClose: () => void;
}

/** Asks whether a person is to be erased, says how much goes, and has their name typed. */
const ErasureDialog = ({ query, items, onErased, onClose }: Props) => {
  const text = useText();
  const notify = useNotify();
  const who = namedBy(query);
  const [typed, setTyped] = useState('');
  const { form, errors, show, clear } = useFieldErrors();
  const [erase, { isLoading }] = useEraseMutation();
  const files = items.reduce((sum, item) => sum + item.files, 0);

  const submit = async () => {
    if (typed.trim().toLowerCase() !== who.toLowerCase()) return show({ confirm: text('personal.erase.mismatch') });
    const result = await erase({ person: query, confirm: typed });
    if (!('error' in result)) {
      onClose();
      return onErased(result.data!);
    }
    const { confirm } = fieldErrorsOf(result.error);
    if (confirm) show({ confirm });
    else notify.failed(result.error);
  };

  return (
    <Modal.Root open onOpenChange={(open: boolean) => void (open || isLoading || onClose())}>
      <Modal.Content aria-describedby={undefined}>
        <Modal.Header closeLabel={text('entry.close')}>
          <Modal.Title>{text('personal.erase.dialog', { who })}</Modal.Title>
        </Modal.Header>
        <form
          ref={form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <Modal.Body>
            <Flex direction="column" alignItems="stretch" gap={5}>
              <Notice variant="danger" title={text('personal.erase.warning')} />
              <ul>
                {ENTRY_ERASURES.map((action) => {
                  const count = items.reduce((sum, item) => (item.action === action ? sum + item.entries : sum), 0);
                  return (
                    count > 0 && (
                      <li key={action}>
                        <Typography textColor="neutral800">
                          {text(`personal.erase.count.${action}`, { count })}
                        </Typography>
                      </li>
                    )
                  );
                })}
                {files > 0 && (
                  <li>
                    <Typography textColor="neutral800">
                      {text('personal.erase.count.files', { count: files })}
                    </Typography>
                  </li>
                )}
              </ul>
              <TextField
                name="confirm"
                label={text('personal.erase.confirm', { who })}
                value={typed}
                error={errors.confirm}
                disabled={isLoading}
                onChange={(value) => {
                  setTyped(value);
                  clear();
                }}
              />
            </Flex>
          </Modal.Body>
          <Modal.Footer>
            <Button variant="tertiary" disabled={isLoading} onClick={onClose}>
              {text('entry.cancel')}
            </Button>
            <Button type="submit" variant="danger" loading={isLoading}>
              {text('personal.erase.now')}
            </Button>
          </Modal.Footer>
        </form>
      </Modal.Content>
    </Modal.Root>
  );
};

export default ErasureDialog;
