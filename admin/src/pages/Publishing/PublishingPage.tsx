import { Flex } from '@strapi/design-system';
import { usePublishingQuery } from '../../api/publishing';
import { DeskPage } from '../../components/DeskPage';
import { EmptyState, Loaded } from '../../components/PageStates';
import { useSite } from '../../hooks/useSite';
import { useText } from '../../hooks/useText';
import { DraftPanel } from './DraftPanel';
import { HistoryPanel } from './HistoryPanel';
import { ModePanel } from './ModePanel';

const Content = ({ site }: { site: string }) => {
  const text = useText();
  const query = usePublishingQuery(site, { refetchOnMountOrArgChange: true });
  return (
    <Loaded query={query} failed={text('publish.failed')}>
      {(state) => (
        <Flex direction="column" alignItems="stretch" gap={6} paddingBottom={8}>
          <ModePanel state={state} />
          <DraftPanel key={site} state={state} />
          <HistoryPanel key={`${site} history`} state={state} />
        </Flex>
      )}
    </Loaded>
  );
};

/** What is live of a site, what would be, and what was. */
export const PublishingPage = () => {
  const text = useText();
  const { site, asked } = useSite();
  const key = site?.key ?? asked;
  return (
    <DeskPage title={text('publish.title')} subtitle={text('publish.subtitle')} perSite>
      {key ? <Content site={key} /> : <EmptyState content={text('empty.site')} />}
    </DeskPage>
  );
};
