import {
  Button,
  Checkbox,
  LinkButton,
  MultiSelect,
  MultiSelectOption,
  SingleSelect,
  SingleSelectOption,
  Typography,
} from '@strapi/design-system';
import { ExternalLink } from '@strapi/icons';
import { useMemo, useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import {
  categoryModes,
  UNCLASSIFIED_ITEMS,
  type CategoryForm,
  type CategoryMode,
  type Editable,
  type ItemForm,
} from '../../../../contract';
import { fieldErrorsOf, staleOf, type Stale } from '../../api/errors';
import {
  useCreateEntryMutation,
  useEntryQuery,
  useInventoryQuery,
  useSaveEntryMutation,
  type EntryType,
} from '../../api/inventory';
import { contentManagerPath } from '../../components/contentManagerPath';
import { Drawer, DrawerBody } from '../../components/Drawer';
import { DrawerForm } from '../../components/DrawerForm';
import { FormField, TextField } from '../../components/FormField';
import { Loaded } from '../../components/PageStates';
import { StaleNotice } from '../../components/StaleNotice';
import { StorageField } from '../../components/StorageField/StorageField';
import { useFieldErrors } from '../../hooks/useFieldErrors';
import { useNotify } from '../../hooks/useNotify';
import { usePanel } from '../../hooks/usePanel';
import { useText, type TextKey } from '../../hooks/useText';
import { fromPlainText, toPlainText } from './plainText';
import { SignalsField } from './SignalsField';

type EntryForm = ItemForm & CategoryForm;
type Field = keyof EntryForm;

const emptyItem: Partial<EntryForm> = {
  name: '',
  key: '',
  description: [],
  category: null,
  provider: null,
  providerPolicyUrl: null,
  storage: [],
  signals: null,
  sites: [],
  enabled: true,
};
const emptyCategory: Partial<EntryForm> = {
  name: '',
  key: '',
  description: [],
  mode: 'opt-in',
  honoursGpc: true,
  signals: null,
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The key that goes with a name, as long as nobody has typed another one. */
const keyFrom = (name: string, type: EntryType): string => {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, type === 'items' ? '-' : '_')
    .replace(/^[-_0-9]+|[-_]+$/g, '');
  return (type === 'items' ? words : words.toUpperCase()).slice(0, 64);
};

/** `{ 'storage.2.name': … }` as the table takes it: by row, then by cell. */
const storageErrors = (errors: Record<string, string>): Record<string, Record<string, string>> | undefined => {
  const rows: Record<string, Record<string, string>> = {};
  for (const [path, message] of Object.entries(errors)) {
    const [field, row, cell = 'name'] = path.split('.');
    if (field === 'storage' && row !== undefined) (rows[row] ??= {})[cell] = message;
  }
  return Object.keys(rows).length ? rows : undefined;
};

interface FormProps {
  type: EntryType;
  title: string;
  /** null: a new one. */
  entry: Editable<Partial<EntryForm>> | null;
  categories: { documentId: string; name: string }[];
  onClose: () => void;
  /** Fills the form with what is stored now. */
  onReload: () => void;
}

const Form = ({ type, title, entry, categories, onClose, onReload }: FormProps) => {
  const text = useText();
  const notify = useNotify();
  const { can, sites, locales } = usePanel();
  const initial = useMemo(() => entry?.form ?? (type === 'items' ? emptyItem : emptyCategory), [entry, type]);
  const [values, setValues] = useState(initial);
  // Rich text is edited where there is an editor for it.
  const isPlain = toPlainText(initial.description ?? []) !== null;
  const [described, setDescribed] = useState(() => toPlainText(initial.description ?? []) ?? '');
  const [keyTyped, setKeyTyped] = useState(false);
  const [stale, setStale] = useState<Stale<Partial<EntryForm>> | null>(null);
  const { form, errors, show, clear } = useFieldErrors();
  const [create, creation] = useCreateEntryMutation();
  const [save, saving] = useSaveEntryMutation();
  const writable = can('inventory.write');
  const busy = creation.isLoading || saving.isLoading;

  const changed = (Object.keys(values) as Field[]).filter((field) => !same(values[field], initial[field]));
  const change = (next: Partial<EntryForm>) => {
    setValues((before) => ({ ...before, ...next }));
    for (const field of Object.keys(next)) clear(field);
  };
  const label = (field: Field): string => text(`entry.${field}` as TextKey);

  const submit = async (version = entry?.version) => {
    const changes = Object.fromEntries(changed.map((field) => [field, values[field]]));
    const result = entry
      ? await save({ type, documentId: entry.documentId, save: { version, form: changes } })
      : await create({ type, form: values });
    if (!('error' in result)) {
      notify.done(text('entry.saved', { name: values.name ?? '' }));
      // Nothing is unsaved any more, which the guard only learns with the next render.
      setValues(initial);
      setTimeout(onClose);
      return;
    }
    const conflict = staleOf<Partial<EntryForm>>(result.error);
    if (conflict) return setStale(conflict);
    const problems = fieldErrorsOf(result.error);
    show(Object.fromEntries(Object.entries(problems).map(([path, message]) => [path.replace(/^form\./, ''), message])));
    if (Object.keys(problems).length === 0) notify.failed(result.error);
  };

  const language = locales.find(({ code }) => code === entry?.locale)?.name ?? locales[0]?.name ?? '';
  const textField = (
    field: 'name' | 'provider' | 'providerPolicyUrl',
    more: { required?: boolean; hint?: string; placeholder?: string },
  ) => (
    <TextField
      name={field}
      label={label(field)}
      value={values[field] ?? ''}
      error={errors[field]}
      disabled={!writable}
      onChange={(value) =>
        change({
          [field]: field === 'name' ? value : value || null,
          ...(field === 'name' && !entry && !keyTyped && { key: keyFrom(value, type) }),
        })
      }
      {...more}
    />
  );

  return (
    <DrawerForm
      title={title}
      form={form}
      isUnsaved={writable && changed.length > 0 && !busy}
      onSubmit={() => submit()}
      onClose={onClose}
      closeText={text(writable ? 'entry.cancel' : 'entry.close')}
      actions={
        <>
          {entry && (
            <LinkButton
              tag={RouterLink}
              variant="tertiary"
              startIcon={<ExternalLink />}
              to={contentManagerPath(type === 'items' ? 'tracking-item' : 'category', entry.documentId, entry.locale)}
            >
              {text('entry.contentManager')}
            </LinkButton>
          )}
          {writable && (
            <Button type="submit" loading={busy} disabled={entry !== null && changed.length === 0}>
              {text('entry.save')}
            </Button>
          )}
        </>
      }
    >
      {stale && (
        <StaleNotice
          fields={(Object.keys(stale.current) as Field[])
            .filter((field) => !same(stale.current[field], values[field]))
            .map(label)}
          onReload={onReload}
          onOverwrite={() => {
            setStale(null);
            void submit(stale.version);
          }}
          onDismiss={() => setStale(null)}
        />
      )}
      {locales.length > 1 && (
        <Typography variant="pi" textColor="neutral600">
          {text('entry.language', { language })}
        </Typography>
      )}
      {textField('name', { required: true })}
      <TextField
        name="key"
        label={label('key')}
        hint={entry?.keyFixed ? text('entry.keyFixed') : text(`entry.keyHint.${type}`)}
        required
        value={values.key ?? ''}
        error={errors.key}
        disabled={!writable || entry?.keyFixed}
        onChange={(key) => {
          setKeyTyped(true);
          change({ key });
        }}
      />
      {type === 'items' && (
        <FormField name="category" label={label('category')} error={errors.category}>
          <SingleSelect
            value={values.category ?? UNCLASSIFIED_ITEMS}
            disabled={!writable}
            onChange={(id) => change({ category: id === UNCLASSIFIED_ITEMS ? null : String(id) })}
          >
            {[...categories, { documentId: UNCLASSIFIED_ITEMS, name: text('inventory.unclassified') }].map(
              ({ documentId, name }) => (
                <SingleSelectOption key={documentId} value={documentId}>
                  {name}
                </SingleSelectOption>
              ),
            )}
          </SingleSelect>
        </FormField>
      )}
      {type === 'categories' && (
        <FormField name="mode" label={label('mode')} error={errors.mode} required>
          <SingleSelect
            value={values.mode}
            disabled={!writable}
            onChange={(mode) => change({ mode: mode as CategoryMode })}
          >
            {categoryModes.map((mode) => (
              <SingleSelectOption key={mode} value={mode}>
                {text(`mode.${mode}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        </FormField>
      )}
      {!isPlain ? (
        <FormField name="description" label={label('description')}>
          <Typography textColor="neutral600">{text('entry.richText')}</Typography>
        </FormField>
      ) : (
        <TextField
          name="description"
          label={label('description')}
          hint={text('entry.descriptionHint')}
          rows={4}
          lang={entry?.locale}
          value={described}
          error={errors.description}
          disabled={!writable}
          onChange={(value) => {
            setDescribed(value);
            change({ description: fromPlainText(value) });
          }}
        />
      )}
      {type === 'items' && (
        <>
          {textField('provider', { hint: text('entry.providerHint') })}
          {textField('providerPolicyUrl', { placeholder: 'https://…' })}
          {sites.length > 1 && (
            <FormField name="sites" label={label('sites')} hint={text('entry.sitesHint')} error={errors.sites}>
              <MultiSelect
                withTags
                placeholder={text('inventory.anySite')}
                value={values.sites}
                disabled={!writable}
                onChange={(ids: string[]) => change({ sites: [...ids].sort() })}
                onClear={() => change({ sites: [] })}
              >
                {sites.map(({ documentId, name }) => (
                  <MultiSelectOption key={documentId} value={documentId}>
                    {name}
                  </MultiSelectOption>
                ))}
              </MultiSelect>
            </FormField>
          )}
          <StorageField
            name="storage"
            label={label('storage')}
            value={values.storage ?? []}
            disabled={!writable}
            error={errors.storage}
            rawError={storageErrors(errors)}
            onChange={(_name, rows) => change({ storage: rows as ItemForm['storage'] })}
          />
          <Checkbox
            checked={values.enabled}
            disabled={!writable}
            onCheckedChange={(enabled) => change({ enabled: enabled === true })}
          >
            {label('enabled')}
          </Checkbox>
        </>
      )}
      <SignalsField
        value={values.signals ?? null}
        categoryKey={type === 'categories' ? (values.key ?? '') : undefined}
        error={errors.signals}
        disabled={!writable}
        onChange={(signals) => change({ signals })}
      />
      {type === 'categories' && (
        <Checkbox
          checked={values.honoursGpc}
          disabled={!writable}
          onCheckedChange={(honoursGpc) => change({ honoursGpc: honoursGpc === true })}
        >
          {label('honoursGpc')}
        </Checkbox>
      )}
    </DrawerForm>
  );
};

interface Props {
  type: EntryType;
  /** `create`: a new one. */
  documentId: string;
  onClose: () => void;
}

/** Edits a tracking item or a category beside the list: all its facts, and its texts in the default language. */
export const EntryDrawer = ({ type, documentId, onClose }: Props) => {
  const text = useText();
  const isNew = documentId === 'create';
  const query = useEntryQuery({ type, documentId }, { skip: isNew, refetchOnMountOrArgChange: true });
  const list = useInventoryQuery({ pageSize: 1 });
  const categories = list.data?.categories ?? [];
  const title = (name?: string) =>
    isNew ? text(type === 'items' ? 'items.add' : 'inventory.addCategory') : (name ?? text('state.loading'));
  const { currentData } = query;

  if (isNew || currentData)
    return (
      <Form
        key={currentData?.version}
        type={type}
        title={title(currentData?.form.name)}
        entry={isNew ? null : currentData!}
        categories={categories}
        onClose={onClose}
        onReload={() => void query.refetch()}
      />
    );
  return (
    <Drawer title={title()} onClose={onClose}>
      <DrawerBody>
        <Loaded query={query} failed={text('entry.failed')}>
          {() => null}
        </Loaded>
      </DrawerBody>
    </Drawer>
  );
};

export default EntryDrawer;
