import { Button, Dialog } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { useBlocker } from 'react-router-dom';
import { useUnsaved } from '../hooks/unsaved';
import { useText } from '../hooks/useText';

interface Guard {
  /** To be rendered somewhere in the form: the question. */
  question: ReactNode;
  /** Goes on at once if nothing is unsaved, else after the user has agreed to lose it: for closing a drawer, choosing another entry. */
  leave: (goOn: () => void) => void;
}

/** Asks before unsaved changes are lost: by a link, the browser's buttons, closing the window, or something on the page. */
export const useUnsavedChanges = (unsaved: boolean): Guard => {
  const text = useText();
  useUnsaved(unsaved);
  const [waiting, setWaiting] = useState<(() => void) | null>(null);

  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [unsaved]);

  // What is done after the user has agreed may itself lead to another address.
  const agreed = useRef(false);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) =>
      unsaved &&
      !agreed.current &&
      (currentLocation.pathname !== nextLocation.pathname || currentLocation.search !== nextLocation.search),
  );
  const leave = useCallback((goOn: () => void) => (unsaved ? setWaiting(() => goOn) : goOn()), [unsaved]);

  const stay = () => {
    setWaiting(null);
    blocker.reset?.();
  };
  const goOn = () => {
    setWaiting(null);
    if (blocker.state === 'blocked') return blocker.proceed();
    agreed.current = true;
    waiting?.();
    setTimeout(() => {
      agreed.current = false;
    });
  };
  const question = (
    <Dialog.Root
      open={waiting !== null || blocker.state === 'blocked'}
      onOpenChange={(open: boolean) => void (open || stay())}
    >
      <Dialog.Content>
        <Dialog.Header>{text('unsaved.title')}</Dialog.Header>
        <Dialog.Body icon={<WarningCircle width="24px" height="24px" fill="danger600" />} textAlign="center">
          {text('unsaved.explain')}
        </Dialog.Body>
        <Dialog.Footer>
          <Dialog.Cancel>
            <Button variant="tertiary" fullWidth>
              {text('unsaved.stay')}
            </Button>
          </Dialog.Cancel>
          <Button variant="danger" fullWidth onClick={goOn}>
            {text('unsaved.leave')}
          </Button>
        </Dialog.Footer>
      </Dialog.Content>
    </Dialog.Root>
  );
  return { question, leave };
};
