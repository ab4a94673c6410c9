import { Button, Flex, Typography } from '@strapi/design-system';
import { Eye, Pencil, Plus } from '@strapi/icons';
import { lazy, Suspense } from 'react';
import { styled } from 'styled-components';
import type { MapEntry } from '../../../../contract';
import { usePersonalDataMapQuery } from '../../api/personalData';
import { EmptyState, Loaded } from '../../components/PageStates';
import { Panel } from '../../components/Panel';
import { usePanel } from '../../hooks/usePanel';
import { useSearch } from '../../hooks/useSearch';
import { useText } from '../../hooks/useText';
import { DataTable } from './DataTable';
import { Mark, type Look } from './Mark';
import { Notice } from './Notice';
import { OwnerText } from './OwnerText';
import { isUnmapped, mapStates, stateOf, type MapState } from './stateOf';

const MappingDrawer = lazy(() => import('./MappingDrawer'));

/** Paths of fields that a row has room for. */
const SHOWN = 4;

const looks: Record<MapState, Look> = {
  broken: 'danger',
  proposed: 'warning',
  suspect: 'warning',
  config: 'success',
  admin: 'success',
  'built-in': 'success',
  ignored: 'neutral',
  ignoredInConfig: 'neutral',
  nothing: 'neutral',
};

/** Says whose entries are in few lines. */
const Owners = styled.td`
  min-width: 16rem;
`;

export const StateMark = ({ state }: { state: MapState }) => {
  const text = useText();
  return <Mark look={looks[state]}>{text(`personal.state.${state}`)}</Mark>;
};

const Row = ({ entry, onOpen }: { entry: MapEntry; onOpen: () => void }) => {
  const text = useText();
  const { can } = usePanel();
  const { name, uid, source, mapping, warnings, proposal } = entry;
  // What is only proposed is told more quietly.
  const shown = mapping ?? proposal;
  const color = mapping ? 'neutral800' : 'neutral600';
  const state = stateOf(entry);
  const editable = can('personal-data.write') && source !== 'config';
  const action = text(`personal.map.${!editable ? 'view' : mapping || source ? 'edit' : 'map'}`);
  const Icon = !editable ? Eye : mapping || source ? Pencil : Plus;
  const paths = Object.keys(shown?.fields ?? {});
  return (
    <tr>
      <th scope="row">
        <Typography tag="div" fontWeight="semiBold" textColor="neutral800">
          {name}
        </Typography>
        <Typography tag="div" variant="pi" textColor="neutral600">
          {uid}
        </Typography>
      </th>
      <td>
        <StateMark state={state} />
        {mapping && warnings.length > 0 && (
          <Typography tag="div" variant="pi" textColor="warning700" paddingTop={1}>
            {text('personal.map.unmappedFields', { count: warnings.length })}
          </Typography>
        )}
      </td>
      <Owners className="wide">
        {shown?.owners.map((owner) => (
          <Typography key={JSON.stringify(owner)} tag="div" textColor={color}>
            <OwnerText owner={owner} />
          </Typography>
        ))}
      </Owners>
      <td>
        <Typography tag="div" textColor={color}>
          {paths.slice(0, SHOWN).join(', ')}
          {paths.length > SHOWN && ` ${text('personal.map.moreFields', { count: paths.length - SHOWN })}`}
        </Typography>
      </td>
      <td className="wide">
        {mapping && <Typography textColor="neutral800">{text(`personal.erasure.${mapping.erasure}`)}</Typography>}
      </td>
      <td>
        <Flex justifyContent="flex-end">
          <Button
            size="S"
            variant={isUnmapped(entry) && editable ? 'secondary' : 'tertiary'}
            startIcon={<Icon />}
            aria-label={text('personal.map.open', { action, name })}
            onClick={onOpen}
          >
            {action}
          </Button>
        </Flex>
      </td>
    </tr>
  );
};

const Table = ({ types }: { types: MapEntry[] }) => {
  const text = useText();
  const { change } = useSearch();
  const sorted = [...types].sort(
    (a, b) => mapStates.indexOf(stateOf(a)) - mapStates.indexOf(stateOf(b)) || a.name.localeCompare(b.name),
  );
  const columns = ['type', 'state', 'owners', 'fields', 'erasure', 'actions'] as const;
  const wide: readonly (typeof columns)[number][] = ['owners', 'erasure'];
  return (
    <DataTable
      label={text('personal.map.title')}
      columns={columns.map((key) => ({
        key,
        label: text(`personal.map.${key}`),
        isNumber: key === 'actions',
        isWide: wide.includes(key),
      }))}
    >
      {sorted.map((entry) => (
        <Row key={entry.uid} entry={entry} onOpen={() => change({ type: entry.uid })} />
      ))}
    </DataTable>
  );
};

/** Which content types hold personal data, and what is still to be decided. */
const MapPart = () => {
  const text = useText();
  const { search, change } = useSearch();
  const query = usePersonalDataMapQuery(undefined, { refetchOnMountOrArgChange: true });
  const opened = search.get('type');
  return (
    <Loaded query={query} failed={text('personal.failed')}>
      {({ types }) => {
        const broken = types.filter(({ problems }) => problems.length > 0).length;
        const unmapped = types.filter(isUnmapped).length;
        const missing = types.filter(({ mapping, warnings }) => mapping && warnings.length > 0).length;
        return (
          <Flex direction="column" alignItems="stretch" gap={4} paddingBottom={8}>
            {broken > 0 && <Notice variant="danger" title={text('personal.map.broken', { count: broken })} />}
            {unmapped > 0 && <Notice variant="warning" title={text('personal.map.unmapped', { count: unmapped })} />}
            {missing > 0 && <Notice variant="info" title={text('personal.map.missing', { count: missing })} />}
            <Panel title={text('personal.map.title')}>
              <Typography tag="p" textColor="neutral600" paddingBottom={4}>
                {text('personal.map.explain')}
              </Typography>
              {types.length === 0 ? <EmptyState content={text('personal.map.none')} /> : <Table types={types} />}
            </Panel>
            <Suspense>
              {opened && <MappingDrawer key={opened} uid={opened} onClose={() => change({ type: null })} />}
            </Suspense>
          </Flex>
        );
      }}
    </Loaded>
  );
};

export default MapPart;
