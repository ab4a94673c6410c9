import { Box, Flex, Typography } from '@strapi/design-system';
import type { PublishingProblem } from '../../../contract';
import { useText, type TextKey } from '../hooks/useText';
import { contentManagerPath } from './contentManagerPath';
import { EntryLink } from './EntryLink';

/** What keeps a catalogue from being published, with the way to mend it. */
export const Problems = ({ problems }: { problems: PublishingProblem[] }) => {
  const text = useText();
  return (
    <Box background="danger100" borderColor="danger200" hasRadius padding={4}>
      <Typography tag="h3" variant="omega" fontWeight="bold" textColor="danger700">
        {text('publishing.problems', { count: problems.length })}
      </Typography>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={3} paddingTop={3}>
        {problems.map(({ type, documentId, key, locale, field, message }, index) => (
          <li key={index}>
            {documentId && (
              <EntryLink to={contentManagerPath(type, documentId, locale)}>
                {`${text(`type.${type}` satisfies TextKey)} ${key}`}
              </EntryLink>
            )}
            <Typography tag="p" textColor="neutral800">
              <code>{field}</code> ({locale}): {message}
            </Typography>
          </li>
        ))}
      </Flex>
    </Box>
  );
};
