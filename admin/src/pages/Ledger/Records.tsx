import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { lazy, Suspense, useEffect, useState } from 'react';
import { styled } from 'styled-components';
import { consentSources, type ConsentSource, type RecordPage, type RecordQuery } from '../../../../contract';
import { fieldErrorsOf } from '../../api/errors';
import { useRecordsQuery } from '../../api/ledger';
import { Choice } from '../../components/Choice';
import { DayField } from '../../components/DayField';
import { EntryTable, OpenButton } from '../../components/EntryTable';
import { FilterRow } from '../../components/FilterRow';
import { TextField } from '../../components/FormField';
import { EmptyState, Loaded } from '../../components/PageStates';
import { Panel } from '../../components/Panel';
import { useFieldErrors } from '../../hooks/useFieldErrors';
import { useText } from '../../hooks/useText';
import { Choices } from './Choices';
import { LedgerVerification } from './LedgerVerification';

const RecordDrawer = lazy(() => import('./RecordDrawer'));

const Pair = styled.div`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr));
  align-items: start;
  gap: ${({ theme }) => theme.spaces[4]};
`;

interface Typed {
  id: string;
  subject: string;
  source: ConsentSource | undefined;
  from: string | undefined;
  to: string | undefined;
}

const DAY_MS = 86_400_000;

/** An ID or a visitor stands for itself; everything else narrows the site's records. Days are those of UTC. */
const queryOf = (site: string, { id, subject, source, from, to }: Typed): RecordQuery => {
  if (id.trim()) return { id: id.trim() };
  return {
    site,
    ...(subject.trim() && { subject: subject.trim() }),
    ...(source && { source }),
    ...(from && { from: `${from}T00:00:00.000Z` }),
    ...(to && { to: new Date(Date.parse(`${to}T00:00:00Z`) + DAY_MS).toISOString() }),
  };
};

interface PageProps {
  query: RecordQuery;
  onOpen: (id: string) => void;
  children: (page: RecordPage) => React.ReactNode;
}

/** A page of records, and after it the next one when it is asked for. */
const Page = ({ query, onOpen, children }: PageProps) => {
  const text = useText();
  const answer = useRecordsQuery(query, { refetchOnMountOrArgChange: true });
  if (Object.keys(fieldErrorsOf(answer.error)).length > 0) return null; // the form says so
  return (
    <Loaded query={answer} failed={text('ledger.failed')}>
      {(page) => (
        <>
          {page.records.length > 0 && (
            <EntryTable
              label={text('ledger.tab.records')}
              headings={[text('ledger.decidedAt'), text('ledger.source'), text('ledger.choices')]}
              rows={page.records.map((record) => ({
                key: record.id,
                cells: [
                  <OpenButton
                    at={record.decidedAt}
                    label={(date) => text('ledger.open', { date })}
                    onOpen={() => onOpen(record.id)}
                  />,
                  <Typography textColor="neutral800">{text(`ledger.source.${record.source}`)}</Typography>,
                  <Choices choices={record.choices} names={page.names} />,
                ],
              }))}
            />
          )}
          {children(page)}
        </>
      )}
    </Loaded>
  );
};

/** Finds consents by their ID, by visitor, day and source; and verifies the ledger. */
const Records = ({ site }: { site: string }) => {
  const text = useText();
  const [typed, setTyped] = useState<Typed>({ id: '', subject: '', source: undefined, from: undefined, to: undefined });
  const [pages, setPages] = useState<RecordQuery[]>([queryOf(site, typed)]);
  const [opened, setOpened] = useState<string | null>(null);
  const { form, errors, show, clear } = useFieldErrors();
  const { error } = useRecordsQuery(pages[0]!);
  useEffect(() => show(fieldErrorsOf(error)), [error, show]);
  const change = (changes: Partial<Typed>) => {
    setTyped((before) => ({ ...before, ...changes }));
    Object.keys(changes).forEach((field) => clear(field));
  };
  return (
    <Flex direction="column" alignItems="stretch" gap={6} paddingBottom={8}>
      <LedgerVerification onOpen={setOpened} />
      <Panel title={text('ledger.tab.records')}>
        <form
          ref={form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setPages([queryOf(site, typed)]);
          }}
        >
          <Flex direction="column" alignItems="stretch" gap={4}>
            <Pair>
              <TextField
                name="id"
                label={text('ledger.id')}
                value={typed.id}
                error={errors.id}
                onChange={(id) => change({ id })}
              />
              <TextField
                name="subject"
                label={text('ledger.subject')}
                hint={text('ledger.subject.hint')}
                value={typed.subject}
                error={errors.subject}
                onChange={(subject) => change({ subject })}
              />
            </Pair>
            <FilterRow alignItems={errors.from || errors.to ? 'flex-start' : 'flex-end'}>
              <DayField
                name="from"
                label={text('ledger.from')}
                value={typed.from ?? ''}
                error={errors.from}
                onChange={(from) => change({ from })}
              />
              <DayField
                name="to"
                label={text('ledger.to')}
                value={typed.to ?? ''}
                error={errors.to}
                onChange={(to) => change({ to })}
              />
              <Choice
                label={text('ledger.anySource')}
                value={typed.source}
                options={consentSources.map((value) => ({ value, label: text(`ledger.source.${value}`) }))}
                onChoose={(source) => change({ source: source as ConsentSource | undefined })}
              />
              <Button type="submit">{text('ledger.search')}</Button>
            </FilterRow>
          </Flex>
        </form>
        <Box paddingTop={5}>
          {pages.map((query, index) => (
            <Page key={JSON.stringify(query)} query={query} onOpen={setOpened}>
              {({ records, next }) =>
                index === pages.length - 1 &&
                (next !== null ? (
                  <Box paddingTop={4}>
                    <Button variant="tertiary" onClick={() => setPages([...pages, { ...query, after: next }])}>
                      {text('state.more')}
                    </Button>
                  </Box>
                ) : (
                  index === 0 && records.length === 0 && <EmptyState content={text('ledger.records.none')} />
                ))
              }
            </Page>
          ))}
        </Box>
      </Panel>
      <Suspense>{opened && <RecordDrawer id={opened} onClose={() => setOpened(null)} />}</Suspense>
    </Flex>
  );
};

export default Records;
