import { Field, Flex, IconButton, SingleSelect, SingleSelectOption, TextInput } from '@strapi/design-system';
import { ArrowDown, ArrowUp, Trash } from '@strapi/icons';
import { memo, type KeyboardEvent, type ReactNode } from 'react';
import { storageKinds, storageMatches, type StorageKind, type StorageMatch } from '../../../../contract';
import { useText } from '../../hooks/useText';
import { LifetimeInput } from './LifetimeInput';
import { PurposeInput } from './PurposeInput';
import type { StorageCell, StorageRow } from './StorageRow';
import { Cell, CellLabel, RowNumber } from './StorageTable';

/** Where in a row the focus can be sent to; the buttons and the name carry it as `data-target`. */
export type RowTarget = 'name' | 'up' | 'down';

interface Props {
  row: StorageRow;
  /** Name of the field in the form. */
  field: string;
  /** From 1. */
  position: number;
  count: number;
  disabled: boolean;
  problems: Partial<Record<StorageCell, string>>;
  /** Of the purposes, in the admin user's words; undefined if unknown. */
  language: string | undefined;
  locale: string | undefined;
  /** The purpose in the default language, to translate from. */
  otherPurpose: string | undefined;
  otherLanguage: string | undefined;
  otherLocale: string | undefined;
  onChange: (id: string, change: Partial<StorageRow>) => void;
  onLeave: (id: string, cell: StorageCell) => void;
  onMove: (id: string, by: -1 | 1, target: RowTarget) => void;
  onRemove: (id: string) => void;
}

/** One storage entry: a line with its facts, and one with its purpose in this language and what can be done with the row. */
export const StorageRowEditor = memo(function StorageRowEditor(props: Props) {
  const { row, field, position, count, disabled, problems, onChange, onLeave, onMove, onRemove } = props;
  const { language, locale, otherPurpose, otherLanguage, otherLocale } = props;
  const text = useText();

  const purposeLabel = language ? text('storage.purposeIn', { language }) : text('storage.purpose');
  const labelOf = (column: string) => text('storage.cell', { column, position });
  const cell = (name: StorageCell, column: string, input: ReactNode) => (
    <Cell role="cell">
      <CellLabel aria-hidden>{column}</CellLabel>
      <Field.Root name={`${field}.${position - 1}.${name}`} error={problems[name]} alignItems="stretch" gap={1}>
        {input}
        <Field.Error />
      </Field.Root>
    </Cell>
  );
  const moveByKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    if (event.key === 'ArrowUp') onMove(row.id, -1, 'up');
    else onMove(row.id, 1, 'down');
  };

  return (
    <tbody role="rowgroup" data-row={row.id} aria-label={text('storage.row', { position, name: row.name || '–' })}>
      <tr role="row">
        <RowNumber role="rowheader" scope="rowgroup" rowSpan={2}>
          {position}
        </RowNumber>
        {cell(
          'name',
          text('storage.name'),
          <TextInput
            size="S"
            data-target="name"
            aria-label={labelOf(text('storage.name'))}
            required
            maxLength={255}
            spellCheck={false}
            autoComplete="off"
            value={row.name}
            disabled={disabled}
            onChange={({ target }) => onChange(row.id, { name: target.value })}
            onBlur={() => onLeave(row.id, 'name')}
          />,
        )}
        {cell(
          'match',
          text('storage.match'),
          <SingleSelect
            size="S"
            aria-label={labelOf(text('storage.match'))}
            value={row.match}
            disabled={disabled}
            onChange={(match) => onChange(row.id, { match: match as StorageMatch })}
          >
            {storageMatches.map((match) => (
              <SingleSelectOption key={match} value={match}>
                {text(`storage.match.${match}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>,
        )}
        {cell(
          'kind',
          text('storage.kind'),
          <SingleSelect
            size="S"
            aria-label={labelOf(text('storage.kind'))}
            value={row.kind}
            disabled={disabled}
            onChange={(kind) => onChange(row.id, { kind: kind as StorageKind })}
          >
            {storageKinds.map((kind) => (
              <SingleSelectOption key={kind} value={kind}>
                {text(`storage.kind.${kind}`)}
              </SingleSelectOption>
            ))}
          </SingleSelect>,
        )}
        {cell(
          'domain',
          text('storage.domain'),
          <TextInput
            size="S"
            aria-label={labelOf(text('storage.domain'))}
            maxLength={253}
            placeholder={disabled ? undefined : text('storage.domain.own')}
            spellCheck={false}
            autoComplete="off"
            value={row.domain ?? ''}
            disabled={disabled}
            onChange={({ target }) => onChange(row.id, { domain: target.value || undefined })}
            onBlur={() => onLeave(row.id, 'domain')}
          />,
        )}
        {cell(
          'lifetime',
          text('storage.lifetime'),
          <LifetimeInput
            label={labelOf(text('storage.lifetime'))}
            value={row.lifetime}
            disabled={disabled}
            onChange={(lifetime) => onChange(row.id, { lifetime })}
            onBlur={() => onLeave(row.id, 'lifetime')}
          />,
        )}
      </tr>
      <tr role="row">
        <Cell role="cell" colSpan={disabled ? 5 : 4} $second>
          <PurposeInput
            label={purposeLabel}
            accessibleLabel={labelOf(purposeLabel)}
            name={`${field}.${position - 1}.purpose`}
            lang={locale}
            value={row.purpose ?? ''}
            disabled={disabled}
            error={problems.purpose}
            otherText={otherPurpose}
            otherLanguage={otherLanguage}
            otherLang={otherLocale}
            onChange={(purpose) => onChange(row.id, { purpose: purpose || undefined })}
          />
        </Cell>
        {!disabled && (
          <Cell role="cell" $second>
            <Flex gap={1} justifyContent="flex-end">
              <IconButton
                size="S"
                variant="ghost"
                label={text('storage.moveUp', { position })}
                data-target="up"
                disabled={position === 1}
                onKeyDown={moveByKey}
                onClick={() => onMove(row.id, -1, 'up')}
              >
                <ArrowUp />
              </IconButton>
              <IconButton
                size="S"
                variant="ghost"
                label={text('storage.moveDown', { position })}
                data-target="down"
                disabled={position === count}
                onKeyDown={moveByKey}
                onClick={() => onMove(row.id, 1, 'down')}
              >
                <ArrowDown />
              </IconButton>
              <IconButton
                size="S"
                variant="ghost"
                label={text('storage.remove', { position })}
                onClick={() => onRemove(row.id)}
              >
                <Trash />
              </IconButton>
            </Flex>
          </Cell>
        )}
      </tr>
    </tbody>
  );
});
