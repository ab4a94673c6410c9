import { Flex, Link, Typography } from '@strapi/design-system';
import { WarningCircle } from '@strapi/icons';
import { Link as RouterLink, useLocation } from 'react-router-dom';
import { styled } from 'styled-components';
import type { RequestSummary } from '../../../../contract';
import { usePanel } from '../../hooks/usePanel';
import { useSearch } from '../../hooks/useSearch';
import { useText } from '../../hooks/useText';
import { PLUGIN_ID } from '../../pluginId';
import { Deadline } from './Deadline';
import { StateMark } from './StateMark';

const Scroll = styled.div`
  overflow-x: auto;
  container-type: inline-size;

  /* What there is no room for is told on the request's own page. */
  @container (width < 76rem) {
    [data-column='site'] {
      display: none;
    }
  }

  @container (width < 60rem) {
    [data-column='assignee'] {
      display: none;
    }
  }

  table {
    width: 100%;
  }

  th,
  td {
    padding: ${({ theme }) => `${theme.spaces[3]} ${theme.spaces[2]}`};
    text-align: start;
    vertical-align: top;
  }

  tbody tr {
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;

const Address = styled(Typography)`
  overflow-wrap: anywhere;
`;

/** Where a request is handled; the filters go along, for the way back. */
export const requestPath = (id: string, search: URLSearchParams): string =>
  `/plugins/${PLUGIN_ID}/requests/${id}${`${search}` && `?${search}`}`;

const columns = ['request', 'type', 'state', 'due', 'assignee', 'site'] as const;

/** Requests, each with the way to it. */
export const RequestTable = ({ rows }: { rows: RequestSummary[] }) => {
  const text = useText();
  const { sites } = usePanel();
  const { search } = useSearch();
  const { state } = useLocation();
  const shown = columns.filter((column) => column !== 'site' || sites.length > 1);
  const cell = (column: (typeof columns)[number], request: RequestSummary) => {
    switch (column) {
      case 'request':
        return (
          <>
            <Link tag={RouterLink} to={requestPath(request.id, search)} state={state}>
              {request.reference}
            </Link>
            <Address tag="p" variant="pi" textColor="neutral600">
              {request.email ?? text('requests.forgotten')}
            </Address>
            {request.unsentMails > 0 && (
              <Flex gap={1}>
                <WarningCircle fill="danger600" aria-hidden />
                <Typography variant="pi" textColor="danger600">
                  {text('requests.unsent', { count: request.unsentMails })}
                </Typography>
              </Flex>
            )}
          </>
        );
      case 'state':
        return <StateMark state={request.state} />;
      case 'due':
        return <Deadline request={request} />;
      case 'type':
      case 'assignee':
      case 'site':
        return (
          <Typography textColor="neutral800">
            {column === 'type'
              ? text(`requests.type.${request.type}`)
              : column === 'assignee'
                ? (request.assignee?.name ?? '–')
                : (sites.find(({ key }) => key === request.site)?.name ?? request.site)}
          </Typography>
        );
    }
  };
  return (
    <Scroll>
      <table>
        <thead>
          <tr>
            {shown.map((column) => (
              <th key={column} scope="col" data-column={column}>
                <Typography variant="sigma" textColor="neutral600">
                  {text(column === 'site' ? 'site.picker' : `requests.column.${column}`)}
                </Typography>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((request) => (
            <tr key={request.id}>
              {shown.map((column) => (
                <td key={column} data-column={column}>
                  {cell(column, request)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
};
