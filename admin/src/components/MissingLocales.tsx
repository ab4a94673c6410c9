import { Typography } from '@strapi/design-system';
import { useText } from '../hooks/useText';

const NAMED = 3;

/** The languages into which something is not wholly translated. */
export const MissingLocales = ({ locales }: { locales: string[] }) => {
  const text = useText();
  const named = locales.slice(0, NAMED).join(', ');
  const more = locales.length - NAMED;
  if (locales.length === 0)
    return (
      <Typography variant="pi" textColor="neutral600">
        {text('languages.complete')}
      </Typography>
    );
  return (
    <Typography variant="pi" textColor="neutral600" title={locales.join(', ')}>
      {more > 0
        ? text('languages.missingMore', { locales: named, more })
        : text('languages.missing', { locales: named })}
    </Typography>
  );
};
