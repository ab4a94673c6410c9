import { Status, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Erasure } from '../../../../contract';
import { useErasuresQuery } from '../../api/personalData';
import { Loaded } from '../../components/PageStates';
import { Panel } from '../../components/Panel';
import { useText } from '../../hooks/useText';
import { DataTable } from './DataTable';
import { itemName } from './itemWords';
import { ProofButton } from './ProofButton';

const LOOK_EVERY_MS = 3000;

const Row = ({ erasure }: { erasure: Erasure }) => {
  const text = useText();
  const { formatDate } = useIntl();
  const { state, origin, startedAt, items, filesLeft, noticesLeft, failure } = erasure;
  const date = formatDate(startedAt, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <tr>
      <th scope="row">
        <Typography textColor="neutral800">{date}</Typography>
      </th>
      <td>
        <Typography textColor="neutral800">{text(`personal.origin.${origin}`)}</Typography>
      </td>
      <td>
        <Status variant={state === 'done' ? 'success' : failure ? 'danger' : 'warning'} size="S" width="fit-content">
          <Typography variant="pi">{text(`personal.erasure.state.${state}`)}</Typography>
        </Status>
        {[
          filesLeft > 0 && text('personal.erasures.filesLeft', { count: filesLeft }),
          noticesLeft > 0 && text('personal.erasures.noticesLeft', { count: noticesLeft }),
          failure && `${failure}. ${text('personal.erasures.retried')}`,
        ].map(
          (line) =>
            line && (
              <Typography key={line} tag="p" variant="pi" textColor="neutral600" paddingTop={1}>
                {line}
              </Typography>
            ),
        )}
      </td>
      <td>
        {items.length === 0 && state !== 'running' && (
          <Typography textColor="neutral600">{text('personal.erasures.nothing')}</Typography>
        )}
        {items.map((item) => (
          <Typography key={item.type} tag="div" textColor="neutral800">
            {`${itemName(text, item)}: ${item.entries}, ${text(`personal.erasure.${item.action}`).toLocaleLowerCase()}`}
          </Typography>
        ))}
      </td>
      <td>
        <ProofButton erasure={erasure} label={text('personal.erasures.proofOf', { date })} />
      </td>
    </tr>
  );
};

const List = ({ erasures }: { erasures: Erasure[] }) => {
  const text = useText();
  // The same data: only while something is left to do it is asked for again and again.
  useErasuresQuery(undefined, {
    pollingInterval: LOOK_EVERY_MS,
    skip: erasures.every(({ state }) => state === 'done'),
  });
  if (erasures.length === 0) return <Typography textColor="neutral800">{text('personal.erasures.none')}</Typography>;
  return (
    <DataTable
      label={text('personal.erasures.title')}
      columns={[
        { key: 'started', label: text('personal.erasures.started') },
        { key: 'origin', label: text('personal.erasures.origin') },
        { key: 'state', label: text('personal.map.state') },
        { key: 'what', label: text('personal.erasures.what') },
        { key: 'proof', label: text('personal.erasures.proof') },
      ]}
    >
      {erasures.map((erasure) => (
        <Row key={erasure.id} erasure={erasure} />
      ))}
    </DataTable>
  );
};

/** The erasures so far: what was done and how far it came, and not of whom. */
export const Erasures = () => {
  const text = useText();
  const query = useErasuresQuery(undefined, { refetchOnMountOrArgChange: true });
  return (
    <Panel title={text('personal.erasures.title')}>
      <Typography tag="p" textColor="neutral600" paddingBottom={4}>
        {text('personal.erasures.explain')}
      </Typography>
      <Loaded query={query} failed={text('personal.failed')}>
        {({ erasures }) => <List erasures={erasures} />}
      </Loaded>
    </Panel>
  );
};
