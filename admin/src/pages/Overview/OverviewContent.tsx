import { Box, Button, EmptyStateLayout, Flex, LinkButton, Typography } from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { Link as RouterLink } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Overview } from '../../../../contract';
import { useOverviewQuery } from '../../api/overview';
import { DeskPage } from '../../components/DeskPage';
import { ErrorState, Loaded } from '../../components/PageStates';
import { Panel } from '../../components/Panel';
import { Problems } from '../../components/Problems';
import { usePanel } from '../../hooks/usePanel';
import { useSite } from '../../hooks/useSite';
import { useText } from '../../hooks/useText';
import { CategoryPanel } from './CategoryPanel';
import { ChecklistPanel } from './ChecklistPanel';
import { contentManagerPath } from '../../components/contentManagerPath';
import { FiguresPanel } from './FiguresPanel';
import { LanguagesPanel } from './LanguagesPanel';
import { PublishingPanel } from './PublishingPanel';
import { ScriptPanel } from './ScriptPanel';
import { SetupLink, SetupPanel } from './SetupPanel';
import { useEditPath } from './useEditPath';

const Columns = styled(Box)`
  display: grid;
  gap: ${({ theme }) => theme.spaces[6]};
  grid-template-columns: minmax(0, 1fr);
  align-items: start;

  ${({ theme }) => theme.breakpoints.large} {
    grid-template-columns: minmax(0, 2fr) minmax(0, 1fr);
  }
`;

const Catalogue = ({ overview }: { overview: Overview }) => {
  const { site, categories, items, publishing, canAskAgain } = overview;
  const unclassified = items.filter(({ categoryKey }) => categoryKey === null);
  return (
    <>
      {categories.map((category) => (
        <CategoryPanel
          key={category.documentId}
          category={category}
          items={items.filter(({ categoryKey }) => categoryKey === category.key)}
          askAgainOn={
            canAskAgain && site && publishing.version && category.revision !== null && category.mode !== 'required'
              ? site.key
              : null
          }
        />
      ))}
      {unclassified.length > 0 && <CategoryPanel category={null} items={unclassified} askAgainOn={null} />}
    </>
  );
};

const NothingYet = ({ type }: { type: 'site' | 'category' }) => {
  const text = useText();
  return (
    <EmptyStateLayout
      icon={<EmptyDocuments width="16rem" />}
      content={text(`empty.${type}`)}
      action={
        <LinkButton tag={RouterLink} to={contentManagerPath(type, 'create')} variant="secondary" startIcon={<Plus />}>
          {text(`empty.${type}.add`)}
        </LinkButton>
      }
      shadow="tableShadow"
      hasRadius
    />
  );
};

/** Everything about one site: what is live, and what is in the catalogue. */
export const OverviewContent = () => {
  const text = useText();
  const { can } = usePanel();
  const editPath = useEditPath();
  const { site: chosen, sites, asked, choose } = useSite();
  // What another page of the panel changed meanwhile has to be seen on return.
  const query = useOverviewQuery(asked ?? chosen?.key, { refetchOnMountOrArgChange: true });
  const { error, isFetching, refetch } = query;

  const content = ({ site, publishing, locales, categories, scriptTags, ...overview }: Overview) => (
    <Columns paddingBottom={8}>
      <Flex direction="column" alignItems="stretch" gap={6}>
        {site && can('overview.set-up') && <SetupPanel key={site.key} site={site.key} />}
        {site ? <PublishingPanel site={site} publishing={publishing} /> : <NothingYet type="site" />}
        {!site && publishing.problems.length > 0 && (
          // What was live stays so, and somebody has to learn why.
          <Panel title={text('publishing.title')}>
            <Flex direction="column" alignItems="stretch" gap={4}>
              <Typography tag="p" textColor="neutral600">
                {text('publishing.explain.invalid', { live: publishing.version ? 'yes' : 'no' })}
              </Typography>
              <Problems problems={publishing.problems} />
            </Flex>
          </Panel>
        )}
        {site && can('publishing.read') && <ChecklistPanel key={site.key} site={site.key} locales={locales} />}
        {categories.length > 0 ? (
          <Catalogue overview={{ site, publishing, locales, categories, scriptTags, ...overview }} />
        ) : (
          <NothingYet type="category" />
        )}
      </Flex>
      <Flex direction="column" alignItems="stretch" gap={6}>
        {site && <ScriptPanel locales={locales} scriptTags={scriptTags} />}
        {site && can('ledger.statistics') && <FiguresPanel key={site.key} site={site.key} />}
        <LanguagesPanel locales={locales} />
      </Flex>
    </Columns>
  );

  return (
    <DeskPage
      title={text('overview.title')}
      subtitle={text('overview.subtitle')}
      perSite
      busy={isFetching}
      actions={
        <>
          {chosen && can('overview.set-up') && <SetupLink site={chosen.key} />}
          <LinkButton tag={RouterLink} to={editPath('tracking-item', 'create')} startIcon={<Plus />}>
            {text('items.add')}
          </LinkButton>
        </>
      }
    >
      {error && !isFetching && asked ? (
        <ErrorState
          message={text('error.site', { site: asked })}
          onRetry={refetch}
          action={
            sites[0] && (
              <Button variant="tertiary" onClick={() => choose(sites[0]!.key)}>
                {text('error.otherSite')}
              </Button>
            )
          }
        />
      ) : (
        <Loaded query={query} failed={text('error.loading')}>
          {content}
        </Loaded>
      )}
    </DeskPage>
  );
};
