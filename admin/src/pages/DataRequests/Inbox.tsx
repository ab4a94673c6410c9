import { Box, Flex, TextButton, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { DUE_STATES, REQUEST_STATES, REQUEST_TYPES, REQUESTS_PER_PAGE } from '../../../../contract';
import { useRequestCountsQuery, useRequestSetupQuery, useRequestsQuery } from '../../api/requests';
import { Choice } from '../../components/Choice';
import { Card } from '../../components/Columns';
import { FilterRow } from '../../components/FilterRow';
import { EmptyState, Loaded } from '../../components/PageStates';
import { PageTurner } from '../../components/PageTurner';
import { SearchField } from '../../components/SearchField';
import { usePanel } from '../../hooks/usePanel';
import { useText } from '../../hooks/useText';
import { RequestTable } from './RequestTable';
import { SetupNotice } from './SetupNotice';
import { useRequestFilters, type RequestFilters } from './useRequestFilters';

const Grid = styled.ul`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr));
  gap: ${({ theme }) => theme.spaces[3]};
`;

/** A number that is also the way to what it counts. */
const Count = styled.button<{ $urgent: boolean }>`
  display: flex;
  flex-direction: column;
  width: 100%;
  padding: ${({ theme }) => `${theme.spaces[3]} ${theme.spaces[4]}`};
  border: 1px solid ${({ theme }) => theme.colors.neutral150};
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral0};
  color: ${({ theme, $urgent }) => ($urgent ? theme.colors.danger600 : theme.colors.neutral800)};
  text-align: start;
  cursor: pointer;

  &:hover {
    border-color: ${({ theme }) => theme.colors.primary500};
  }

  &[aria-pressed='true'] {
    border-color: ${({ theme }) => theme.colors.primary600};
    background: ${({ theme }) => theme.colors.primary100};
  }

  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
  }
`;

/** How many requests wait for what. */
const Counts = ({ filters }: { filters: RequestFilters }) => {
  const text = useText();
  const { data: counts } = useRequestCountsQuery(undefined, { refetchOnMountOrArgChange: true });
  const { data: setup } = useRequestSetupQuery();
  if (!counts || !setup) return null;
  const { state, due } = filters.values;
  const of = (states: readonly (keyof typeof counts.states)[]): number =>
    states.reduce((sum, name) => sum + counts.states[name], 0);
  const shown = [
    { name: 'overdue', due: 'overdue', count: counts.overdue, urgent: counts.overdue > 0 },
    { name: 'soon', due: 'soon', count: counts.dueSoon },
    { name: 'open', state: 'open', count: of(DUE_STATES) },
    { name: 'received', state: 'received', count: counts.states.received },
    { name: 'all', count: of(REQUEST_STATES) },
  ] as const;
  return (
    <Grid>
      {shown.map((entry) => {
        const wanted = {
          state: 'state' in entry ? entry.state : undefined,
          due: 'due' in entry ? entry.due : undefined,
        };
        return (
          <li key={entry.name}>
            <Count
              type="button"
              $urgent={'urgent' in entry && entry.urgent}
              aria-pressed={state === wanted.state && due === wanted.due}
              onClick={() => filters.set(wanted)}
            >
              <Typography variant="alpha" tag="span" textColor="currentColor">
                {text('inventory.count', { count: entry.count })}
              </Typography>
              <Typography variant="pi" tag="span" textColor="neutral600">
                {text(`requests.count.${entry.name}`, { days: setup.reminderDays })}
              </Typography>
            </Count>
          </li>
        );
      })}
    </Grid>
  );
};

const Filters = ({ filters }: { filters: RequestFilters }) => {
  const text = useText();
  const { sites } = usePanel();
  const { data: setup } = useRequestSetupQuery();
  const { values, searched, filtered, set, search, clear } = filters;
  const me = String(setup?.me.id);
  const others = (setup?.assignees ?? []).filter(({ id }) => String(id) !== me);
  return (
    <FilterRow>
      <SearchField
        label={text('requests.search')}
        placeholder={text('requests.searchIn')}
        value={searched}
        onSearch={search}
      />
      <Choice
        label={text('requests.anyState')}
        value={values.state}
        options={[
          { value: 'open', label: text('requests.count.open') },
          ...REQUEST_STATES.map((state) => ({ value: state, label: text(`requests.state.${state}`) })),
        ]}
        onChoose={(state) => set({ state })}
      />
      <Choice
        label={text('requests.anyType')}
        value={values.type}
        options={REQUEST_TYPES.map((type) => ({ value: type, label: text(`requests.type.${type}`) }))}
        onChoose={(type) => set({ type })}
      />
      <Choice
        label={text('requests.anyAssignee')}
        value={values.assignee}
        options={[
          ...(setup ? [{ value: me, label: text('requests.mine') }] : []),
          { value: 'none', label: text('requests.nobodys') },
          ...others.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        onChoose={(assignee) => set({ assignee })}
      />
      {sites.length > 1 && (
        <Choice
          label={text('inventory.anySite')}
          value={values.site}
          options={sites.map(({ key, name }) => ({ value: key, label: name }))}
          onChoose={(site) => set({ site })}
        />
      )}
      {filtered && <TextButton onClick={clear}>{text('inventory.clear')}</TextButton>}
    </FilterRow>
  );
};

/** All requests, what has to be answered first at the top. */
const Inbox = () => {
  const text = useText();
  const filters = useRequestFilters();
  // The list stays while another part of it is asked for.
  const { data, currentData, ...query } = useRequestsQuery(filters.query, { refetchOnMountOrArgChange: true });
  const shown = query.error ? currentData : (currentData ?? data);
  return (
    <Flex direction="column" alignItems="stretch" gap={5} paddingBottom={8} aria-busy={query.isFetching}>
      <SetupNotice />
      <Counts filters={filters} />
      <Card tag="section" aria-label={text('requests.tab.inbox')} padding={4}>
        <Filters filters={filters} />
        <Loaded query={{ ...query, currentData: shown }} failed={text('requests.failed')}>
          {({ rows, total }) =>
            rows.length === 0 ? (
              <EmptyState content={text(filters.filtered ? 'requests.noneFits' : 'requests.none')} />
            ) : (
              <Box paddingTop={3}>
                <RequestTable rows={rows} />
                <PageTurner
                  page={filters.page}
                  pageSize={REQUESTS_PER_PAGE}
                  count={total}
                  shown={rows.length}
                  onPage={filters.setPage}
                />
              </Box>
            )
          }
        </Loaded>
      </Card>
    </Flex>
  );
};

export default Inbox;
