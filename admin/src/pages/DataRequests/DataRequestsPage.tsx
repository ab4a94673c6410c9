import { Box, Tabs } from '@strapi/design-system';
import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { DeskPage } from '../../components/DeskPage';
import { LoadingState } from '../../components/PageStates';
import { usePanel } from '../../hooks/usePanel';
import { useSearch } from '../../hooks/useSearch';
import { useText } from '../../hooks/useText';

const parts = [
  { name: 'inbox', action: 'requests.read', Content: lazy(() => import('./Inbox')) },
  { name: 'statistics', action: 'requests.read', Content: lazy(() => import('./Statistics')) },
  { name: 'templates', action: 'requests.templates', Content: lazy(() => import('./Templates')) },
] as const;

const RequestPage = lazy(() => import('./RequestPage'));

/** Inbox, statistics and templates, each for those who may see it. */
const Parts = () => {
  const text = useText();
  const { can } = usePanel();
  const { search, change } = useSearch();
  const allowed = parts.filter(({ action }) => can(action));
  const chosen = allowed.find(({ name }) => name === search.get('part')) ?? allowed[0];
  if (!chosen) return <LoadingState />;
  return (
    <DeskPage title={text('nav.requests')} subtitle={text('requests.subtitle')}>
      <Tabs.Root variant="simple" value={chosen.name} onValueChange={(part) => change({ part })}>
        <Box paddingBottom={5}>
          <Tabs.List aria-label={text('requests.parts')}>
            {allowed.map(({ name }) => (
              <Tabs.Trigger key={name} value={name}>
                {text(`requests.tab.${name}`)}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
        </Box>
        {allowed.map(({ name, Content }) => (
          <Tabs.Content key={name} value={name}>
            <Suspense fallback={<LoadingState />}>
              <Content />
            </Suspense>
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </DeskPage>
  );
};

/** Requests of persons for their rights: found, handled in time, answered. */
export const DataRequestsPage = () => (
  <Routes>
    <Route index element={<Parts />} />
    <Route
      path=":id"
      element={
        <Suspense fallback={<LoadingState />}>
          <RequestPage />
        </Suspense>
      }
    />
  </Routes>
);
