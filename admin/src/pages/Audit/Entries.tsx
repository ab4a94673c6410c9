import { Badge, Box, Button, Typography } from '@strapi/design-system';
import { useState, type ReactNode } from 'react';
import type { AuditNarrowing, AuditPage, AuditQuery } from '../../../../contract';
import { fieldErrorsOf } from '../../api/errors';
import { useAuditPageQuery } from '../../api/audit';
import { EntryTable, OpenButton } from '../../components/EntryTable';
import { EmptyState, Loaded } from '../../components/PageStates';
import { useText } from '../../hooks/useText';
import { useSentence } from './useSentence';

interface PageProps {
  query: AuditQuery;
  onOpen: (id: string) => void;
  children: (page: AuditPage) => ReactNode;
}

const Outcome = ({ outcome }: Pick<AuditPage['entries'][number], 'outcome'>) => {
  const text = useText();
  if (outcome === 'ok') return null;
  const [background, color] = outcome === 'refused' ? ['warning100', 'warning700'] : ['danger100', 'danger700'];
  return (
    <Badge size="S" backgroundColor={background} textColor={color}>
      {text(`audit.outcome.${outcome}`)}
    </Badge>
  );
};

/** A page of entries, and after it the next one when it is asked for. */
const Page = ({ query, onOpen, children }: PageProps) => {
  const text = useText();
  const { say, siteName } = useSentence();
  const answer = useAuditPageQuery(query, { refetchOnMountOrArgChange: true });
  const problem = Object.values(fieldErrorsOf(answer.error))[0];
  return (
    <Loaded query={answer} failed={problem ?? text('audit.failed')}>
      {(page) => (
        <>
          {page.entries.length > 0 && (
            <EntryTable
              label={text('audit.entries')}
              headings={[text('audit.column.at'), text('audit.column.what'), text('audit.column.site')]}
              rows={page.entries.map((entry) => ({
                key: entry.id,
                cells: [
                  <OpenButton
                    at={entry.at}
                    label={(date) => text('audit.open', { date })}
                    onOpen={() => onOpen(entry.id)}
                  />,
                  <>
                    <Typography textColor="neutral800">{say(entry)}</Typography> <Outcome outcome={entry.outcome} />
                  </>,
                  <Typography textColor="neutral600">{entry.site && siteName(entry.site)}</Typography>,
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

interface Props {
  narrowing: AuditNarrowing;
  isNarrowed: boolean;
  onOpen: (id: string) => void;
}

/** What happened, the latest first; to be begun anew with another narrowing. */
export const Entries = ({ narrowing, isNarrowed, onOpen }: Props) => {
  const text = useText();
  const [pages, setPages] = useState<AuditQuery[]>([narrowing]);
  return pages.map((query, index) => (
    <Page key={query.after ?? ''} query={query} onOpen={onOpen}>
      {({ entries, next }) => {
        if (index < pages.length - 1) return null;
        if (next === null)
          return (
            index === 0 &&
            entries.length === 0 && <EmptyState content={text(isNarrowed ? 'audit.noneFound' : 'audit.none')} />
          );
        return (
          <Box paddingTop={4}>
            {entries.length === 0 && (
              <Typography tag="p" textColor="neutral600" paddingBottom={2}>
                {text('audit.noneYet')}
              </Typography>
            )}
            <Button variant="tertiary" onClick={() => setPages([...pages, { ...narrowing, after: next }])}>
              {text('state.more')}
            </Button>
          </Box>
        );
      }}
    </Page>
  ));
};
