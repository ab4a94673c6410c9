import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router-dom';
import { DeskPage } from '../../components/DeskPage';
import { PageParts } from '../../components/PageParts';
import { LoadingState } from '../../components/PageStates';
import { usePanel } from '../../hooks/usePanel';
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
  const allowed = parts.filter(({ action }) => can(action));
  if (allowed.length === 0) return <LoadingState />;
  return (
    <DeskPage title={text('nav.requests')} subtitle={text('requests.subtitle')}>
      <PageParts
        label={text('requests.parts')}
        parts={allowed.map(({ name, Content }) => ({
          name,
          label: text(`requests.tab.${name}`),
          content: <Content />,
        }))}
      />
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
