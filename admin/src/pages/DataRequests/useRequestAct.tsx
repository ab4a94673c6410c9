import { Alert } from '@strapi/design-system';
import { useState, type ReactNode } from 'react';
import type { RequestDetails } from '../../../../contract';
import type { ApiError } from '../../api/errors';
import { useActMutation, type RequestAct } from '../../api/requests';
import { useText } from '../../hooks/useText';

interface Act {
  isLoading: boolean;
  /** To be rendered in the dialog: the request was changed by somebody else meanwhile. It was asked for again. */
  stale: ReactNode;
  /** @returns the request as it is then, and what was refused; neither if it is stale */
  act: (action: RequestAct['action'], input: object) => Promise<{ done?: RequestDetails; refused?: unknown }>;
}

/** Does something to a request as it was when its dialog was opened. */
export const useRequestAct = ({ id, version, state }: RequestDetails): Act => {
  const text = useText();
  const [send, { isLoading }] = useActMutation();
  const [isStale, setStale] = useState(false);
  return {
    isLoading,
    stale: isStale && (
      <Alert
        variant="warning"
        title={text('stale.title')}
        closeLabel={text('entry.close')}
        onClose={() => setStale(false)}
      >
        {text('requests.stale', { state: text(`requests.state.${state}`) })}
      </Alert>
    ),
    async act(action, input) {
      const result = await send({ id, version, action, input } as RequestAct);
      if (!('error' in result)) return { done: result.data };
      if ((result.error as ApiError).status !== 409) return { refused: result.error };
      setStale(true);
      return {};
    },
  };
};
