import { useForm } from '@strapi/strapi/admin';
import { useEffect, useRef } from 'react';
import { useLocation, useParams } from 'react-router-dom';

const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

const Guard = () => {
  const { values, initialValues, errors, isSubmitting, setValues } = useForm('KeepRefusedEdits', (form) => form);
  const sent = useRef<object | null>(null);
  const stored = useRef<object>(initialValues);
  const wasSubmitting = useRef(false);
  /** What the form was filled with since then. On a slow machine its values lag behind what it starts from, or run ahead. */
  const loaded = useRef(new WeakSet<object>());
  /** Between these two also values that only equal the form's own are no step of the editor's. */
  const wasFilled = useRef(false);
  const wasGivenBack = useRef(false);

  useEffect(() => {
    if (isSubmitting && !wasSubmitting.current) {
      sent.current = values;
      stored.current = initialValues;
      loaded.current = new WeakSet();
      wasFilled.current = false;
      wasGivenBack.current = false;
    }
    wasSubmitting.current = isSubmitting;
    loaded.current.add(initialValues);
    if (initialValues !== stored.current) wasFilled.current = true;
    if (isSubmitting || !sent.current || values === sent.current) return;
    // The form takes edits back once or twice, before or after it has the messages; anything else is the editor's next step.
    const isForms =
      loaded.current.has(values) ||
      (wasFilled.current && !wasGivenBack.current && (same(values, stored.current) || same(values, sent.current)));
    if (!isForms) sent.current = null;
    else if (Object.keys(errors).length > 0) {
      wasGivenBack.current ||= !same(values, sent.current);
      setValues(sent.current);
    }
  }, [values, initialValues, errors, isSubmitting, setValues]);

  return null;
};

/**
 * Gives an editor back what the server refused to save. The Content Manager shows a save before it is answered, and when it
 * is refused takes back everything that was edited along with it: the messages would stand at fields with the old values.
 */
export const KeepRefusedEdits = () => {
  const { slug } = useParams();
  const { pathname, search } = useLocation();
  // Another entry or language is another form, even where Strapi goes on with the same one.
  return slug?.startsWith('plugin::privacy-desk.') ? <Guard key={pathname + search} /> : null;
};
