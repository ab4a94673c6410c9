import { useEffect } from 'react';

const forms = new Set<object>();

/** Whether any form on the page has something that is not saved yet. */
export const isAnythingUnsaved = (): boolean => forms.size > 0;

/** Tells that a form has. */
export const useUnsaved = (unsaved: boolean): void => {
  useEffect(() => {
    if (!unsaved) return;
    const form = {};
    forms.add(form);
    return () => void forms.delete(form);
  }, [unsaved]);
};
