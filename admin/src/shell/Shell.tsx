import { Page } from '@strapi/strapi/admin';
import { Suspense } from 'react';
import { Outlet, useLocation } from 'react-router-dom';
import { styled } from 'styled-components';
import { ErrorState, LoadingState, NoPermissionState, PageBoundary } from '../components/PageStates';
import { usePanel } from '../hooks/usePanel';
import { DeskNav } from './DeskNav';
import { pages } from './pages';

/** As high as its page, not as the window: the navigation stays in sight as long as it lasts. */
const Frame = styled.div`
  flex-shrink: 0;
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  grid-template-rows: auto 1fr;
  min-height: 100%;

  ${({ theme }) => theme.breakpoints.large} {
    grid-template-columns: 20rem minmax(0, 1fr);
    grid-template-rows: auto;
  }
`;

/** The frame around all pages: their navigation, and what there is to say before a page can be shown. */
export const Shell = () => {
  const { can, isLoading, error, refetch } = usePanel();
  const { pathname } = useLocation();
  const seen = pages.filter(({ actions }) => actions.some(can));

  if (isLoading) return <Page.Loading />;
  if (error || seen.length === 0)
    return (
      <Page.Main>
        {error && (error as { status?: number }).status !== 403 ? (
          <ErrorState onRetry={refetch} />
        ) : (
          <NoPermissionState />
        )}
      </Page.Main>
    );
  return (
    <Frame>
      <DeskNav pages={seen.filter(({ hidden }) => !hidden)} />
      <div>
        {/* A page that failed is tried again when another one was opened meanwhile. */}
        <PageBoundary key={pathname.split('/')[3] ?? ''}>
          <Suspense fallback={<LoadingState />}>
            <Outlet />
          </Suspense>
        </PageBoundary>
      </div>
    </Frame>
  );
};
