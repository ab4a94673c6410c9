import { Box, Tabs } from '@strapi/design-system';
import { lazy, Suspense } from 'react';
import { DeskPage } from '../../components/DeskPage';
import { EmptyState, LoadingState } from '../../components/PageStates';
import { usePanel } from '../../hooks/usePanel';
import { useSearch } from '../../hooks/useSearch';
import { useSite } from '../../hooks/useSite';
import { useText } from '../../hooks/useText';

const parts = [
  { name: 'statistics', Content: lazy(() => import('./Statistics')) },
  { name: 'records', Content: lazy(() => import('./Records')) },
  { name: 'export', Content: lazy(() => import('./Exports')) },
] as const;

/** Statistics, records and files of the ledger, each for those who may see it. */
export const LedgerPage = () => {
  const text = useText();
  const { can } = usePanel();
  const { site, asked } = useSite();
  const { search, change } = useSearch();
  const key = site?.key ?? asked;
  const allowed = parts.filter(({ name }) => can(`ledger.${name}`));
  const chosen = allowed.find(({ name }) => name === search.get('part')) ?? allowed[0];
  return (
    <DeskPage title={text('nav.ledger')} subtitle={text('ledger.subtitle')} perSite>
      {!key || !chosen ? (
        <EmptyState content={text('empty.site')} />
      ) : (
        <Tabs.Root variant="simple" value={chosen.name} onValueChange={(part) => change({ part })}>
          <Box paddingBottom={5}>
            <Tabs.List aria-label={text('ledger.parts')}>
              {allowed.map(({ name }) => (
                <Tabs.Trigger key={name} value={name}>
                  {text(`ledger.tab.${name}`)}
                </Tabs.Trigger>
              ))}
            </Tabs.List>
          </Box>
          {allowed.map(({ name, Content }) => (
            <Tabs.Content key={name} value={name}>
              <Suspense fallback={<LoadingState />}>
                <Content key={key} site={key} />
              </Suspense>
            </Tabs.Content>
          ))}
        </Tabs.Root>
      )}
    </DeskPage>
  );
};
