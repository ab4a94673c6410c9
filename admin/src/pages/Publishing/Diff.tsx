import { Badge, Box, Button, Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { ConfigChange, ConfigDiff, FieldChange } from '../../../../contract';
import { useText } from '../../hooks/useText';
import { AskedAgainList } from './AskedAgainList';
import { fieldName, valueText } from './fieldText';

const SHOWN_AT_FIRST = 20;

const colors = {
  added: { backgroundColor: 'success100', textColor: 'success700' },
  removed: { backgroundColor: 'danger100', textColor: 'danger700' },
  changed: { backgroundColor: 'primary100', textColor: 'primary700' },
  reordered: { backgroundColor: 'neutral150', textColor: 'neutral700' },
} as const;

const Row = styled.li`
  padding-block: ${({ theme }) => theme.spaces[3]};
  border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
`;

const Values = styled.dl`
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: ${({ theme }) => `${theme.spaces[1]} ${theme.spaces[4]}`};
  padding-block-start: ${({ theme }) => theme.spaces[2]};

  dt,
  dd {
    overflow-wrap: anywhere;
    white-space: pre-line;
  }

  del {
    color: ${({ theme }) => theme.colors.danger700};
  }

  ins {
    color: ${({ theme }) => theme.colors.success700};
    text-decoration: none;
  }

  ${({ theme }) => theme.breakpoints.medium} {
    grid-template-columns: minmax(10rem, 18rem) minmax(0, 1fr);
  }
`;

const Value = ({ of, change: { field, before, after } }: { of: ConfigChange['of']; change: FieldChange }) => {
  const text = useText();
  const said = (value: string) => valueText(text, of, field, value);
  return (
    <>
      {before !== undefined && <del>{said(before)}</del>}
      {before !== undefined && after !== undefined && ' → '}
      {after !== undefined && <ins>{said(after)}</ins>}
    </>
  );
};

const Change = ({ change }: { change: ConfigChange }) => {
  const text = useText();
  const { formatDisplayName } = useIntl();
  const { kind, of, name, storage, locale, fields, category } = change;
  const title =
    kind === 'reordered'
      ? text(of === 'item' ? 'diff.reordered.items' : 'diff.reordered.categories', { name })
      : text(`diff.of.${of}`, { name: name || category || '', storage: storage ?? '' });
  return (
    <Row>
      <Flex gap={2} wrap="wrap">
        <Badge {...colors[kind]}>{text(`diff.${kind}`)}</Badge>
        <Typography fontWeight="bold" textColor="neutral800">
          {title}
        </Typography>
        {locale && (
          <Typography variant="pi" textColor="neutral600">
            {formatDisplayName(locale, { type: 'language', fallback: 'code' })}
          </Typography>
        )}
      </Flex>
      {fields.length > 0 && (
        <Values>
          {fields.map((field) => (
            <Box key={field.field} display="contents">
              <Typography tag="dt" variant="pi" textColor="neutral600">
                {fieldName(text, field.field) ?? <code>{field.field}</code>}
              </Typography>
              <Typography tag="dd" variant="omega" textColor="neutral800">
                <Value of={of} change={field} />
              </Typography>
            </Box>
          ))}
        </Values>
      )}
    </Row>
  );
};

/** What differs between two states of a site, and whose decisions that asks for again. */
export const Diff = ({ diff }: { diff: ConfigDiff }) => {
  const text = useText();
  const { formatList } = useIntl();
  const [all, setAll] = useState(false);
  const shown = all ? diff.changes : diff.changes.slice(0, SHOWN_AT_FIRST);
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <AskedAgainList asked={diff.askedAgain} />
      {(['added', 'removed'] as const).map(
        (kind) =>
          diff[`${kind}Locales`].length > 0 && (
            <Typography key={kind} tag="p" textColor="neutral800">
              {text(`diff.locales.${kind}`, { locales: formatList(diff[`${kind}Locales`]) })}
            </Typography>
          ),
      )}
      {shown.length > 0 && (
        <Box tag="ul" aria-label={text('diff.label')}>
          {shown.map((change, index) => (
            <Change key={index} change={change} />
          ))}
        </Box>
      )}
      {shown.length < diff.changes.length && (
        <Flex justifyContent="center">
          <Button variant="tertiary" onClick={() => setAll(true)}>
            {text('diff.showAll', { count: diff.changes.length })}
          </Button>
        </Flex>
      )}
      {all && diff.total > diff.changes.length && (
        <Typography textColor="neutral600">{text('diff.more', { count: diff.total - diff.changes.length })}</Typography>
      )}
    </Flex>
  );
};
