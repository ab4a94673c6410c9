import { useSeenVersionQuery } from '../../api/ledger';
import { PreviewModal } from '../../components/Preview/PreviewModal';
import { useText } from '../../hooks/useText';

interface Props {
  version: string;
  locale: string;
  onClose: () => void;
}

/** What a visitor saw, from the stored version. */
const SeenVersion = ({ version, locale, onClose }: Props) => (
  <PreviewModal
    title={useText()('ledger.seen')}
    locales={[locale]}
    locale={locale}
    onLocale={() => {}}
    query={useSeenVersionQuery(version)}
    onClose={onClose}
  />
);

export default SeenVersion;
