import { useCallback } from 'react';
import type { TranslatableText } from '../../../../contract';
import { useText, type TextKey } from '../../hooks/useText';

/** What a text is, in words: “Purpose of _ga”. */
export const useFieldName = (): ((text: Pick<TranslatableText, 'field' | 'storage'>) => string) => {
  const text = useText();
  return useCallback(
    ({ field, storage }) => text(`translations.field.${field}` as TextKey, { storage: storage ?? '' }),
    [text],
  );
};
