import { Box, Flex, Status, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Overview } from '../../../../contract';
import { useText, type TextKey } from '../../hooks/useText';
import { contentManagerPath } from './contentManagerPath';
import { EntryLink } from './EntryLink';
import { Fact } from './Fact';
import { Panel } from './Panel';

const variants = { live: 'success', invalid: 'danger', never: 'secondary' } as const;

/** What visitors of the site get now, and what keeps newer changes from them. */
export const PublishingPanel = ({
  site,
  publishing,
}: {
  site: NonNullable<Overview['site']>;
  publishing: Overview['publishing'];
}) => {
  const text = useText();
  const { formatDate } = useIntl();
  const { status, version, publishedAt, problems } = publishing;

  return (
    <Panel
      title={text('publishing.title')}
      note={
        <Status variant={variants[status]} size="S">
          <Typography variant="omega" fontWeight="bold">
            {text(`publishing.status.${status}`)}
          </Typography>
        </Status>
      }
      actions={<EntryLink to={contentManagerPath('site', site.documentId)}>{text('publishing.editSite')}</EntryLink>}
    >
      <Flex direction="column" alignItems="stretch" gap={4}>
        <Typography tag="p" textColor="neutral600">
          {text(`publishing.explain.${status}`, { live: version ? 'yes' : 'no' })}
        </Typography>
        <Flex tag="dl" gap={6} wrap="wrap" alignItems="flex-start">
          {publishedAt && (
            <Fact name={text('publishing.since')}>
              <time dateTime={publishedAt}>{formatDate(publishedAt, { dateStyle: 'medium', timeStyle: 'short' })}</time>
            </Fact>
          )}
          {version && (
            <Fact name={text('publishing.version')}>
              <code title={version}>{version.slice(0, 12)}</code>
            </Fact>
          )}
          <Fact name={text('publishing.regime')}>{text(`regime.${site.regime}`)}</Fact>
          <Fact name={text('publishing.origins')}>
            {site.origins.length ? site.origins.join(', ') : text('publishing.anyOrigin')}
          </Fact>
        </Flex>
        {problems.length > 0 && (
          <Box background="danger100" borderColor="danger200" hasRadius padding={4}>
            <Typography tag="h3" variant="omega" fontWeight="bold" textColor="danger700">
              {text('publishing.problems', { count: problems.length })}
            </Typography>
            <Flex tag="ul" direction="column" alignItems="stretch" gap={3} paddingTop={3}>
              {problems.map(({ type, documentId, key, locale, field, message }, index) => (
                <li key={index}>
                  <EntryLink to={contentManagerPath(type, documentId, locale)}>
                    {`${text(`type.${type}` satisfies TextKey)} ${key}`}
                  </EntryLink>
                  <Typography tag="p" textColor="neutral800">
                    <code>{field}</code> ({locale}): {message}
                  </Typography>
                </li>
              ))}
            </Flex>
          </Box>
        )}
      </Flex>
    </Panel>
  );
};
