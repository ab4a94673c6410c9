import { Box, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { AskedAgain, AskReason } from '../../../../contract';
import { lifetimeText } from '../../components/lifetimeText';
import { useText, type Text } from '../../hooks/useText';

const explain = (text: Text, names: AskedAgain['names'], told: AskReason): string => {
  const reason = 'item' in told ? { ...told, item: names[told.item] ?? told.item } : told;
  switch (reason.kind) {
    case 'lifetime':
      return text('asked.lifetime', {
        ...reason,
        before: lifetimeText(text, reason.before),
        after: lifetimeText(text, reason.after),
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
      <Typography tag="h3" variant="omega" fontWeight="bold" textColor="neutral800">
        {text('asked.title', { count: asked.length, categories: formatList(asked.map(({ name }) => name)) })}
      </Typography>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={1} paddingTop={2}>
        {asked.flatMap(({ category, name, names, reasons }) =>
          reasons.map((reason, index) => (
            <li key={`${category} ${index}`}>
              <Typography textColor="neutral800">
                <b>{name}</b>: {explain(text, names, reason)}
              </Typography>
            </li>
          )),
        )}
      </Flex>
    </Box>
  );
};
