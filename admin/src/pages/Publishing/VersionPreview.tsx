import { useState } from 'react';
import type { Publication } from '../../../../contract';
import { useVersionQuery } from '../../api/publishing';
import { useText } from '../../hooks/useText';
import { PreviewModal } from '../../components/Preview/PreviewModal';

interface Props {
  publication: Publication;
  onClose: () => void;
}

/** What visitors saw, from the stored version. */
const VersionPreview = ({ publication: { versions, defaultLocale, number }, onClose }: Props) => {
  const text = useText();
  const locales = Object.keys(versions);
  const [locale, setLocale] = useState(versions[defaultLocale] ? defaultLocale : locales[0]!);
  const query = useVersionQuery(versions[locale]!);
  return (
    <PreviewModal
      title={text('history.seen', { number })}
      locales={locales}
      locale={locale}
      onLocale={setLocale}
      query={query}
      onClose={onClose}
    />
  );
};

export default VersionPreview;
