import { Badge, Flex, Status, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Install } from '../../../../contract';
import { Panel } from '../../components/Panel';
import { useText } from '../../hooks/useText';

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** Which websites have asked for the site, and which of its own have not. */
export const LiveCheck = ({ install: { seen, origins } }: { install: Install }) => {
  const text = useText();
  const { formatRelativeTime } = useIntl();
  const ago = (seconds: number): string => {
    const [unit, length] = units.find(([, least]) => seconds >= least) ?? ['second', 1];
    return formatRelativeTime(-Math.floor(seconds / length), unit, { numeric: 'auto' });
  };
  const known = new Set(seen.map(({ origin }) => origin));
  const missing = origins.filter((origin) => !known.has(origin));
  return (
    <Panel title={text('install.check')}>
      <Typography tag="p" textColor="neutral600" paddingBottom={4}>
        {text('install.check.explain')}
      </Typography>
      <div role="status">
        {seen.length + missing.length === 0 ? (
          <Typography textColor="neutral800">{text('install.check.none')}</Typography>
        ) : (
          <Flex tag="ul" direction="column" alignItems="stretch" gap={2}>
            {seen.map(({ origin, secondsAgo }) => (
              <Flex key={origin} tag="li" gap={3} wrap="wrap">
                <Status variant="success" size="S">
                  <Typography variant="pi">{text('install.check.seen', { origin, ago: ago(secondsAgo) })}</Typography>
                </Status>
                {origins.length > 0 && !origins.includes(origin) && (
                  <Badge size="S" backgroundColor="warning100" textColor="neutral800">
                    {text('install.check.foreign')}
                  </Badge>
                )}
              </Flex>
            ))}
            {missing.map((origin) => (
              <Flex key={origin} tag="li">
                <Status variant="secondary" size="S">
                  <Typography variant="pi">{text('install.check.missing', { origin })}</Typography>
                </Status>
              </Flex>
            ))}
          </Flex>
        )}
      </div>
    </Panel>
  );
};
