import { Box, Flex } from '@strapi/design-system';
import { lazy, Suspense, useState } from 'react';
import { DeskPage } from '../../components/DeskPage';
import { Panel } from '../../components/Panel';
import { useAddress } from '../../hooks/useAddress';
import { usePanel } from '../../hooks/usePanel';
import { useSearch } from '../../hooks/useSearch';
import { useText } from '../../hooks/useText';
import { AuditVerification } from './AuditVerification';
import { Entries } from './Entries';
import { Exports } from './Exports';
import { Filters } from './Filters';
import { ADDRESS, narrowingOf, type AddressValues } from './narrowing';

const EntryDrawer = lazy(() => import('./EntryDrawer'));

/** Who did what with personal data and with this plugin's settings. */
export const AuditPage = () => {
  const text = useText();
  const { can } = usePanel();
  const { values, set } = useAddress(ADDRESS);
  const { search, change } = useSearch();
  const [searched, setSearched] = useState('');
  const opened = search.get('entry');
  const open = (entry: string | null) => change({ entry });
  const narrowing = narrowingOf(values, searched);
  const isNarrowed = Object.keys(narrowing).length > 0;
  const clear = () => {
    setSearched('');
    set(Object.fromEntries(ADDRESS.map((name) => [name, undefined])));
  };
  /** From an entry's details to all that are like it. */
  const only = (changes: AddressValues) => {
    setSearched('');
    change({ ...Object.fromEntries(ADDRESS.map((name) => [name, null])), ...changes, entry: null });
  };
  return (
    <DeskPage title={text('nav.audit')} subtitle={text('audit.subtitle')}>
      <Flex direction="column" alignItems="stretch" gap={6} paddingBottom={8}>
        {can('audit.read') && (
          <Panel title={text('audit.entries')}>
            <Filters
              values={values}
              searched={searched}
              onChange={set}
              onSearch={setSearched}
              onClear={isNarrowed ? clear : undefined}
            />
            <Box paddingTop={5}>
              <Entries key={JSON.stringify(narrowing)} narrowing={narrowing} isNarrowed={isNarrowed} onOpen={open} />
            </Box>
          </Panel>
        )}
        {can('audit.export') && <Exports narrowing={narrowing} />}
        {can('audit.read') && <AuditVerification onOpen={open} />}
      </Flex>
      <Suspense>
        {opened && can('audit.read') && <EntryDrawer id={opened} onClose={() => open(null)} onOnly={only} />}
      </Suspense>
    </DeskPage>
  );
};
