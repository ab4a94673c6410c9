import { Page } from '@strapi/strapi/admin';
import { lazy, useEffect } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { EmptyState, LoadingState, NoPermissionState } from '../components/PageStates';
import { usePanel } from '../hooks/usePanel';
import { useText } from '../hooks/useText';
import { PLUGIN_ID } from '../pluginId';
import { DeskTexts } from '../texts/DeskTexts';
import { pages, type DeskPageEntry } from './pages';
import { Shell } from './Shell';

const loaded = pages.map((page) => ({ page, Content: lazy(page.load) }));

/** A page for those who may see it; who may not see the first one is led to the first that they may. */
const Gate = ({ page, Content }: { page: DeskPageEntry; Content: React.ComponentType }) => {
  const { can } = usePanel();
  const { search } = useLocation();
  const isAllowed = page.actions.some(can);
  // Asked for together with its texts, not only when they are there.
  useEffect(() => {
    if (isAllowed) page.load().catch(() => {}); // the page's own loading tells
  }, [isAllowed, page]);
  if (isAllowed && page.texts)
    return (
      <DeskTexts key={page.path} more={page.texts} fallback={<LoadingState />}>
        <Content />
      </DeskTexts>
    );
  if (isAllowed) return <Content />;
  const other = page.path === '' && pages.find(({ actions }) => actions.some(can));
  if (other) return <Navigate to={{ pathname: `/plugins/${PLUGIN_ID}/${other.path}`, search }} replace />;
  return (
    <Page.Main>
      <NoPermissionState />
    </Page.Main>
  );
};

const NotFound = () => {
  const text = useText();
  return (
    <Page.Main>
      <EmptyState content={text('state.notFound')} />
    </Page.Main>
  );
};

/** All of the plugin's pages, below /plugins/privacy-desk. */
export const App = () => (
  <DeskTexts fallback={<Page.Loading />}>
    <Routes>
      <Route element={<Shell />}>
        {loaded.map(({ page, Content }) => (
          <Route
            key={page.path}
            {...(page.path ? { path: `${page.path}/*` } : { index: true })}
            element={<Gate page={page} Content={Content} />}
          />
        ))}
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  </DeskTexts>
);
