import { Badge, Box, Flex, Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import type { ErasureItem } from '../../../../contract';
import { useText } from '../../hooks/useText';

const Row = styled.li`
  padding-block: ${({ theme }) => theme.spaces[3]};
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
`;

const colors = {
  delete: { backgroundColor: 'danger100', textColor: 'danger700' },
  anonymise: { backgroundColor: 'primary100', textColor: 'primary700' },
  keep: { backgroundColor: 'neutral150', textColor: 'neutral800' },
} as const;

/** The plugin's own tables, which the server names in English. */
const own: Record<string, 'nav.ledger' | 'nav.requests'> = { consents: 'nav.ledger', 'data-requests': 'nav.requests' };

/** What erasure does to a person's entries, type by type. */
export const ErasureItems = ({ items }: { items: ErasureItem[] }) => {
  const text = useText();
  if (items.length === 0) return <Typography textColor="neutral600">{text('requests.erasure.nothing')}</Typography>;
  return (
    <ul>
      {items.map(({ type, name, action, entries, files, replaced, kept, reason }) => (
        <Row key={type}>
          <Flex gap={2} justifyContent="space-between" alignItems="flex-start">
            <Typography fontWeight="bold" textColor="neutral800">
              {own[type] ? text(own[type]) : name}
            </Typography>
            <Badge {...colors[action]}>{text(`requests.erasure.${action}`)}</Badge>
          </Flex>
          <Typography tag="p" variant="pi" textColor="neutral600">
            {text('requests.erasure.entries', { entries, files })}
          </Typography>
          {replaced.length > 0 && (
            <Typography tag="p" variant="pi" textColor="neutral600">
              {text('requests.erasure.replaced', { fields: replaced.join(', ') })}
            </Typography>
          )}
          {reason && (
            <Typography tag="p" variant="pi" textColor="neutral600">
              {own[type] ? text('requests.erasure.own') : reason}
            </Typography>
          )}
          {kept.length > 0 && (
            <Box tag="ul">
              {kept.map(({ path, reason: why }) => (
                <Typography key={path} tag="li" variant="pi" textColor="neutral600">
                  {text('requests.erasure.kept', { field: path, reason: why })}
                </Typography>
              ))}
            </Box>
          )}
        </Row>
      ))}
    </ul>
  );
};
