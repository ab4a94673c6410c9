import { useForm } from '@strapi/strapi/admin';
import { useEffect, useRef } from 'react';
import { useParams } from 'react-router-dom';

const Guard = () => {
  const { values, initialValues, errors, isSubmitting, setValues } = useForm('KeepRefusedEdits', (form) => form);
  const sent = useRef<object | null>(null);

  useEffect(() => {
    if (isSubmitting) sent.current ??= values;
    else if (sent.current && Object.keys(errors).length > 0 && values === initialValues) {
      setValues(sent.current);
      sent.current = null;
    } else if (values !== sent.current) sent.current = null;
  }, [values, initialValues, errors, isSubmitting, setValues]);

  return null;
};

/**
 * Gives an editor back what the server refused to save. The Content Manager shows a save before it is answered, and when it
 * is refused takes back everything that was edited along with it: the messages would stand at fields with the old values.
 */
export const KeepRefusedEdits = () => {
  const { slug } = useParams();
  return slug?.startsWith('plugin::privacy-desk.') ? <Guard /> : null;
};
