import { Alert, Badge, Box, Button, Checkbox, Field, Flex, Modal, Typography } from '@strapi/design-system';
import { useMemo, useState } from 'react';
import { styled } from 'styled-components';
import type { ImportedChange, ImportPreview, PanelLocale, StaleText } from '../../../../contract';
import { staleOf, type ApiError } from '../../api/errors';
import { usePreviewImportMutation, useSaveTranslationsMutation } from '../../api/translations';
import { Drawer, DrawerBody } from '../../components/Drawer';
import { useUnsavedChanges } from '../../components/UnsavedChanges';
import { useNotify } from '../../hooks/useNotify';
import { useText } from '../../hooks/useText';
import { useFieldName } from './useFieldName';

const SAVED_AT_ONCE = 50;
const SAVED_CHARACTERS = 200_000;
const SHOWN_AT_ONCE = 50;

const Change = styled.li`
  padding-block: ${({ theme }) => theme.spaces[3]};
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
`;

const Sides = styled.dl`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr));
  gap: ${({ theme }) => theme.spaces[3]};
  padding-block-start: ${({ theme }) => theme.spaces[2]};
  padding-inline-start: ${({ theme }) => theme.spaces[7]};

  dd {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
`;

const FileInput = styled.input`
  font-size: ${({ theme }) => theme.fontSizes[2]};
  color: ${({ theme }) => theme.colors.neutral800};

  &::file-selector-button {
    margin-inline-end: ${({ theme }) => theme.spaces[3]};
    padding: ${({ theme }) => `${theme.spaces[2]} ${theme.spaces[4]}`};
    border: 1px solid ${({ theme }) => theme.colors.neutral200};
    border-radius: ${({ theme }) => theme.borderRadius};
    background: ${({ theme }) => theme.colors.neutral0};
    color: inherit;
    font: inherit;
    font-weight: 500;
    cursor: pointer;
  }

  &:hover::file-selector-button {
    background: ${({ theme }) => theme.colors.neutral100};
  }
`;

/** As many as go into one request. */
const batchOf = (changes: ImportedChange[]): ImportedChange[] => {
  let characters = 0;
  const end = changes.findIndex(({ after }, index) => {
    characters += after.length;
    return index >= SAVED_AT_ONCE || (index > 0 && characters > SAVED_CHARACTERS);
  });
  return end < 0 ? changes : changes.slice(0, end);
};

/** Lines of a refused file, in their order; empty where something else went wrong. */
const problemsOf = (error: unknown): { line: string; message: string }[] => {
  const { errors } = ((error as ApiError).details ?? {}) as { errors?: { path: string[]; message: string }[] };
  return (errors ?? []).flatMap(({ path: [what, line], message }) =>
    what === 'file' && line ? [{ line, message }] : [],
  );
};

