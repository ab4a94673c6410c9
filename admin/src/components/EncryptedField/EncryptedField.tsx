import { Button, Field, Flex, JSONInput, Textarea, TextInput } from '@strapi/design-system';
import { Eye, EyeStriked, Pencil, Trash, ArrowsCounterClockwise } from '@strapi/icons';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { isMask, MASK } from '../../../../contract';
import { useNotify } from '../../hooks/useNotify';
import { useText } from '../../hooks/useText';
import { useReveal } from './useReveal';

/** What the Content Manager hands to the input of a custom field. */
export interface EncryptedFieldProps {
  name: string;
  label: string;
  attribute?: { customField?: string };
  value: unknown;
  /** As it was loaded: the mask of what is stored, or nothing. */
  initialValue?: unknown;
  onChange: (name: string, value: unknown) => void;
  disabled?: boolean;
  required?: boolean;
  hint?: ReactNode;
  labelAction?: ReactNode;
  placeholder?: string;
  error?: string;
}

type Kind = 'text' | 'long-text' | 'email' | 'json';

/** `masked`: nothing is seen; `shown`: the stored value is, and can be edited; `replacing`: another one is typed blindly. */
type Mode = 'masked' | 'shown' | 'replacing';

const readJson = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    // The form takes a text for JSON that is still to be read.
    return typeof value === 'string' ? text : value;
  } catch {
    return text;
  }
};
const textOf = (value: unknown, isJson: boolean): string => {
  if (value === null || value === undefined) return '';
  return isJson && typeof value !== 'string' ? JSON.stringify(value, null, 2) : String(value);
};

interface InputProps {
  kind: Kind;
  value: string;
  disabled: boolean;
  placeholder?: string;
  onChange?: (text: string) => void;
}

const Input = ({ kind, onChange = () => {}, ...props }: InputProps) => {
  if (kind === 'json') return <JSONInput {...props} onChange={onChange} />;
  if (kind === 'long-text')
    return <Textarea {...props} onChange={({ target }) => onChange((target as HTMLTextAreaElement).value)} />;
  return (
    <TextInput
      {...props}
      type={kind === 'email' ? 'email' : 'text'}
      autoComplete="off"
      onChange={({ target }) => onChange(target.value)}
    />
  );
};

/**
 * A value that is encrypted at rest. What is stored is never in the form, only its mask, which means "as it was": whoever
 * may see it has it shown on request, and whoever may not can replace it. The mask itself cannot be edited.
 */
export const EncryptedField = (props: EncryptedFieldProps) => {
  const {
    name,
    label,
    attribute,
    value,
    initialValue,
    onChange,
    disabled = false,
    required,
    error,
    placeholder,
  } = props;
  const text = useText();
  const notify = useNotify();
  const kind = (attribute?.customField?.split('.encrypted-')[1] ?? 'text') as Kind;
  const isJson = kind === 'json';
  const reveal = useReveal(name);
  const [mode, setMode] = useState<Mode>('masked');
  const [revealed, setRevealed] = useState('');
  /** As it was typed: JSON that is read and written again looks otherwise. */
  const [typed, setTyped] = useState<string | null>(null);
  const [loading, setLoading] = useState(false);
  const edited = useRef(false);
  const stored = isMask(value);
  const wasStored = isMask(initialValue);

  // What was typed is saved, or was given up: it is a stored value again.
  useEffect(() => {
    if (!stored || !edited.current) return;
    edited.current = false;
    setMode('masked');
    setRevealed('');
    setTyped(null);
  }, [stored]);

  const write = (next: unknown) => {
    edited.current = !isMask(next);
    onChange(name, next);
  };
  const type = (next: string) => {
    // An empty input beside a stored value leaves it as it is; to remove it there is a button.
    if (next === '') {
      setTyped(null);
      return write(mode === 'replacing' ? initialValue : null);
    }
    setTyped(next);
    write(isJson ? readJson(next) : next);
  };
  const show = async () => {
    if (!reveal) return;
    setLoading(true);
    try {
      const found = await reveal();
      if (found === null) notify.warn(text('fields.unreadable'));
      else {
        setRevealed(isJson ? JSON.stringify(found, null, 2) : textOf(found, false));
        setMode('shown');
      }
    } catch (failure) {
      notify.failed(failure);
    }
    setLoading(false);
  };
  const keep = () => {
    setMode('masked');
    setRevealed('');
    setTyped(null);
    write(initialValue);
  };

  const masked = stored && mode === 'masked';
  const explained = masked
    ? text(reveal ? 'fields.masked' : 'fields.hidden')
    : mode === 'shown' && stored
      ? text('fields.shown')
      : text(mode === 'replacing' && stored ? 'fields.replacing' : 'fields.fresh');
  const stays = mode === 'shown' ? revealed : '';
  const shownValue = stored ? stays : (typed ?? textOf(value, isJson));
  return (
    <Field.Root
      name={name}
      id={name}
      required={required}
      error={error}
      hint={
        <>
          {props.hint}
          {props.hint && <br />}
          {explained}
        </>
      }
    >
      <Field.Label action={props.labelAction}>{label}</Field.Label>
      {masked ? (
        <TextInput value={MASK} disabled />
      ) : (
        <Input kind={kind} value={shownValue} disabled={disabled} placeholder={placeholder} onChange={type} />
      )}
      <Field.Hint />
      <Field.Error />
      {(stored || wasStored) && (
        <Flex gap={2} wrap="wrap" paddingTop={1}>
          {masked && reveal && (
            <Button variant="tertiary" size="S" startIcon={<Eye />} loading={loading} onClick={() => void show()}>
              {text('fields.show')}
            </Button>
          )}
          {masked && !disabled && (
            <Button variant="tertiary" size="S" startIcon={<Pencil />} onClick={() => setMode('replacing')}>
              {text('fields.replace')}
            </Button>
          )}
          {masked && !disabled && !required && (
            <Button variant="tertiary" size="S" startIcon={<Trash />} onClick={() => write(null)}>
              {text('fields.remove')}
            </Button>
          )}
          {stored && mode === 'shown' && (
            <Button variant="tertiary" size="S" startIcon={<EyeStriked />} onClick={keep}>
              {text('fields.hide')}
            </Button>
          )}
          {wasStored && (!stored || mode === 'replacing') && (
            <Button variant="tertiary" size="S" startIcon={<ArrowsCounterClockwise />} onClick={keep}>
              {text('fields.keep')}
            </Button>
          )}
        </Flex>
      )}
    </Field.Root>
  );
};
