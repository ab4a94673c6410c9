import { Button, Flex, Typography } from '@strapi/design-system';
import { Download, Pencil } from '@strapi/icons';
import { useFetchClient } from '@strapi/strapi/admin';
import { lazy, Suspense, useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { ActivityDetails, OrganisationDetails, ProcessingRecord, ProcessingRecords } from '../../../../contract';
import {
  RECORDS_TABLE,
  useProcessingRecordsQuery,
  useSaveActivityMutation,
  useSaveOrganisationMutation,
} from '../../api/personalData';
import { Fact } from '../../components/Fact';
import { Loaded } from '../../components/PageStates';
import { Panel } from '../../components/Panel';
import { saveFile } from '../../components/saveFile';
import { useNotify } from '../../hooks/useNotify';
import { usePanel } from '../../hooks/usePanel';
import { useText } from '../../hooks/useText';
import { Mark } from './Mark';
import { Notice } from './Notice';
import { PrintSheet } from './PrintSheet';
import { activityName, isMissing, organisationRows, recordRows, type RegisterRow } from './registerRows';

const DetailsDrawer = lazy(() => import('./DetailsDrawer'));

const Facts = styled.dl`
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr));
  gap: ${({ theme }) => `${theme.spaces[4]} ${theme.spaces[6]}`};

  dd {
    overflow-wrap: anywhere;
  }
`;

const RowFacts = ({ rows }: { rows: RegisterRow[] }) => {
  const text = useText();
  return (
    <Facts>
      {rows.map((row) => (
        <Fact key={row.key} name={row.label}>
          {row.values.map((value) => (
            <div key={value}>{value}</div>
          ))}
          {isMissing(row) ? (
            <Mark look="warning">{text('personal.records.toAdd')}</Mark>
          ) : (
            row.values.length === 0 && text('personal.records.none')
          )}
        </Fact>
      ))}
    </Facts>
  );
};

const EditButton = ({ name, onEdit }: { name: string; onEdit: () => void }) => {
  const text = useText();
  return (
    <Button
      size="S"
      variant="tertiary"
      startIcon={<Pencil />}
      aria-label={text('personal.records.editOf', { name })}
      onClick={onEdit}
    >
      {text('personal.records.edit')}
    </Button>
  );
};

const errorOf = (result: object): unknown => ('error' in result ? result.error : undefined);

const OrganisationDrawer = ({ register, onClose }: { register: ProcessingRecords; onClose: () => void }) => {
  const text = useText();
  const [save, { isLoading }] = useSaveOrganisationMutation();
  const field = (name: keyof ProcessingRecords['organisation']['form']) => {
    const key = name === 'measures' ? 'generalMeasures' : name;
    return { name, label: text(`personal.records.${key}`), hint: text(`personal.records.${key}.hint`) };
  };
  return (
    <DetailsDrawer
      title={text('personal.records.organisation')}
      details={{ ...register.organisation, form: { ...register.organisation.form } }}
      fields={(['controller', 'joint', 'representative', 'officer', 'measures'] as const).map(field)}
      isSaving={isLoading}
      onSave={async ({ version, form }) =>
        errorOf(await save({ version, form: form as unknown as OrganisationDetails }))
      }
      onClose={onClose}
    />
  );
};

const ActivityDrawer = ({ record, onClose }: { record: ProcessingRecord; onClose: () => void }) => {
  const text = useText();
  const [save, { isLoading }] = useSaveActivityMutation();
  return (
    <DetailsDrawer
      title={activityName(text, record)}
      details={{ ...record.details, form: { ...record.details.form } }}
      fields={(['recipients', 'transfers', 'measures'] as const).map((name) => ({
        name,
        label: text(`personal.records.${name}`),
        hint: text(`personal.records.${name}.hint`),
      }))}
      isSaving={isLoading}
      onSave={async ({ version, form }) =>
        errorOf(await save({ version, key: record.key, form: form as unknown as ActivityDetails }))
      }
      onClose={onClose}
    />
  );
};

const Register = ({ register }: { register: ProcessingRecords }) => {
  const text = useText();
  const notify = useNotify();
  const { formatDate } = useIntl();
  const { can } = usePanel();
  const { get } = useFetchClient();
  const [editing, setEditing] = useState<string | null>(null);
  const [loading, setLoading] = useState(false);
  const { records, createdAt } = register;
  const missing = records.filter((record) => recordRows(text, record).some(isMissing)).length;
  const edited = records.find(({ key }) => key === editing);
  const close = () => setEditing(null);

  const download = async () => {
    setLoading(true);
    try {
      const { data } = await get<Blob>(RECORDS_TABLE, { responseType: 'blob' });
      saveFile(data, `records-of-processing-${createdAt.slice(0, 10)}.csv`);
    } catch (error) {
      notify.failed(error);
    }
    setLoading(false);
  };

  return (
    <Flex direction="column" alignItems="stretch" gap={6} paddingBottom={8}>
      <Panel
        title={text('personal.records.title')}
        actions={
          <>
            <Button variant="tertiary" startIcon={<Download />} loading={loading} onClick={() => void download()}>
              {text('personal.records.csv')}
            </Button>
            <Button variant="secondary" onClick={() => window.print()}>
              {text('personal.records.print')}
            </Button>
          </>
        }
      >
        <Flex direction="column" alignItems="stretch" gap={4}>
          <Typography tag="p" textColor="neutral600">
            {text('personal.records.explain')}{' '}
            {text('personal.records.date', { date: formatDate(createdAt, { dateStyle: 'long', timeStyle: 'short' }) })}
          </Typography>
          {missing > 0 && <Notice variant="warning" title={text('personal.records.missing', { count: missing })} />}
        </Flex>
      </Panel>
      <Panel
        title={text('personal.records.organisation')}
        actions={
          can('personal-data.write') && (
            <EditButton name={text('personal.records.organisation')} onEdit={() => setEditing('organisation')} />
          )
        }
      >
        <RowFacts rows={organisationRows(text, register)} />
      </Panel>
      {(['tracking', 'content', 'privacy-desk'] as const).map((source) => {
        const own = records.filter((record) => record.source === source);
        return (
          own.length > 0 && (
            <Flex key={source} tag="section" direction="column" alignItems="stretch" gap={4}>
              <Typography tag="h2" variant="beta">
                {text(`personal.records.source.${source}`)}
              </Typography>
              {own.map((record) => {
                const name = activityName(text, record);
                return (
                  <Panel
                    key={record.key}
                    level={3}
                    title={name}
                    actions={
                      can('personal-data.write') && <EditButton name={name} onEdit={() => setEditing(record.key)} />
                    }
                  >
                    <RowFacts rows={recordRows(text, record)} />
                  </Panel>
                );
              })}
            </Flex>
          )
        );
      })}
      <Suspense>
        {editing === 'organisation' && <OrganisationDrawer register={register} onClose={close} />}
        {edited && <ActivityDrawer record={edited} onClose={close} />}
      </Suspense>
      <PrintSheet register={register} />
    </Flex>
  );
};

/** The register of processing activities (GDPR, article 30), to read, complete, download and print. */
const Records = () => {
  const text = useText();
  const query = useProcessingRecordsQuery(undefined, { refetchOnMountOrArgChange: true });
  return (
    <Loaded query={query} failed={text('personal.failed')}>
      {(register) => <Register register={register} />}
    </Loaded>
  );
};

export default Records;
