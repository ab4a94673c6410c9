import { useAPIErrorHandler, useNotification } from '@strapi/strapi/admin';
import { useCallback, useMemo } from 'react';

/** Short messages in the corner of the panel, in one voice for all pages. */
export interface Notify {
  done: (message: string) => void;
  warn: (message: string) => void;
  /** What the server said about a failed request. */
  failed: (error: unknown) => void;
  /** The same as a text, to show elsewhere. */
  messageOf: (error: unknown) => string;
}

export const useNotify = (): Notify => {
  const { toggleNotification } = useNotification();
  const { _unstableFormatAPIError: formatError } = useAPIErrorHandler();
  const messageOf = useCallback(
    (error: unknown) => formatError(error as Parameters<typeof formatError>[0]),
    [formatError],
  );
  return useMemo(
    () => ({
      done: (message) => toggleNotification({ type: 'success', message }),
      warn: (message) => toggleNotification({ type: 'warning', message }),
      failed: (error) => toggleNotification({ type: 'danger', message: messageOf(error) }),
      messageOf,
    }),
    [toggleNotification, messageOf],
  );
};
