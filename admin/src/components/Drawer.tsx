import { Modal } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { useText } from '../hooks/useText';

/** At the end edge of the window, over its whole height. */
const Content = styled(Modal.Content)`
  && {
    inset: 0 0 0 auto;
    transform: none;
    width: min(72rem, 100vw);
    max-width: none;
    height: 100dvh;
    max-height: none;
    border-radius: 0;
    animation: none;
    display: flex;
    flex-direction: column;
  }

  && > form {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-height: 0;
  }

  && header,
  && footer {
    flex: none;
  }
`;

/** Its content scrolls between title and buttons. */
export const DrawerBody = styled.div`
  flex: 1;
  min-height: 0;
  overflow-y: auto;
  padding: ${({ theme }) => theme.spaces[6]};
`;

/** Whoever opens a drawer wants to type, not to close it again. */
const focusFirstInput = (event: Event) => {
  const first = (event.currentTarget as HTMLElement).querySelector<HTMLElement>(
    ':is(input, textarea):not(:disabled, [type="checkbox"])',
  );
  if (!first) return;
  event.preventDefault();
  first.focus();
};

interface Props {
  title: string;
  /** Asked to close: by its button, Escape, or a click beside it. */
  onClose: () => void;
  children: ReactNode;
}

/** A part of the page that lies over its end, to edit something without leaving the page. */
export const Drawer = ({ title, onClose, children }: Props) => {
  const text = useText();
  return (
    <Modal.Root open onOpenChange={(open: boolean) => void (open || onClose())}>
      <Content aria-describedby={undefined} onOpenAutoFocus={focusFirstInput}>
        <Modal.Header closeLabel={text('entry.close')}>
          <Modal.Title>{title}</Modal.Title>
        </Modal.Header>
        {children}
      </Content>
    </Modal.Root>
  );
};
