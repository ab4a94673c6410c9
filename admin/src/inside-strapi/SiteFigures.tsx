import { useConsentFiguresQuery } from '../api/figures';
import { ConsentFigures } from '../components/ConsentFigures';

/** What visitors of a site decided, on little room; nothing where nobody may know. */
export const SiteFigures = ({ site }: { site: string }) => {
  const { data } = useConsentFiguresQuery(site, { refetchOnMountOrArgChange: true });
  return data ? <ConsentFigures brief figures={data} /> : null;
};
