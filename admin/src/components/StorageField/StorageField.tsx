import { Badge, Box, Flex, TextButton, Typography, useNotifyAT, VisuallyHidden } from '@strapi/design-system';
import { PlusCircle } from '@strapi/icons';
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { useText } from '../../hooks/useText';
import { problemsOf } from './problemsOf';
import { newRow, rowsOf, type StorageCell, type StorageRow } from './StorageRow';
import { StorageRowEditor, type RowTarget } from './StorageRowEditor';
import { StorageTable, TableFrame } from './StorageTable';
import { useOtherLanguage } from './useOtherLanguage';
import { useServerProblems } from './useServerProblems';

/** What the Content Manager hands to the input of a custom field. */
export interface StorageFieldProps {
  name: string;
  label: string;
  value: unknown;
  onChange: (name: string, value: StorageRow[]) => void;
  disabled?: boolean;
  required?: boolean;
  hint?: ReactNode;
  labelAction?: ReactNode;
  /** About the field as a whole. */
  error?: string;
  /** The same, or what is wrong with single cells. */
  rawError?: unknown;
}

const noProblems = {};

const columns = [
  { name: 'name', width: '24%' },
  { name: 'match', width: '15%' },
  { name: 'kind', width: '19%' },
  { name: 'domain', width: '18%' },
  { name: 'lifetime', width: '24%' },
] as const;

type Target = { row: string; at: RowTarget } | 'add';

