import { TextButton } from '@strapi/design-system';
import { useCallback } from 'react';
import { translatableTypes } from '../../../../contract';
import { Choice } from '../../components/Choice';
import { FilterRow } from '../../components/FilterRow';
import { SearchField } from '../../components/SearchField';
import { usePanel } from '../../hooks/usePanel';
import { useText } from '../../hooks/useText';
import type { TranslationFilters } from './useTranslationFilters';

/** What narrows the texts, beside the language. */
export const FilterBar = ({ filters: { filters, filtered, set } }: { filters: TranslationFilters }) => {
  const text = useText();
  const { sites } = usePanel();
  const search = useCallback((value: string) => set({ search: value || undefined }), [set]);
  return (
    <FilterRow>
      <SearchField
        label={text('translations.search')}
        placeholder={text('translations.searchIn')}
        value={filters.search ?? ''}
        onSearch={search}
      />
      <Choice
        label={text('translations.anyState')}
        value={filters.missing ? 'true' : undefined}
        options={[{ value: 'true', label: text('translations.onlyMissing') }]}
        onChoose={(missing) => set({ missing })}
      />
      <Choice
        label={text('translations.anyType')}
        value={filters.type}
        options={translatableTypes.map((type) => ({ value: type, label: text(`type.${type}`) }))}
        onChoose={(type) => set({ type })}
      />
      {sites.length > 1 && (
        <Choice
          label={text('inventory.anySite')}
          value={filters.site}
          options={sites.map(({ key, name }) => ({ value: key, label: name }))}
          onChoose={(site) => set({ site })}
        />
      )}
      {filtered && (
        <TextButton onClick={() => set({ missing: undefined, type: undefined, site: undefined, search: undefined })}>
          {text('inventory.clear')}
        </TextButton>
      )}
    </FilterRow>
  );
};
