import { Alert, Button, Flex } from '@strapi/design-system';
import { useEffect, useRef } from 'react';
import { useText } from '../hooks/useText';

interface Props {
  /** Names of the fields in which the other admin's state differs from what is in the form. */
  fields: string[];
  /** Takes what is stored now; what was typed is lost. */
  onReload: () => void;
  /** Saves what is in the form over it. */
  onOverwrite: () => void;
  /** Decides nothing yet: what was typed stays, and the next save is refused again. */
  onDismiss: () => void;
}

/** Stands in a form whose save was refused because somebody else has saved meanwhile: nothing typed is lost until the user says so. */
export const StaleNotice = ({ fields, onReload, onOverwrite, onDismiss }: Props) => {
  const text = useText();
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => root.current?.focus(), []);
  return (
    <div ref={root} tabIndex={-1}>
      <Alert
        variant="warning"
        title={text('stale.title')}
        closeLabel={text('entry.close')}
        onClose={onDismiss}
        action={
          <Flex gap={2} wrap="wrap">
            <Button size="S" variant="secondary" onClick={onReload}>
              {text('stale.reload')}
            </Button>
            <Button size="S" variant="danger-light" onClick={onOverwrite}>
              {text('stale.overwrite')}
            </Button>
          </Flex>
        }
      >
        {text('stale.explain', { fields: fields.join(', '), count: fields.length })}
      </Alert>
    </div>
  );
};
