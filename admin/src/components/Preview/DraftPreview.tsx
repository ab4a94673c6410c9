import { useState } from 'react';
import type { PreviewView } from '../../../../contract';
import { useDraftConfigQuery } from '../../api/publishing';
import { useText } from '../../hooks/useText';
import { PreviewModal } from './PreviewModal';

interface Props {
  site: string;
  locales: string[];
  first: string;
  /** What is shown at first. */
  view?: PreviewView;
  onClose: () => void;
}

/** What visitors would see after publishing. */
const DraftPreview = ({ site, locales, first, view, onClose }: Props) => {
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
      view={view}
      onClose={onClose}
    />
  );
};

export default DraftPreview;
