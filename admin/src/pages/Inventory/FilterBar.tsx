import { TextButton } from '@strapi/design-system';
import { useCallback } from 'react';
import { Choice } from '../../components/Choice';
import { FilterRow } from '../../components/FilterRow';
import { SearchField } from '../../components/SearchField';
import { usePanel } from '../../hooks/usePanel';
import { useText } from '../../hooks/useText';
import type { Filters } from './useFilters';

/** What narrows the list, beside the category. */
export const FilterBar = ({ filters }: { filters: Filters }) => {
  const text = useText();
  const { sites, locales } = usePanel();
  const { query, set } = filters;
  const search = useCallback((value: string) => set('search', value || undefined), [set]);
  return (
    <FilterRow>
      <SearchField
        label={text('inventory.search')}
        placeholder={text('inventory.searchIn')}
        value={query.search ?? ''}
        onSearch={search}
      />
      <Choice
        label={text('inventory.anyState')}
        value={query.state}
        options={(['enabled', 'disabled'] as const).map((value) => ({ value, label: text(`items.${value}`) }))}
        onChoose={(value) => set('state', value)}
      />
      {locales.length > 1 && (
        <Choice
          label={text('inventory.anyLanguage')}
          value={query.missing}
          options={locales.map(({ code, name }) => ({
            value: code,
            label: text('inventory.missingIn', { language: name }),
          }))}
          onChoose={(value) => set('missing', value)}
        />
      )}
      {sites.length > 1 && (
        <Choice
          label={text('inventory.anySite')}
          value={query.site}
          options={sites.map(({ key, name }) => ({ value: key, label: name }))}
          onChoose={(value) => set('site', value)}
        />
      )}
      {filters.filtered && <TextButton onClick={filters.clear}>{text('inventory.clear')}</TextButton>}
    </FilterRow>
  );
};
