import { useConsentFiguresQuery } from '../../api/figures';
import { ConsentFigures } from '../../components/ConsentFigures';
import { Loaded } from '../../components/PageStates';
import { Panel } from '../../components/Panel';
import { useText } from '../../hooks/useText';

/** What visitors of the site decided in the last 30 days. */
export const FiguresPanel = ({ site }: { site: string }) => {
  const text = useText();
  const query = useConsentFiguresQuery(site, { refetchOnMountOrArgChange: true });
  return (
    <Panel title={text('figures.title')}>
      <Loaded query={query} failed={text('figures.failed')}>
        {(figures) => <ConsentFigures figures={figures} />}
      </Loaded>
    </Panel>
  );
};
