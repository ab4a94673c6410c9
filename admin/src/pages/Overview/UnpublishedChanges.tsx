import { Flex, LinkButton, Typography } from '@strapi/design-system';
import { Link as RouterLink } from 'react-router-dom';
import { useDraftQuery } from '../../api/publishing';
import { useText } from '../../hooks/useText';
import { PLUGIN_ID } from '../../pluginId';

/** Of a site that is published by hand: what waits, and where to publish it. Nothing where nothing waits. */
export const UnpublishedChanges = ({ site }: { site: string }) => {
  const text = useText();
  const { currentData: draft } = useDraftQuery(site, { refetchOnMountOrArgChange: true });
  if (!draft) return null;
  const { total, addedLocales, removedLocales } = draft.diff;
  const count = total + addedLocales.length + removedLocales.length;
  if (count === 0 && draft.problems.length === 0) return null;
  return (
    <Flex background="warning100" borderColor="warning200" hasRadius padding={4} gap={4} wrap="wrap">
      <Typography fontWeight="bold" textColor="neutral800">
        {draft.problems.length > 0
          ? text('publishing.problems', { count: draft.problems.length })
          : text('overview.unpublished', { count })}
      </Typography>
      <LinkButton
        tag={RouterLink}
        size="S"
        variant="secondary"
        to={`/plugins/${PLUGIN_ID}/publishing?${new URLSearchParams({ site })}`}
      >
        {text('overview.review')}
      </LinkButton>
    </Flex>
  );
};
