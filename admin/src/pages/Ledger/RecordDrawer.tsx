import { Badge, Button, Flex, Modal, Status, Typography } from '@strapi/design-system';
import { Download, Eye } from '@strapi/icons';
import { lazy, Suspense, useState } from 'react';
import { useIntl } from 'react-intl';
import type { RecordDetails } from '../../../../contract';
import { useRecordQuery } from '../../api/ledger';
import { Drawer, DrawerBody } from '../../components/Drawer';
import { Fact } from '../../components/Fact';
import { Loaded, LoadingState } from '../../components/PageStates';
import { saveFile } from '../../components/saveFile';
import { useText } from '../../hooks/useText';
import { Choices } from './Choices';

const SeenVersion = lazy(() => import('./SeenVersion'));

const Details = ({ record }: { record: RecordDetails }) => {
  const text = useText();
  const { formatDate } = useIntl();
  const date = (value: string): string => formatDate(value, { dateStyle: 'long', timeStyle: 'long' });
  const { personal, chain } = record;
  return (
    <Flex tag="dl" direction="column" alignItems="stretch" gap={4}>
      <Fact name="ID">
        <code>{record.id}</code>
      </Fact>
      <Fact name={text('ledger.decidedAt')}>
        {date(record.decidedAt)} {record.decidedInFuture && <Badge size="S">{text('ledger.future')}</Badge>}
      </Fact>
      <Fact name={text('ledger.recordedAt')}>{date(record.recordedAt)}</Fact>
      <Fact name={text('ledger.source')}>
        {text(`ledger.source.${record.source}`)} {record.gpc && <Badge size="S">{text('ledger.gpc')}</Badge>}
      </Fact>
      <Fact name={text('ledger.choices')}>
        <Choices choices={record.choices} names={record.names} />
      </Fact>
      {record.previousChoices && (
        <Fact name={text('ledger.previous')}>
          <Choices choices={record.previousChoices} names={record.names} />
        </Fact>
      )}
      {record.regime && <Fact name={text('publishing.regime')}>{text(`regime.${record.regime}`)}</Fact>}
      <Fact name={text('ledger.subject')}>
        {text(`ledger.subject.${record.subject}`)}
        {record.otherRecords ? `; ${text('ledger.others', { count: record.otherRecords })}` : ''}
      </Fact>
      <Fact name={text('ledger.personal')}>
        {personal.state === 'readable'
          ? Object.entries(personal.parts).map(([name, value]) => (
              <span key={name}>
                {name}: {value}{' '}
              </span>
            ))
          : text(`ledger.personal.${personal.state}`)}
      </Fact>
      <Fact name={text('ledger.chain')}>
        <code>
          {chain.segment} / {chain.seq}
        </code>
        <Status variant={chain.intact ? 'success' : 'danger'} size="S" width="fit-content" marginTop={1}>
          <Typography variant="pi">{text(chain.intact ? 'ledger.intact' : 'ledger.broken')}</Typography>
        </Status>
      </Fact>
    </Flex>
  );
};

/** All that is stored of a consent, and what the visitor saw when it was given. */
export const RecordDrawer = ({ id, onClose }: { id: string; onClose: () => void }) => {
  const text = useText();
  const query = useRecordQuery(id, { refetchOnMountOrArgChange: true });
  const [seen, setSeen] = useState(false);
  const record = query.currentData;
  return (
    <Drawer title={text('ledger.record')} onClose={onClose}>
      <DrawerBody>
        <Loaded query={query} failed={text('ledger.failed')}>
          {(details) => <Details record={details} />}
        </Loaded>
        {seen && record && (
          <Suspense fallback={<LoadingState />}>
            <SeenVersion version={record.configVersion} locale={record.locale} onClose={() => setSeen(false)} />
          </Suspense>
        )}
      </DrawerBody>
      <Modal.Footer>
        <Button variant="tertiary" onClick={onClose}>
          {text('entry.close')}
        </Button>
        <Flex gap={2} wrap="wrap">
          {record?.receipt && (
            <Button
              variant="tertiary"
              startIcon={<Download />}
              onClick={() =>
                saveFile(
                  new Blob([JSON.stringify(record.receipt, null, 2)], { type: 'application/json' }),
                  `consent-${record.id}.json`,
                )
              }
            >
              {text('ledger.receipt')}
            </Button>
          )}
          <Button variant="secondary" startIcon={<Eye />} disabled={!record} onClick={() => setSeen(true)}>
            {text('ledger.seen')}
          </Button>
        </Flex>
      </Modal.Footer>
    </Drawer>
  );
};

export default RecordDrawer;
