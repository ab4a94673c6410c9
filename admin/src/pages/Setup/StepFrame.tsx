import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import type { Setup, SetupAnswer, SetupStep } from '../../../../contract';
import { useText } from '../../hooks/useText';

/** What every step is given. */
export interface StepProps {
  site: string;
  setup: Setup;
  /** Saves and goes on; resolves to the error if it was refused. */
  onTake: (answer: SetupAnswer) => Promise<unknown>;
  busy: boolean;
  /** null: it is the first step. */
  onBack: (() => void) | null;
  onLater: () => void;
  /** Tells whether something was typed that is not saved. */
  onDirty: (dirty: boolean) => void;
}

interface Props extends Pick<StepProps, 'busy' | 'onBack' | 'onLater'> {
  step: SetupStep;
  form?: RefObject<HTMLFormElement>;
  /** Of the main button; without it "Next". */
  submit?: string;
  onSubmit: () => void;
  children: ReactNode;
}

/** One step of the assistant: what it asks, and the ways on, back and out. */
export const StepFrame = ({ step, form, submit, onSubmit, busy, onBack, onLater, children }: Props) => {
  const text = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  // A new step is read from its beginning.
  useEffect(() => heading.current?.focus(), []);
  return (
    <Box background="neutral0" shadow="tableShadow" hasRadius padding={6}>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Typography ref={heading} tabIndex={-1} style={{ outline: 'none' }} tag="h2" variant="beta">
          {text(`setup.step.${step}.title`)}
        </Typography>
        <Typography tag="p" textColor="neutral600" paddingTop={2} paddingBottom={5}>
          {text(`setup.step.${step}.explain`)}
        </Typography>
        {children}
        <Flex justifyContent="space-between" gap={2} wrap="wrap" paddingTop={6}>
          <Button variant="ghost" disabled={busy} onClick={onLater}>
            {text('setup.later')}
          </Button>
          <Flex gap={2}>
            {onBack && (
              <Button variant="tertiary" disabled={busy} onClick={onBack}>
                {text('setup.back')}
              </Button>
            )}
            <Button type="submit" loading={busy}>
              {submit ?? text('setup.next')}
            </Button>
          </Flex>
        </Flex>
      </form>
    </Box>
  );
};
