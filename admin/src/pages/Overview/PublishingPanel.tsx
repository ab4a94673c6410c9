import { Flex, Status, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Overview } from '../../../../contract';
import { usePanel } from '../../hooks/usePanel';
import { useText } from '../../hooks/useText';
import { PublishedBy } from '../Publishing/PublishedBy';
import { UnpublishedChanges } from './UnpublishedChanges';
import { usePublishingQuery } from '../../api/publishing';
import { contentManagerPath } from '../../components/contentManagerPath';
import { EntryLink } from '../../components/EntryLink';
import { Fact } from '../../components/Fact';
import { Panel } from '../../components/Panel';
import { Problems } from '../../components/Problems';

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
  const { can } = usePanel();
  const known = can('publishing.read');
  const { currentData: state } = usePublishingQuery(site.key, { skip: !known, refetchOnMountOrArgChange: true });
  const manual = state?.mode === 'manual';

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
          {manual
            ? text('publish.mode.manual.now')
            : text(`publishing.explain.${status}`, { live: version ? 'yes' : 'no' })}
        </Typography>
        {manual && <UnpublishedChanges site={site.key} />}
        <Flex tag="dl" gap={6} wrap="wrap" alignItems="flex-start">
          {publishedAt && (
            <Fact name={text('publishing.since')}>
              {state?.live ? (
                <PublishedBy publication={state.live} />
              ) : (
                <time dateTime={publishedAt}>
                  {formatDate(publishedAt, { dateStyle: 'medium', timeStyle: 'short' })}
                </time>
              )}
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
        {problems.length > 0 && <Problems problems={problems} />}
      </Flex>
    </Panel>
  );
};