/** Reads a file of translators, shows exactly what it would change, and saves what of it is chosen. */
export const ImportDrawer = ({ locale, onClose }: { locale: PanelLocale; onClose: () => void }) => {
  const text = useText();
  const notify = useNotify();
  const fieldName = useFieldName();
  const [read, reading] = usePreviewImportMutation();
  const [save] = useSaveTranslationsMutation();
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [problems, setProblems] = useState<{ line: string; message: string }[]>([]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  const [saved, setSaved] = useState<{ done: number; count: number } | null>(null);
  const [stale, setStale] = useState(0);
  const { question, leave } = useUnsavedChanges(preview !== null && preview.changes.length > 0);

  const open = async (file: File | undefined) => {
    if (!file) return;
    setPreview(null);
    setProblems([]);
    setStale(0);
    const result = await read({ locale: locale.code, file });
    if ('error' in result) {
      const lines = problemsOf(result.error);
      setProblems(lines);
      if (lines.length === 0) notify.failed(result.error);
      return;
    }
    setPreview(result.data);
    setShown(SHOWN_AT_ONCE);
    // What would undo somebody's work is not chosen for the user.
    setChosen(new Set(result.data.changes.filter(({ conflict }) => !conflict).map(({ id }) => id)));
  };

  const apply = async () => {
    let waiting = preview!.changes.filter(({ id }) => chosen.has(id));
    let left = preview!.changes;
    const count = waiting.length;
    let [done, refused] = [0, 0];
    const without = (from: ImportedChange[], some: { id: string }[]) => {
      const ids = new Set(some.map(({ id }) => id));
      return from.filter(({ id }) => !ids.has(id));
    };
    const stop = () => {
      setSaved(null);
      setPreview({ ...preview!, changes: left });
      setChosen(new Set(waiting.map(({ id }) => id)));
      setStale(refused);
      if (done > 0) notify.done(text('translations.saved', { count: done }));
    };
    while (waiting.length > 0) {
      setSaved({ done, count });
      const batch = batchOf(waiting);
      const result = await save({
        locale: locale.code,
        changes: batch.map(({ id, after, version }) => ({ id, text: after, version })),
      });
      if (!('error' in result)) {
        waiting = without(waiting, batch);
        left = without(left, batch);
        done += batch.length;
        continue;
      }
      const conflict = staleOf<StaleText[]>(result.error);
      if (!conflict) {
        notify.failed(result.error);
        return stop();
      }
      // Somebody has changed these since the preview: they are shown anew, and the others go on.
      const theirs = new Map(conflict.current.map((each) => [each.id, each]));
      waiting = without(waiting, conflict.current);
      left = left.map((change) => {
        const now = theirs.get(change.id);
        return now ? { ...change, before: now.text, version: now.version, conflict: true } : change;
      });
      refused += theirs.size;
    }
    stop();
    if (refused === 0) {
      // Nothing is unsaved any more, which the guard only learns with the next render.
      setPreview(null);
      setTimeout(onClose);
    }
  };

  const changes = preview?.changes ?? [];
  const all = changes.length > 0 && chosen.size === changes.length;
  const languages = useMemo(() => text('translations.import.title', { language: locale.name }), [locale, text]);
  return (
    <Drawer title={languages} onClose={() => leave(onClose)}>
      {question}
      <DrawerBody>
        <Flex direction="column" alignItems="stretch" gap={5}>
          <Field.Root name="file" hint={text('translations.import.explain')}>
            <Field.Label>{text('translations.import.file')}</Field.Label>
            <FileInput
              id="translations-file"
              type="file"
              aria-label={text('translations.import.file')}
              accept=".xlf,.xliff,.xml,.csv,.tsv,.txt"
              disabled={reading.isLoading || saved !== null}
              // Browsers say nothing of a file that is chosen again, which is what one does after mending it.
              onClick={({ currentTarget }) => {
                currentTarget.value = '';
              }}
              onChange={({ target }) => void open(target.files?.[0])}
            />
            <Field.Hint />
          </Field.Root>
          {problems.length > 0 && (
            <Box role="alert" background="danger100" borderColor="danger200" hasRadius padding={4}>
              <Typography tag="h3" variant="omega" fontWeight="bold" textColor="danger700">
                {text('translations.import.refused')}
              </Typography>
              <ul>
                {problems.map(({ line, message }, index) => (
                  <li key={index}>
                    <Typography textColor="neutral800">
                      {text('translations.import.line', { line, message })}
                    </Typography>
                  </li>
                ))}
              </ul>
            </Box>
          )}
          {stale > 0 && (
            <Alert
              variant="warning"
              title={text('stale.title')}
              closeLabel={text('entry.close')}
              onClose={() => setStale(0)}
            >
              {text('translations.import.stale', { count: stale })}
            </Alert>
          )}
          {preview && (
            <Box>
              <Typography tag="p" role="status" textColor="neutral800" paddingBottom={4}>
                {changes.length === 0
                  ? text('translations.import.nothing')
                  : text('translations.import.summary', {
                      changes: changes.length,
                      unchanged: preview.unchanged,
                      empty: preview.empty,
                    })}
              </Typography>
              {changes.length > 0 && (
                <Box paddingBottom={3}>
                  <Checkbox
                    checked={all ? true : chosen.size > 0 ? 'indeterminate' : false}
                    onCheckedChange={() => setChosen(new Set(all ? [] : changes.map(({ id }) => id)))}
                  >
                    {text('translations.import.all')}
                  </Checkbox>
                </Box>
              )}
              <ul>
                {changes.slice(0, shown).map((change) => (
                  <Change key={change.id}>
                    <Flex gap={2} wrap="wrap">
                      <Checkbox
                        aria-label={text('translations.import.select', { name: change.name, field: fieldName(change) })}
                        checked={chosen.has(change.id)}
                        onCheckedChange={(isChosen) =>
                          setChosen((before) => {
                            const next = new Set(before);
                            if (isChosen === true) next.add(change.id);
                            else next.delete(change.id);
                            return next;
                          })
                        }
                      />
                      <Typography fontWeight="bold" textColor="neutral800">
                        {change.name}, {fieldName(change)}
                      </Typography>
                      {change.conflict && (
                        <Badge size="S" backgroundColor="danger100" textColor="danger700">
                          {text('translations.import.conflict')}
                        </Badge>
                      )}
                      {change.sourceChanged && (
                        <Badge size="S" backgroundColor="warning100" textColor="neutral800">
                          {text('translations.import.sourceChanged')}
                        </Badge>
                      )}
                      {change.placeholders.length > 0 && (
                        <Badge size="S" backgroundColor="warning100" textColor="neutral800">
                          {text('translations.import.placeholders', { names: change.placeholders.join(', ') })}
                        </Badge>
                      )}
                    </Flex>
                    <Sides lang={locale.code}>
                      {(['before', 'after'] as const).map((side) => (
                        <div key={side}>
                          <Typography tag="dt" variant="sigma" textColor="neutral600">
                            {text(`translations.import.${side}`)}
                          </Typography>
                          <Typography tag="dd" dir="auto" textColor={side === 'after' ? 'success700' : 'neutral800'}>
                            {change[side] || '–'}
                          </Typography>
                        </div>
                      ))}
                    </Sides>
                  </Change>
                ))}
              </ul>
              {changes.length > shown && (
                <Button variant="tertiary" onClick={() => setShown(shown + SHOWN_AT_ONCE)}>
                  {text('state.more')}
                </Button>
              )}
            </Box>
          )}
        </Flex>
      </DrawerBody>
      <Modal.Footer>
        <Button variant="tertiary" disabled={saved !== null} onClick={() => leave(onClose)}>
          {text('entry.cancel')}
        </Button>
        <Flex gap={3}>
          {saved && (
            <Typography role="status" textColor="neutral600">
              {text('translations.import.progress', saved)}
            </Typography>
          )}
          <Button disabled={chosen.size === 0 || !preview} loading={saved !== null} onClick={() => void apply()}>
            {text('translations.import.apply', { count: preview ? chosen.size : 0 })}
          </Button>
        </Flex>
      </Modal.Footer>
    </Drawer>
  );
};

export default ImportDrawer;
