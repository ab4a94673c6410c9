import { Box, Flex, Typography } from '@strapi/design-system';
import type { MapEntry } from '../../../../contract';
import { Fact } from '../../components/Fact';
import { useText } from '../../hooks/useText';
import { DataTable } from './DataTable';
import { StateMark } from './MapPart';
import { OwnerText } from './OwnerText';
import { stateOf } from './stateOf';

/** A mapping to read. */
export const MappingFacts = ({ entry }: { entry: MapEntry }) => {
  const text = useText();
  const { mapping } = entry;
  if (!mapping) return <StateMark state={stateOf(entry)} />;
  const { owners, purpose, legalBasis, retentionDays, erasure, reason, fields } = mapping;
  return (
    <>
      <Flex tag="dl" direction="column" alignItems="stretch" gap={4}>
        <Fact name={text('personal.entry.owners')}>
          {owners.map((owner) => (
            <div key={JSON.stringify(owner)}>
              <OwnerText owner={owner} />
            </div>
          ))}
        </Fact>
        <Fact name={text('personal.entry.purpose')}>{purpose}</Fact>
        <Fact name={text('personal.entry.legalBasis')}>{text(`personal.basis.${legalBasis}`)}</Fact>
        <Fact name={text('personal.records.retention')}>
          {retentionDays === null
            ? text('personal.retention.as-needed')
            : text('personal.retention.days', { count: retentionDays })}
        </Fact>
        <Fact name={text('personal.entry.erasure')}>{text(`personal.erasure.${erasure}`)}</Fact>
        {reason && <Fact name={text('personal.entry.reason')}>{reason}</Fact>}
      </Flex>
      <Box>
        <Typography tag="h3" variant="delta" paddingBottom={2}>
          {text('personal.entry.fields')}
        </Typography>
        <DataTable
          label={text('personal.entry.fields')}
          columns={[
            { key: 'field', label: text('personal.entry.field') },
            { key: 'what', label: text('personal.entry.field.replacement') },
          ]}
        >
          {Object.entries(fields).map(([path, what]) => (
            <tr key={path}>
              <th scope="row">
                <Typography textColor="neutral800">
                  <code>{path}</code>
                </Typography>
              </th>
              <td>
                <Typography textColor="neutral800">
                  {typeof what === 'string'
                    ? text(`personal.generator.${what}`)
                    : `${text('personal.erasure.keep')}: ${what.keep}`}
                </Typography>
              </td>
            </tr>
          ))}
        </DataTable>
      </Box>
    </>
  );
};
