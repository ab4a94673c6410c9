import { useIntl } from 'react-intl';
import type { Publication } from '../../../../contract';
import { useText } from '../../hooks/useText';

/** When something went live, and by whom. */
export const PublishedBy = ({ publication: { publishedAt, actors, kind } }: { publication: Publication }) => {
  const text = useText();
  const { formatDate, formatList } = useIntl();
  const names = actors.map(({ name }) => name);
  return (
    <>
      <time dateTime={publishedAt}>{formatDate(publishedAt, { dateStyle: 'medium', timeStyle: 'short' })}</time>
      {' · '}
      {names.length
        ? text('publish.by', { names: formatList(names, { type: 'conjunction' }) })
        : text(kind === 'automatic' ? 'publish.bySystem' : 'publish.byUnknown')}
    </>
  );
};
