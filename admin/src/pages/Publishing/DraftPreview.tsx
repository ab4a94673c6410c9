import { useState } from 'react';
import { useDraftConfigQuery } from '../../api/publishing';
import { useText } from '../../hooks/useText';
import { PreviewModal } from '../../components/Preview/PreviewModal';

interface Props {
  site: string;
  locales: string[];
  first: string;
  onClose: () => void;
}

/** What visitors would see after publishing. */
const DraftPreview = ({ site, locales, first, onClose }: Props) => {
  const text = useText();
  const [locale, setLocale] = useState(first);
  const query = useDraftConfigQuery({ site, locale }, { refetchOnMountOrArgChange: true });
  return (
    <PreviewModal
      title={text('publish.preview')}
      locales={locales}
      locale={locale}
      onLocale={setLocale}
      query={query}
      onClose={onClose}
    />
  );
};

export default DraftPreview;
