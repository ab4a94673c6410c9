import { Box, Flex, Status, Typography } from '@strapi/design-system';
import { Widget } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import { useAttentionQuery } from '../api/panel';
import { EntryLink } from '../components/EntryLink';
import { usePanel } from '../hooks/usePanel';
import { useText } from '../hooks/useText';
import { PLUGIN_ID } from '../pluginId';
import { DeskTexts } from '../texts/DeskTexts';
import { SiteFigures } from './SiteFigures';

/** A widget is small, and every site's figures are a request. */
const MOST_WITH_FIGURES = 2;

const page = `/plugins/${PLUGIN_ID}`;
const variants = { live: 'success', invalid: 'danger', never: 'secondary' } as const;

const Content = () => {
  const text = useText();
  const { formatDate } = useIntl();
  const { can } = usePanel();
  const { data, error } = useAttentionQuery(undefined, { refetchOnMountOrArgChange: true });
  if (error) return <Widget.Error>{text('attention.failed')}</Widget.Error>;
  if (!data) return <Widget.Loading />;
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={3}>
        {data.sites.map(({ key, name, status, publishedAt, problems }, index) => (
          <li key={key}>
            <Flex justifyContent="space-between" gap={2}>
              <EntryLink to={`${page}?${new URLSearchParams({ site: key })}`}>{name}</EntryLink>
              <Status variant={variants[status]} size="S" width="fit-content">
                <Typography variant="pi">{text(`publishing.status.${status}`)}</Typography>
              </Status>
            </Flex>
            <Typography tag="p" variant="pi" textColor="neutral600">
              {publishedAt
                ? text('attention.since', {
                    date: formatDate(publishedAt, { dateStyle: 'medium', timeStyle: 'short' }),
                  })
                : text('attention.neverLive')}
              {problems > 0 && ` · ${text('attention.problems', { count: problems })}`}
            </Typography>
            {index < MOST_WITH_FIGURES && can('ledger.statistics') && (
              <Box paddingTop={2}>
                <SiteFigures site={key} />
              </Box>
            )}
          </li>
        ))}
      </Flex>
      {data.unclassified > 0 && (
        <EntryLink to={`${page}/inventory?category=none`}>
          {text('attention.unclassified', { count: data.unclassified })}
        </EntryLink>
      )}
      {(['overdue', 'dueSoon'] as const).map(
        (due) =>
          data.requests[due] > 0 && (
            <EntryLink key={due} to={`${page}/requests?due=${due === 'overdue' ? due : 'soon'}`}>
              {text(`attention.requests.${due}`, { count: data.requests[due] })}
            </EntryLink>
          ),
      )}
      {data.count === 0 && (
        <Typography variant="pi" textColor="neutral600">
          {text('attention.none')}
        </Typography>
      )}
    </Flex>
  );
};

/** On Strapi's homepage: what is live on each site, and what needs attention. */
const HomepageWidget = () => (
  <DeskTexts fallback={<Widget.Loading />}>
    <Content />
  </DeskTexts>
);

export default HomepageWidget;
