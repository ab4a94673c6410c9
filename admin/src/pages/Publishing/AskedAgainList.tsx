import { Box, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { AskedAgain, AskReason, Lifetime } from '../../../../contract';
import { useText, type Text } from '../../hooks/useText';

const lifetime = (text: Text, value: Lifetime | null): string => {
  if (value === null) return text('storage.unit.unknown');
  if (typeof value !== 'number') return text(`storage.unit.${value}`);
  const [unit, seconds] = (
    [
      ['years', 365 * 86_400],
      ['months', 30 * 86_400],
      ['days', 86_400],
      ['hours', 3600],
      ['minutes', 60],
    ] as const
  ).find(([, length]) => value % length === 0) ?? ['seconds', 1];
  return `${value / seconds} ${text(`storage.unit.${unit}`, { amount: value / seconds })}`;
};

const explain = (text: Text, reason: AskReason): string => {
  switch (reason.kind) {
    case 'lifetime':
      return text('asked.lifetime', {
        ...reason,
        before: lifetime(text, reason.before),
        after: lifetime(text, reason.after),
      });
    case 'provider':
      return text('asked.provider', { item: reason.item, before: reason.before ?? '–', after: reason.after });
    case 'mode':
      return text('asked.mode', { before: text(`mode.${reason.before}`), after: text(`mode.${reason.after}`) });
    case 'new-item':
      return text('asked.new-item', { item: reason.item });
    case 'moved-item':
      return text('asked.moved-item', { item: reason.item, from: reason.from });
    case 'new-storage':
      return text('asked.new-storage', { item: reason.item, storage: reason.storage });
    case 'returned':
      return text('asked.returned');
    case 'by-hand':
      return text('asked.by-hand');
  }
};

/** The categories whose visitors are asked again, with the reasons. */
export const AskedAgainList = ({ asked }: { asked: AskedAgain[] }) => {
  const text = useText();
  const { formatList } = useIntl();
  if (asked.length === 0) return null;
  return (
    <Box background="warning100" borderColor="warning200" hasRadius padding={4}>
      <Typography tag="h3" variant="omega" fontWeight="bold" textColor="warning700">
        {text('asked.title', { count: asked.length, categories: formatList(asked.map(({ category }) => category)) })}
      </Typography>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={1} paddingTop={2}>
        {asked.flatMap(({ category, reasons }) =>
          reasons.map((reason, index) => (
            <li key={`${category} ${index}`}>
              <Typography textColor="neutral800">
                <code>{category}</code>: {explain(text, reason)}
              </Typography>
            </li>
          )),
        )}
      </Flex>
    </Box>
  );
};
