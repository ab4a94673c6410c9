import { Box, Button, Flex, Modal, Status, Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { AuditDetails, AuditParty } from '../../../../contract';
import { useAuditEntryQuery } from '../../api/audit';
import { Drawer, DrawerBody } from '../../components/Drawer';
import { EntryTable } from '../../components/EntryTable';
import { Fact } from '../../components/Fact';
import { Loaded } from '../../components/PageStates';
import { useText } from '../../hooks/useText';
import type { AddressValues } from './narrowing';
import { useSentence } from './useSentence';

/** Long values are broken anywhere rather than cut off. */
const Value = styled.code`
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  color: ${({ theme }) => theme.colors.neutral800};
`;

const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 1));

const Changes = ({ changes }: Pick<AuditDetails, 'changes'>) => {
  const text = useText();
  const shown = (value: unknown, hidden: boolean): ReactNode => {
    if (value === null || value === '') return <Typography textColor="neutral600">{text('audit.empty')}</Typography>;
    if (!hidden) return <Value>{written(value)}</Value>;
    return (
      <>
        <Typography textColor="neutral600">{text('audit.hidden')}</Typography>{' '}
        <Value>{(value as { hash?: string }).hash?.slice(0, 8)}</Value>
      </>
    );
  };
  return (
    <Box>
      <Typography tag="h3" variant="sigma" textColor="neutral600">
        {text('audit.changes')}
      </Typography>
      <EntryTable
        label={text('audit.changes')}
        headings={[text('audit.field'), text('audit.before'), text('audit.after')]}
        rows={changes.map(({ field, before, after, hidden }) => ({
          key: field,
          cells: [<Value>{field}</Value>, shown(before, hidden), shown(after, hidden)],
        }))}
      />
      {changes.some(({ hidden }) => hidden) && (
        <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={2}>
          {text('audit.hidden.explain')}
        </Typography>
      )}
    </Box>
  );
};

type Only = (changes: AddressValues) => void;

const Details = ({ entry, onOnly }: { entry: AuditDetails; onOnly: Only }) => {
  const text = useText();
  const { formatDate } = useIntl();
  const { say, who, whom, siteName } = useSentence();
  const { actor, target, request, chain, site, detail, changes } = entry;
  const narrow = (label: string, values: AddressValues) => (
    <Box paddingTop={1}>
      <Button variant="tertiary" size="S" onClick={() => onOnly(values)}>
        {label}
      </Button>
    </Box>
  );
  const id = ({ id: known, name }: AuditParty) => known !== null && known !== name && <Value> {known}</Value>;
  return (
    <Flex direction="column" alignItems="stretch" gap={5}>
      <Typography tag="p" variant="beta" textColor="neutral800">
        {say(entry)}
      </Typography>
      <Flex tag="dl" direction="column" alignItems="stretch" gap={4}>
        <Fact name={text('audit.column.at')}>{formatDate(entry.at, { dateStyle: 'full', timeStyle: 'long' })}</Fact>
        <Fact name={text('audit.action')}>
          <Value>{entry.action}</Value>, {text(`audit.outcome.${entry.outcome}`)}
          {narrow(text('audit.only.action'), { action: entry.action })}
        </Fact>
        <Fact name={text('audit.who')}>
          {who(actor)}
          {id(actor)}
          {actor.ref && narrow(text('audit.only.actor'), { by: actor.ref })}
        </Fact>
        {actor.address && <Fact name={text('audit.address')}>{actor.address}</Fact>}
        {target && (
          <Fact name={text('audit.whom')}>
            {whom(target)}
            {id(target)}
            {target.ref && narrow(text('audit.only.target'), { of: target.ref })}
          </Fact>
        )}
        {site && <Fact name={text('audit.column.site')}>{siteName(site)}</Fact>}
        <Fact name={text('audit.request')}>
          {request ? (
            <>
              <Value>
                {request.method} {request.route}
              </Value>
              <br />
              <Value>{request.id}</Value>
              {request.id && narrow(text('audit.only.request'), { request: request.id })}
            </>
          ) : (
            text('audit.noRequest')
          )}
        </Fact>
        {Object.keys(detail).length > 0 && (
          <Fact name={text('audit.detail')}>
            {Object.entries(detail).map(([name, value]) => (
              <div key={name}>
                <Value>
                  {name}: {written(value)}
                </Value>
              </div>
            ))}
          </Fact>
        )}
        <Fact name={text('audit.chain')}>
          <Value>
            {chain.segment} / {chain.seq}
          </Value>
          <Status variant={chain.intact ? 'success' : 'danger'} size="S" width="fit-content" marginTop={1}>
            <Typography variant="pi">{text(chain.intact ? 'audit.intact' : 'audit.broken')}</Typography>
          </Status>
        </Fact>
        <Fact name="ID">
          <Value>{entry.id}</Value>
        </Fact>
      </Flex>
      {changes.length > 0 && <Changes changes={changes} />}
      {entry.recorded && (
        <Typography tag="p" variant="pi" textColor="neutral600">
          {text('audit.recorded')}
        </Typography>
      )}
    </Flex>
  );
};

interface Props {
  id: string;
  onClose: () => void;
  /** Shows all entries that are like this one in something. */
  onOnly: Only;
}

/** All that is known of an entry. */
const EntryDrawer = ({ id, onClose, onOnly }: Props) => {
  const text = useText();
  const query = useAuditEntryQuery(id, { refetchOnMountOrArgChange: true });
  return (
    <Drawer title={text('audit.entry')} onClose={onClose}>
      <DrawerBody>
        <Loaded query={query} failed={text('audit.failed')}>
          {(entry) => <Details entry={entry} onOnly={onOnly} />}
        </Loaded>
      </DrawerBody>
      <Modal.Footer>
        <Button variant="tertiary" onClick={onClose}>
          {text('entry.close')}
        </Button>
      </Modal.Footer>
    </Drawer>
  );
};

export default EntryDrawer;
