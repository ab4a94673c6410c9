import { Button, Flex, Modal } from '@strapi/design-system';
import type { ReactNode, RefObject } from 'react';
import { useText } from '../hooks/useText';
import { Drawer, DrawerBody } from './Drawer';
import { useUnsavedChanges } from './UnsavedChanges';

interface Props {
  title: string;
  /** Of `useFieldErrors`. */
  form: RefObject<HTMLFormElement>;
  /** Whether something would be lost. */
  isUnsaved: boolean;
  onSubmit: () => unknown;
  onClose: () => void;
  /** On the button that closes. */
  closeText?: string;
  /** The buttons that do something. */
  actions: ReactNode;
  children: ReactNode;
}

/** A form in a drawer: what is typed is not lost by closing it, the buttons stay in sight. */
export const DrawerForm = ({ title, form, isUnsaved, onSubmit, onClose, closeText, actions, children }: Props) => {
  const text = useText();
  const { question, leave } = useUnsavedChanges(isUnsaved);
  return (
    <Drawer title={title} onClose={() => leave(onClose)}>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void onSubmit();
        }}
      >
        {question}
        <DrawerBody>
          <Flex direction="column" alignItems="stretch" gap={5}>
            {children}
          </Flex>
        </DrawerBody>
        <Modal.Footer>
          <Button variant="tertiary" onClick={() => leave(onClose)}>
            {closeText ?? text('entry.cancel')}
          </Button>
          <Flex gap={2}>{actions}</Flex>
        </Modal.Footer>
      </form>
    </Drawer>
  );
};
