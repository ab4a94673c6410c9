import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

export interface FieldErrors<FormElement extends HTMLElement> {
  /** For the element around the form: its first field with an error gets the focus. */
  form: RefObject<FormElement>;
  /** Messages by field. */
  errors: Record<string, string>;
  /** Shows messages by field, own ones or `fieldErrorsOf` a failed request. */
  show: (messages: Record<string, string>) => void;
  /** A field that is edited is not called wrong any more. */
  clear: (field?: string) => void;
}

/** Errors at the fields of a form; the focus goes to the first one. Fields have to mark themselves with `aria-invalid`. */
export const useFieldErrors = <FormElement extends HTMLElement = HTMLFormElement>(): FieldErrors<FormElement> => {
  const form = useRef<FormElement>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [shown, setShown] = useState(0);

  useEffect(() => {
    if (shown > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [shown]);

  const show = useCallback((messages: Record<string, string>) => {
    setErrors(messages);
    setShown((count) => count + 1);
  }, []);
  const clear = useCallback(
    (field?: string) =>
      setErrors((before) => {
        if (field === undefined) return {};
        if (!(field in before)) return before;
        const { [field]: _cleared, ...rest } = before;
        return rest;
      }),
    [],
  );
  return { form, errors, show, clear };
};
