import { Badge, Box, Button, Flex, Typography } from '@strapi/design-system';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { styled } from 'styled-components';
import type { PanelLocale, StaleText, TranslationRow } from '../../../../contract';
import { fieldErrorsOf, staleOf } from '../../api/errors';
import { useSaveTranslationsMutation } from '../../api/translations';
import { contentManagerPath } from '../../components/contentManagerPath';
import { EntryLink } from '../../components/EntryLink';
import { StaleNotice } from '../../components/StaleNotice';
import { useUnsavedChanges } from '../../components/UnsavedChanges';
import { useFieldErrors } from '../../hooks/useFieldErrors';
import { useNotify } from '../../hooks/useNotify';
import { usePanel } from '../../hooks/usePanel';
import { useText } from '../../hooks/useText';
import { TextRow } from './TextRow';
import { useFieldName } from './useFieldName';

const SaveBar = styled(Flex)`
  position: sticky;
  bottom: 0;
  z-index: 1;
  background: ${({ theme }) => theme.colors.neutral0};
  border-top: 1px solid ${({ theme }) => theme.colors.neutral200};
`;

/** What was typed, and what it was built on. */
interface Edit {
  row: TranslationRow;
  text: string;
  version: string;
}

/** Rows one after the other, with the entry that they belong to. */
const byEntry = (rows: TranslationRow[]): TranslationRow[][] => {
  const groups: TranslationRow[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.[0]!.documentId === row.documentId) last.push(row);
    else groups.push([row]);
  }
  return groups;
};

interface Props {
  rows: TranslationRow[];
  locale: PanelLocale;
  sourceLocale: string;
  /** ID of the text that the page was opened for. */
  at: string | undefined;
}

/** Texts beside their translations, edited in place and saved together. */
export const SideBySide = ({ rows, locale, sourceLocale, at }: Props) => {
  const text = useText();
  const notify = useNotify();
  const fieldName = useFieldName();
  const writable = usePanel().can('translations.write');
  const [edits, setEdits] = useState<ReadonlyMap<string, Edit>>(new Map());
  const [stale, setStale] = useState<StaleText[]>([]);
  const { form, errors, show, clear } = useFieldErrors();
  const [save, { isLoading }] = useSaveTranslationsMutation();
  const { question } = useUnsavedChanges(edits.size > 0 && !isLoading);

  useEffect(() => {
    const rowAt = [...(form.current?.querySelectorAll<HTMLElement>('[data-text]') ?? [])].find(
      ({ dataset }) => dataset.text === at,
    );
    const input = rowAt?.querySelector<HTMLElement>('input, textarea');
    input?.scrollIntoView({ block: 'center' });
    input?.focus({ preventScroll: true });
  }, [at, form]);

  const change = useCallback(
    (row: TranslationRow, value: string) => {
      clear(row.id);
      setEdits((before) => {
        const next = new Map(before);
        if (value === row.target) next.delete(row.id);
        else next.set(row.id, { row, text: value, version: before.get(row.id)?.version ?? row.version });
        return next;
      });
    },
    [clear],
  );

  const send = async (changed: ReadonlyMap<string, Edit>) => {
    const changes = [...changed].map(([id, edit]) => ({ id, text: edit.text, version: edit.version }));
    const result = await save({ locale: locale.code, changes });
    if (!('error' in result)) {
      setEdits(new Map());
      setStale([]);
      return notify.done(text('translations.saved', { count: result.data.saved }));
    }
    const conflict = staleOf<StaleText[]>(result.error);
    if (conflict) return setStale(conflict.current);
    const problems = fieldErrorsOf(result.error);
    show(problems);
    if (Object.keys(problems).length === 0) notify.failed(result.error);
  };

  /** Takes what somebody else has saved; what else was typed stays. */
  const takeTheirs = () => {
    setEdits((before) => {
      const next = new Map(before);
      for (const { id } of stale) next.delete(id);
      return next;
    });
    setStale([]);
  };
  const saveMine = () => {
    const next = new Map(edits);
    for (const { id, version } of stale) if (next.has(id)) next.set(id, { ...next.get(id)!, version });
    setEdits(next);
    setStale([]);
    void send(next);
  };

  const theirs = useMemo(() => new Map(stale.map((each) => [each.id, each.text])), [stale]);
  const groups = useMemo(() => byEntry(rows), [rows]);
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send(edits);
      }}
    >
      {question}
      {stale.length > 0 && (
        <Box paddingBottom={4}>
          <StaleNotice
            fields={stale.flatMap(({ id }) => {
              const row = edits.get(id)?.row;
              return row ? [`${row.name}, ${fieldName(row)} (“${theirs.get(id)}”)`] : [];
            })}
            onReload={takeTheirs}
            onOverwrite={saveMine}
            onDismiss={() => setStale([])}
          />
        </Box>
      )}
      {groups.map((group) => {
        const { id, type, documentId, name, enabled } = group[0]!;
        return (
          <Box key={id} tag="section" aria-label={name} paddingBottom={4}>
            <Flex gap={2} wrap="wrap" paddingTop={4} paddingBottom={3}>
              <Typography tag="h2" variant="delta">
                {name}
              </Typography>
              <Badge size="S">{text(`type.${type}`)}</Badge>
              {!enabled && <Badge size="S">{text('items.disabled')}</Badge>}
              <Typography variant="pi">
                <EntryLink to={contentManagerPath(type, documentId, locale.code)}>
                  {text('entry.contentManager')}
                </EntryLink>
              </Typography>
            </Flex>
            <ul>
              {group.map((row) => (
                <TextRow
                  key={row.id}
                  row={row}
                  value={edits.get(row.id)?.text ?? row.target}
                  error={errors[row.id]}
                  locale={locale.code}
                  language={locale.name}
                  sourceLocale={sourceLocale}
                  writable={writable}
                  onChange={change}
                />
              ))}
            </ul>
          </Box>
        );
      })}
      {edits.size > 0 && (
        <SaveBar justifyContent="flex-end" gap={2} paddingTop={3} paddingBottom={3}>
          <Typography role="status" textColor="neutral600">
            {text('translations.changed', { count: edits.size })}
          </Typography>
          <Button variant="tertiary" onClick={() => setEdits(new Map())}>
            {text('translations.discard')}
          </Button>
          <Button type="submit" loading={isLoading}>
            {text('entry.save')}
          </Button>
        </SaveBar>
      )}
    </form>
  );
};
