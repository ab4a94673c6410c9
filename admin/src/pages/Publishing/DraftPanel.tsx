import { Alert, Box, Button, Field, Flex, Textarea, Typography } from '@strapi/design-system';
import { Eye } from '@strapi/icons';
import { lazy, Suspense, useState } from 'react';
import type { Draft, PublishingState } from '../../../../contract';
import type { ApiError } from '../../api/errors';
import { useDraftQuery, usePublishMutation } from '../../api/publishing';
import { Loaded, LoadingState } from '../../components/PageStates';
import { Panel } from '../../components/Panel';
import { Problems } from '../../components/Problems';
import { useFieldErrors } from '../../hooks/useFieldErrors';
import { useNotify } from '../../hooks/useNotify';
import { useText } from '../../hooks/useText';
import { useUnsavedChanges } from '../../components/UnsavedChanges';
import { Diff } from './Diff';
import { Findings, keyOfFinding } from './Findings';

const DraftPreview = lazy(() => import('../../components/Preview/DraftPreview'));

const isChange = ({ diff }: Draft): boolean =>
  diff.total > 0 || diff.addedLocales.length > 0 || diff.removedLocales.length > 0;

const PublishForm = ({ site, draft }: { site: string; draft: Draft }) => {
  const text = useText();
  const notify = useNotify();
  const { form, errors, show, clear } = useFieldErrors<HTMLDivElement>();
  const [publish, { isLoading }] = usePublishMutation();
  const [note, setNote] = useState('');
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [stale, setStale] = useState(false);
  const { question } = useUnsavedChanges(!isLoading && (note !== '' || Object.keys(typed).length > 0));

  const known = Object.fromEntries(
    draft.acknowledged.map((acknowledgement) => [keyOfFinding(acknowledgement), acknowledgement.reason]),
  );
  const reasons = { ...known, ...typed };
  const open = draft.findings.filter(({ severity }) => severity !== 'hint');

  const send = async () => {
    const missing = open.filter((finding) => !reasons[keyOfFinding(finding)]?.trim());
    if (missing.length > 0)
      return show(Object.fromEntries(missing.map((finding) => [keyOfFinding(finding), 'missing'])));
    const result = await publish({
      site,
      draft: draft.token,
      note,
      acknowledged: open.map((finding) => ({
        rule: finding.rule,
        path: finding.path,
        ...(finding.locale && { locale: finding.locale }),
        reason: reasons[keyOfFinding(finding)]!,
      })),
    });
    if (!('error' in result)) {
      setNote('');
      setTyped({});
      setStale(false);
      return notify.done(text('publish.done'));
    }
    // What there is now was asked for again, and is shown.
    if ((result.error as ApiError).status === 409) setStale(true);
    else notify.failed(result.error);
  };

  return (
    <Flex ref={form} direction="column" alignItems="stretch" gap={5}>
      {question}
      {stale && (
        <Alert
          variant="warning"
          title={text('publish.stale.title')}
          closeLabel={text('publish.stale.close')}
          onClose={() => setStale(false)}
        >
          {text('publish.stale.explain')}
        </Alert>
      )}
      {draft.findings.length > 0 && (
        <Box>
          <Typography tag="h3" variant="omega" fontWeight="bold" paddingBottom={3}>
            {text('publish.findings', { count: draft.findings.length })}
          </Typography>
          <Findings
            site={site}
            findings={draft.findings}
            reasons={reasons}
            missing={new Set(Object.keys(errors))}
            onReason={(keys, reason) => {
              keys.forEach(clear);
              setTyped((before) => ({ ...before, ...Object.fromEntries(keys.map((key) => [key, reason])) }));
            }}
          />
        </Box>
      )}
      <Field.Root name="note" hint={text('publish.note.hint')}>
        <Field.Label>{text('publish.note')}</Field.Label>
        <Textarea
          value={note}
          maxLength={2000}
          onChange={({ target }: { target: { value: string } }) => setNote(target.value)}
        />
        <Field.Hint />
      </Field.Root>
      <Flex justifyContent="flex-end">
        <Button onClick={send} loading={isLoading}>
          {text('publish.now')}
        </Button>
      </Flex>
    </Flex>
  );
};

/** What would be published now, and in manual mode the way to do it. */
export const DraftPanel = ({ state: { site, mode, canPublish, live } }: { state: PublishingState }) => {
  const text = useText();
  const query = useDraftQuery(site, { refetchOnMountOrArgChange: true });
  const [previewed, setPreviewed] = useState(false);

  return (
    <Panel
      title={text('publish.draft')}
      actions={
        <Button variant="tertiary" size="S" startIcon={<Eye />} onClick={() => setPreviewed(true)}>
          {text('publish.preview')}
        </Button>
      }
    >
      {previewed && query.currentData && (
        <Suspense fallback={<LoadingState />}>
          <DraftPreview
            site={site}
            locales={query.currentData.locales}
            first={query.currentData.defaultLocale}
            onClose={() => setPreviewed(false)}
          />
        </Suspense>
      )}
      <Loaded query={query} failed={text('publish.draft.failed')}>
        {(draft) => (
          <Flex direction="column" alignItems="stretch" gap={5}>
            {draft.problems.length > 0 ? (
              <Problems problems={draft.problems} />
            ) : isChange(draft) ? (
              live ? (
                <Diff diff={draft.diff} />
              ) : (
                <Typography textColor="neutral600">{text('publish.draft.first')}</Typography>
              )
            ) : (
              <Typography textColor="neutral600">{text(`publish.draft.none.${mode}`)}</Typography>
            )}
            {draft.problems.length === 0 &&
              (mode === 'manual' && canPublish && isChange(draft) ? (
                <PublishForm site={site} draft={draft} />
              ) : (
                draft.findings.length > 0 && (
                  <Box>
                    <Typography tag="h3" variant="omega" fontWeight="bold" paddingBottom={3}>
                      {text('publish.findings', { count: draft.findings.length })}
                    </Typography>
                    <Findings site={site} findings={draft.findings} atFirst={20} />
                  </Box>
                )
              ))}
          </Flex>
        )}
      </Loaded>
    </Panel>
  );
};
