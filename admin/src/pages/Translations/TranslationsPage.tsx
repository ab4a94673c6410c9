import { Box, Button, Flex, LinkButton } from '@strapi/design-system';
import { Upload } from '@strapi/icons';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Link } from 'react-router-dom';
import type {
  MatrixRow,
  PanelLocale,
  TranslatableText,
  TranslationRow,
  TranslationsPage as Answer,
} from '../../../../contract';
import { useTranslationMatrixQuery, useTranslationsQuery } from '../../api/translations';
import { Card, Columns } from '../../components/Columns';
import { DeskPage } from '../../components/DeskPage';
import { EmptyState, Loaded, type QueryState } from '../../components/PageStates';
import { PageTurner } from '../../components/PageTurner';
import { usePanel } from '../../hooks/usePanel';
import { useText } from '../../hooks/useText';
import { ExportMenu } from './ExportMenu';
import { FilterBar } from './FilterBar';
import { LanguageList } from './LanguageList';
import { Matrix } from './Matrix';
import { SideBySide } from './SideBySide';
import { useTranslationFilters, type TranslationFilters } from './useTranslationFilters';

const ImportDrawer = lazy(() => import('./ImportDrawer'));

interface ListProps<Row extends TranslatableText> {
  query: QueryState<Answer<Row>> & { data?: Answer<Row> };
  filters: TranslationFilters;
  children: (rows: Row[]) => ReactNode;
}

/** A page of texts; it stays while another one is asked for. */
const List = <Row extends TranslatableText>({ query: { data, ...query }, filters, children }: ListProps<Row>) => {
  const text = useText();
  const currentData = query.error ? query.currentData : (query.currentData ?? data);
  return (
    <Box aria-busy={query.isFetching} paddingTop={4}>
      <Loaded query={{ ...query, currentData }} failed={text('translations.failed')}>
        {({ rows, ...page }) =>
          rows.length === 0 ? (
            <EmptyState
              content={text(
                filters.filters.missing && !filters.filters.search ? 'translations.complete' : 'translations.none',
              )}
            />
          ) : (
            <>
              {children(rows)}
              <PageTurner {...page} shown={rows.length} onPage={filters.setPage} />
            </>
          )
        }
      </Loaded>
    </Box>
  );
};

const Translations = ({
  locale,
  source,
  filters,
}: {
  locale: PanelLocale;
  source: string;
  filters: TranslationFilters;
}) => {
  const query = useTranslationsQuery({ locale: locale.code, ...filters.query }, { refetchOnMountOrArgChange: true });
  return (
    <List<TranslationRow> query={query} filters={filters}>
      {(rows) => <SideBySide rows={rows} locale={locale} sourceLocale={source} at={filters.query.at} />}
    </List>
  );
};

const AllLanguages = ({ locales, filters }: { locales: PanelLocale[]; filters: TranslationFilters }) => {
  const query = useTranslationMatrixQuery(filters.query, { refetchOnMountOrArgChange: true });
  return (
    <List<MatrixRow> query={query} filters={filters}>
      {(rows) => <Matrix rows={rows} locales={locales} />}
    </List>
  );
};

/** Every text in every language: what is missing, side by side with the default language, and files for translators. */
export const TranslationsPage = () => {
  const text = useText();
  const { locales, can } = usePanel();
  const filters = useTranslationFilters();
  const [importing, setImporting] = useState(false);
  const [source, ...others] = locales;
  const locale = others.find(({ code }) => code === filters.locale);

  return (
    <DeskPage
      title={text('nav.translations')}
      subtitle={text('translations.subtitle')}
      actions={
        locale && (
          <Flex gap={2}>
            <ExportMenu locale={locale.code} filters={filters.filters} />
            {can('translations.write') && (
              <Button startIcon={<Upload />} onClick={() => setImporting(true)}>
                {text('translations.import')}
              </Button>
            )}
          </Flex>
        )
      }
    >
      {others.length === 0 ? (
        <EmptyState
          content={text('translations.single')}
          action={
            <LinkButton tag={Link} variant="secondary" to="/settings/internationalization">
              {text('translations.settings')}
            </LinkButton>
          }
        />
      ) : (
        <Box paddingBottom={8}>
          <Columns>
            <Card padding={3}>
              <LanguageList locales={others} chosen={locale?.code} site={filters.filters.site} />
            </Card>
            <Card padding={4}>
              <FilterBar filters={filters} />
              {locale ? (
                <Translations key={locale.code} locale={locale} source={source!.code} filters={filters} />
              ) : (
                <AllLanguages locales={others} filters={filters} />
              )}
            </Card>
          </Columns>
        </Box>
      )}
      <Suspense>{importing && locale && <ImportDrawer locale={locale} onClose={() => setImporting(false)} />}</Suspense>
    </DeskPage>
  );
};
