import { Flex, Searchbar, SearchForm, SingleSelect, SingleSelectOption, TextButton } from '@strapi/design-system';
import { useEffect, useRef, useState } from 'react';
import { styled } from 'styled-components';
import { usePanel } from '../../hooks/usePanel';
import { useText } from '../../hooks/useText';
import type { FilterName, Filters } from './useFilters';

const SEARCH_AFTER_MS = 250;

const Bar = styled(Flex)`
  & > form {
    flex: 1 1 22rem;
  }

  & > div {
    flex: 0 1 18rem;
  }
`;

/** A choice of one value, or of none. */
const Choice = ({
  name,
  label,
  options,
  filters,
}: {
  name: FilterName;
  label: string;
  options: { value: string; label: string }[];
  filters: Filters;
}) => (
  <div>
    <SingleSelect
      size="S"
      aria-label={label}
      placeholder={label}
      value={filters.query[name as 'state'] ?? ''}
      onChange={(value) => filters.set(name, String(value) || undefined)}
      onClear={() => filters.set(name, undefined)}
      clearLabel={label}
    >
      {options.map((option) => (
        <SingleSelectOption key={option.value} value={option.value}>
          {option.label}
        </SingleSelectOption>
      ))}
    </SingleSelect>
  </div>
);

/** What narrows the list, beside the category. */
export const FilterBar = ({ filters }: { filters: Filters }) => {
  const text = useText();
  const { sites, locales } = usePanel();
  const asked = filters.query.search ?? '';
  const [typed, setTyped] = useState(asked);
  const sent = useRef(asked);
  const { set } = filters;

  // What was typed goes into the address when there is a pause; what the address says otherwise (a link, "back") is shown.
  useEffect(() => {
    if (asked !== sent.current) {
      sent.current = asked;
      setTyped(asked);
    }
  }, [asked]);
  useEffect(() => {
    if (typed === sent.current) return;
    const pause = setTimeout(() => {
      sent.current = typed;
      set('search', typed || undefined);
    }, SEARCH_AFTER_MS);
    return () => clearTimeout(pause);
  }, [typed, set]);

  return (
    <Bar gap={2} wrap="wrap" alignItems="center">
      <SearchForm onSubmit={(event) => event.preventDefault()}>
        <Searchbar
          name="search"
          size="S"
          value={typed}
          placeholder={text('inventory.searchIn')}
          clearLabel={text('inventory.clearSearch')}
          onClear={() => setTyped('')}
          onChange={({ target }) => setTyped(target.value)}
        >
          {text('inventory.search')}
        </Searchbar>
      </SearchForm>
      <Choice
        name="state"
        label={text('inventory.anyState')}
        options={(['enabled', 'disabled'] as const).map((value) => ({ value, label: text(`items.${value}`) }))}
        filters={filters}
      />
      {locales.length > 1 && (
        <Choice
          name="missing"
          label={text('inventory.anyLanguage')}
          options={locales.map(({ code, name }) => ({
            value: code,
            label: text('inventory.missingIn', { language: name }),
          }))}
          filters={filters}
        />
      )}
      {sites.length > 1 && (
        <Choice
          name="site"
          label={text('inventory.anySite')}
          options={sites.map(({ key, name }) => ({ value: key, label: name }))}
          filters={filters}
        />
      )}
      {filters.filtered && <TextButton onClick={filters.clear}>{text('inventory.clear')}</TextButton>}
    </Bar>
  );
};
