import {
  Box,
  Button,
  EmptyStateLayout,
  Flex,
  LinkButton,
  SingleSelect,
  SingleSelectOption,
} from '@strapi/design-system';
import { Plus } from '@strapi/icons';
import { EmptyDocuments } from '@strapi/icons/symbols';
import { Layouts, Page } from '@strapi/strapi/admin';
import { Link as RouterLink, useSearchParams } from 'react-router-dom';
import { styled } from 'styled-components';
import type { Overview } from '../../../../contract';
import { useOverviewQuery } from '../../api/overview';
import { useText } from '../../hooks/useText';
import { CategoryPanel } from './CategoryPanel';
import { contentManagerPath } from './contentManagerPath';
import { LanguagesPanel } from './LanguagesPanel';
import { PublishingPanel } from './PublishingPanel';
import { ScriptPanel } from './ScriptPanel';

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

/** The page behind its permission: everything about one site. */
export const OverviewContent = () => {
  const text = useText();
  const [search, setSearch] = useSearchParams();
  const asked = search.get('site') ?? undefined;
  // What another page of the panel changed meanwhile has to be seen on return.
  const {
    currentData: overview,
    error,
    isFetching,
    refetch,
  } = useOverviewQuery(asked, { refetchOnMountOrArgChange: true });

  if (error && !isFetching)
    return (
      <Page.Error
        content={asked ? text('error.site', { site: asked }) : text('error.loading')}
        action={
          <Flex gap={2}>
            {asked && (
              <Button variant="tertiary" onClick={() => setSearch({})}>
                {text('error.otherSite')}
              </Button>
            )}
            <Button variant="secondary" onClick={() => refetch()}>
              {text('error.retry')}
            </Button>
          </Flex>
        }
      />
    );
  if (!overview) return <Page.Loading>{text('loading')}</Page.Loading>;

  const { sites, site, publishing, locales, categories, scriptTags } = overview;
  return (
    <Page.Main aria-busy={isFetching}>
      <Layouts.Header
        title={text('overview.title')}
        subtitle={text('overview.subtitle')}
        secondaryAction={
          sites.length > 1 && site ? (
            <SingleSelect
              size="S"
              aria-label={text('overview.site')}
              value={site.key}
              onChange={(key) => setSearch({ site: String(key) })}
            >
              {sites.map(({ key, name }) => (
                <SingleSelectOption key={key} value={key}>
                  {name}
                </SingleSelectOption>
              ))}
            </SingleSelect>
          ) : undefined
        }
        primaryAction={
          <LinkButton tag={RouterLink} to={contentManagerPath('tracking-item', 'create')} startIcon={<Plus />}>
            {text('items.add')}
          </LinkButton>
        }
      />
      <Layouts.Content>
        <Columns paddingBottom={8}>
          <Flex direction="column" alignItems="stretch" gap={6}>
            {site ? <PublishingPanel site={site} publishing={publishing} /> : <NothingYet type="site" />}
            {categories.length > 0 ? <Catalogue overview={overview} /> : <NothingYet type="category" />}
          </Flex>
          <Flex direction="column" alignItems="stretch" gap={6}>
            {site && <ScriptPanel locales={locales} scriptTags={scriptTags} />}
            <LanguagesPanel locales={locales} />
          </Flex>
        </Columns>
      </Layouts.Content>
    </Page.Main>
  );
};
