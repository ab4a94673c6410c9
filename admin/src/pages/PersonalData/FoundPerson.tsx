import { Button, Flex, Typography } from '@strapi/design-system';
import { Trash } from '@strapi/icons';
import { lazy, Suspense, useState } from 'react';
import { styled } from 'styled-components';
import type { EntryErasure, Erasure, ErasureItem, ErasurePlan, PersonQuery } from '../../../../contract';
import { Fact } from '../../components/Fact';
import { Panel } from '../../components/Panel';
import { usePanel } from '../../hooks/usePanel';
import { useText } from '../../hooks/useText';
import { DataTable } from './DataTable';
import { ExportForm } from './ExportForm';
import { itemName, itemReason } from './itemWords';
import { Mark, type Look } from './Mark';
import { Notice } from './Notice';

const ErasureDialog = lazy(() => import('./ErasureDialog'));

const Facts = styled.dl`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
  gap: ${({ theme }) => theme.spaces[4]};
  padding-block-end: ${({ theme }) => theme.spaces[5]};
`;

const Side = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: ${({ theme }) => theme.spaces[6]};
  align-items: stretch;

  ${({ theme }) => theme.breakpoints.large} {
    grid-template-columns: repeat(auto-fit, minmax(32rem, 1fr));
  }
`;

const looks: Record<EntryErasure, Look> = { delete: 'danger', anonymise: 'warning', keep: 'primary' };

const Row = ({ item }: { item: ErasureItem }) => {
  const text = useText();
  const { type, action, entries, files, replaced, kept } = item;
  const name = itemName(text, item);
  const reason = itemReason(text, item);
  return (
    <tr>
      <th scope="row">
        <Typography tag="div" fontWeight="semiBold" textColor="neutral800">
          {name}
        </Typography>
        <Typography tag="div" variant="pi" textColor="neutral600">
          {type}
        </Typography>
      </th>
      <td className="number">
        <Typography textColor="neutral800">{entries}</Typography>
      </td>
      <td className="number">
        <Typography textColor={files > 0 ? 'neutral800' : 'neutral600'}>{files}</Typography>
      </td>
      <td>
        <Mark look={looks[action]}>{text(`personal.erasure.${action}`)}</Mark>
        {reason && (
          <Typography tag="p" variant="pi" textColor="neutral800" paddingTop={1}>
            {reason}
          </Typography>
        )}
        {replaced.length > 0 && type.includes('::') && (
          <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={1}>
            {text('personal.person.replaced', { fields: replaced.join(', ') })}
          </Typography>
        )}
        {kept.length > 0 && (
          <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={1}>
            {text('personal.person.kept', {
              fields: kept.map(({ path, reason: why }) => `${path} (${why})`).join(', '),
            })}
          </Typography>
        )}
      </td>
    </tr>
  );
};

interface Props {
  query: PersonQuery;
  plan: ErasurePlan;
  onErased: (erasure: Erasure) => void;
}

/** What is stored of a person, what erasure would do with it, and the ways to hand it out or erase it. */
export const FoundPerson = ({ query, plan, onErased }: Props) => {
  const text = useText();
  const { can } = usePanel();
  const [erasing, setErasing] = useState(false);
  const { person, items } = plan;
  const unconfirmed = person.users.filter(({ email }) => email && !person.emails.includes(email.toLowerCase()));
  return (
    <>
      <Panel title={text('personal.person.title')}>
        <Facts>
          {person.users.length > 0 && (
            <Fact name={text('personal.person.accounts')}>
              {person.users.map(({ id, name, email }) => (
                <div key={id}>{text('personal.person.account', { id, name, email })}</div>
              ))}
            </Fact>
          )}
          {person.emails.length > 0 && <Fact name={text('personal.person.emails')}>{person.emails.join(', ')}</Fact>}
          <Fact name={text('personal.person.subjects')}>{person.subjects}</Fact>
        </Facts>
        <Flex direction="column" alignItems="stretch" gap={4}>
          {unconfirmed.map(({ id, email }) => (
            <Notice key={id} variant="info" title={text('personal.person.unconfirmed', { email })} />
          ))}
          <DataTable
            label={text('personal.person.title')}
            columns={[
              { key: 'type', label: text('personal.person.type') },
              { key: 'entries', label: text('personal.person.entries'), isNumber: true },
              { key: 'files', label: text('personal.person.files'), isNumber: true },
              { key: 'action', label: text('personal.person.whenErased') },
            ]}
          >
            {items.map((item) => (
              <Row key={item.type} item={item} />
            ))}
          </DataTable>
        </Flex>
      </Panel>
      <Side>
        {can('personal-data.export') && <ExportForm query={query} />}
        {can('personal-data.erase') && (
          <Panel title={text('personal.erase.title')}>
            <Flex direction="column" alignItems="flex-start" gap={4}>
              <Typography tag="p" textColor="neutral600">
                {text('personal.erase.explain')}
              </Typography>
              <Button variant="danger-light" startIcon={<Trash />} onClick={() => setErasing(true)}>
                {text('personal.erase.start')}
              </Button>
            </Flex>
          </Panel>
        )}
      </Side>
      <Suspense>
        {erasing && <ErasureDialog query={query} items={items} onErased={onErased} onClose={() => setErasing(false)} />}
      </Suspense>
    </>
  );
};
