import { useForm } from '@strapi/strapi/admin';
import { useLayoutEffect, useRef } from 'react';
import { useLocation, useParams } from 'react-router-dom';

const Guard = () => {
  const { values, initialValues, errors, isSubmitting, setValues } = useForm('KeepRefusedEdits', (form) => form);
  const sent = useRef<object | null>(null);
  const wasSubmitting = useRef(false);
  /** What the form was filled with since then: its values lag behind what it starts from, or run ahead. */
  const loaded = useRef(new WeakSet<object>());

  // Before the browser paints: the editor never sees the edits go and come back.
  useLayoutEffect(() => {
    if (isSubmitting && !wasSubmitting.current) {
      sent.current = values;
      loaded.current = new WeakSet();
    }
    wasSubmitting.current = isSubmitting;
    loaded.current.add(initialValues);
    if (isSubmitting || !sent.current || values === sent.current) return;
    // The form takes edits back once or twice, before or after it has the messages; anything else is the editor's next step.
    if (!loaded.current.has(values)) sent.current = null;
    else if (Object.keys(errors).length > 0) setValues(sent.current);
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