/** The tracking item's storage entries as a table to edit: facts shared by all languages, and the purpose in this one. */
export const StorageField = (props: StorageFieldProps) => {
  const { name, label, value, onChange, disabled = false, required, hint, labelAction, error, rawError } = props;
  const text = useText();
  const { locale: adminLocale } = useIntl();
  const { notifyStatus } = useNotifyAT();
  const { locale, other } = useOtherLanguage();
  const id = useId();
  const root = useRef<HTMLDivElement>(null);

  const rows = useMemo(
    // A language without rows of its own starts with the facts of the others.
    () => (value ? rowsOf(value) : (other?.rows ?? []).map(({ purpose: _purpose, ...facts }) => facts)),
    [value, other],
  );
  const latest = useRef(rows);
  latest.current = rows;
  // What is sent on save. A refused save is taken back by the form before it says why (see KeepRefusedEdits).
  const edited = useRef<StorageRow[] | null>(null);
  useEffect(() => {
    edited.current = null;
  }, [locale]);

  const problems = useMemo(() => problemsOf(rows), [rows]);
  const serverProblems = useServerProblems(rawError, () => edited.current ?? latest.current);
  // A cell is not called wrong before the editor has left it.
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const shownProblems = (row: StorageRow): Partial<Record<StorageCell, string>> => {
    const own = Object.entries(problems.get(row.id) ?? {}).filter(([cell]) => left.has(`${row.id}.${cell}`));
    const shown = { ...serverProblems(row), ...Object.fromEntries(own.map(([cell, key]) => [cell, text(key)])) };
    return Object.keys(shown).length ? shown : noProblems; // the same object, so that typing renders one row only
  };

  const focusNext = useRef<Target | null>(null);
  useLayoutEffect(() => {
    const target = focusNext.current;
    if (!target) return;
    focusNext.current = null;
    const place = target === 'add' ? '' : `[data-row="${CSS.escape(target.row)}"] `;
    const at = target === 'add' ? target : target.at;
    root.current?.querySelector<HTMLElement>(`${place}[data-target="${at}"]`)?.focus();
  }, [rows]);

  const change = useCallback(
    (next: StorageRow[]) => {
      latest.current = next;
      edited.current = next;
      onChange(name, next);
    },
    [name, onChange],
  );
  const changeRow = useCallback(
    (rowId: string, changed: Partial<StorageRow>) =>
      change(latest.current.map((row) => (row.id === rowId ? { ...row, ...changed } : row))),
    [change],
  );
  const leave = useCallback((rowId: string, cell: StorageCell) => {
    setLeft((cells) => (cells.has(`${rowId}.${cell}`) ? cells : new Set(cells).add(`${rowId}.${cell}`)));
  }, []);
  const add = () => {
    const row = newRow();
    focusNext.current = { row: row.id, at: 'name' };
    change([...latest.current, row]);
    notifyStatus(text('storage.added', { position: latest.current.length }));
  };
  const remove = useCallback(
    (rowId: string) => {
      const index = latest.current.findIndex((row) => row.id === rowId);
      const next = latest.current.filter((row) => row.id !== rowId);
      const neighbour = next[Math.min(index, next.length - 1)];
      focusNext.current = neighbour ? { row: neighbour.id, at: 'name' } : 'add';
      change(next);
      notifyStatus(text('storage.removed', { position: index + 1, count: next.length }));
    },
    [change, notifyStatus, text],
  );
  const move = useCallback(
    (rowId: string, by: -1 | 1, at: RowTarget) => {
      const from = latest.current.findIndex((row) => row.id === rowId);
      const to = from + by;
      if (to < 0 || to >= latest.current.length) return;
      const next = [...latest.current];
      next.splice(to, 0, ...next.splice(from, 1));
      focusNext.current = { row: rowId, at };
      change(next);
      notifyStatus(text('storage.moved', { position: to + 1, count: next.length }));
    },
    [change, notifyStatus, text],
  );

  const languageOf = (code: string) => new Intl.DisplayNames(adminLocale, { type: 'language' }).of(code) ?? code;
  return (
    <Flex
      ref={root}
      direction="column"
      alignItems="stretch"
      gap={1}
      role="group"
      aria-labelledby={`${id}-label`}
      aria-describedby={error ? `${id}-error` : `${id}-hint`}
    >
      <Flex gap={1}>
        <Typography id={`${id}-label`} variant="pi" fontWeight="bold" textColor="neutral800">
          {label}
          {required && <Typography textColor="danger600">*</Typography>}
        </Typography>
        {labelAction}
        {rows.length > 0 && <Badge>{rows.length}</Badge>}
      </Flex>
      <TableFrame>
        {rows.length > 0 ? (
          <StorageTable role="table" aria-labelledby={`${id}-label`}>
            <thead role="rowgroup">
              <tr role="row">
                <Box tag="th" scope="col" role="columnheader" width="3.6rem">
                  <VisuallyHidden>{text('storage.position')}</VisuallyHidden>
                </Box>
                {columns.map((column) => (
                  <Box tag="th" key={column.name} scope="col" role="columnheader" width={column.width}>
                    <Typography variant="sigma" textColor="neutral600">
                      {text(`storage.${column.name}`)}
                    </Typography>
                  </Box>
                ))}
              </tr>
            </thead>
            {rows.map((row, index) => (
              <StorageRowEditor
                key={row.id}
                row={row}
                field={name}
                position={index + 1}
                count={rows.length}
                disabled={disabled}
                problems={shownProblems(row)}
                language={locale && languageOf(locale)}
                locale={locale}
                otherPurpose={other?.rows.find(({ id }) => id === row.id)?.purpose}
                otherLanguage={other ? languageOf(other.locale) : undefined}
                otherLocale={other?.locale}
                onChange={changeRow}
                onLeave={leave}
                onMove={move}
                onRemove={remove}
              />
            ))}
          </StorageTable>
        ) : (
          <Box padding={6}>
            <Typography tag="p" textAlign="center" textColor="neutral600">
              {text(disabled ? 'storage.none' : 'storage.empty')}
            </Typography>
          </Box>
        )}
        {!disabled && (
          <Flex justifyContent="center" padding={3} borderColor="neutral150" borderStyle="solid" borderWidth="1px 0 0">
            <TextButton data-target="add" startIcon={<PlusCircle />} onClick={add}>
              {text('storage.add')}
            </TextButton>
          </Flex>
        )}
      </TableFrame>
      {error && (
        <Typography id={`${id}-error`} tag="p" variant="pi" textColor="danger600">
          {error}
        </Typography>
      )}
      <Typography id={`${id}-hint`} tag="p" variant="pi" textColor="neutral600">
        {hint ? <>{hint} </> : null}
        {text('storage.shared')}
      </Typography>
    </Flex>
  );
};
