import { Flex, Typography } from '@strapi/design-system';
import { Page } from '@strapi/strapi/admin';
import { useIntl } from 'react-intl';
import type { DeskSettings } from '../../../contract';
import { useSettingsQuery } from '../api/settings';
import { DeskPage } from '../components/DeskPage';
import { EntryLink } from '../components/EntryLink';
import { Fact } from '../components/Fact';
import { lifetimeText } from '../components/lifetimeText';
import { Loaded } from '../components/PageStates';
import { Panel } from '../components/Panel';
import { useText } from '../hooks/useText';
import { DeskTexts } from '../texts/DeskTexts';

const Facts = ({ settings }: { settings: DeskSettings }) => {
  const text = useText();
  const { formatList, formatNumber } = useIntl();
  const { cache, consents, keys, geo, redis, pollIntervalSeconds } = settings;
  const yes = (value: boolean) => text(value ? 'diff.yes' : 'diff.no');
  const time = (seconds: number) => lifetimeText(text, seconds);
  const groups = [
    {
      title: 'settings.cache',
      facts: [
        ['settings.maxAge', time(cache.maxAgeSeconds)],
        ['settings.whileRevalidate', time(cache.staleWhileRevalidateSeconds)],
        ['settings.ifError', time(cache.staleIfErrorSeconds)],
        ['settings.poll', time(pollIntervalSeconds)],
        ['settings.redis', yes(redis)],
      ],
    },
    {
      title: 'settings.consents',
      facts: [
        ['settings.recorded', yes(consents.enabled)],
        [
          'settings.rateLimit',
          consents.rateLimit
            ? text('settings.rateLimitOf', {
                max: formatNumber(consents.rateLimit.max),
                time: time(consents.rateLimit.windowSeconds),
              })
            : text('settings.none'),
        ],
        ['settings.checkpoints', time(Math.round(consents.checkpointMinutes * 60))],
        ['settings.ip', text(`settings.ip.${consents.ip}`)],
        ['settings.browser', yes(consents.userAgentFamily)],
        ['settings.country', yes(consents.country)],
      ],
    },
    {
      title: 'settings.keys',
      facts: [
        ['settings.signing', keys.signing.join(', ')],
        ['settings.previous', text(keys.previous ? 'settings.previous.yes' : 'settings.none')],
      ],
    },
    {
      title: 'settings.geo',
      facts: [
        ['settings.knowsCountry', yes(geo.knowsCountry)],
        ['settings.headers', geo.headers ?? text('settings.none')],
        ['settings.proxies', geo.trustedProxies.length ? formatList(geo.trustedProxies) : text('settings.none')],
        ['settings.database', yes(geo.database)],
      ],
    },
  ] as const;
  return (
    <Flex direction="column" alignItems="stretch" gap={6} paddingBottom={8}>
      {groups.map(({ title, facts }) => (
        <Panel key={title} title={text(title)}>
          <Flex tag="dl" gap={6} wrap="wrap" alignItems="flex-start">
            {facts.map(([name, value]) => (
              <Fact key={name} name={text(name)}>
                {value}
              </Fact>
            ))}
          </Flex>
        </Panel>
      ))}
      <Panel title={text('settings.permissions')}>
        <Typography tag="p" textColor="neutral600" paddingBottom={3}>
          {text('settings.permissions.explain')}
        </Typography>
        <EntryLink to="/settings/roles">{text('settings.roles')}</EntryLink>
      </Panel>
    </Flex>
  );
};

const settingsTexts = (locale: string): Promise<Record<string, string>> =>
  import(`../translations/settings/${locale}.json`).then((file) => file.default);

const Content = () => {
  const text = useText();
  const query = useSettingsQuery();
  return (
    <DeskPage title="Privacy Desk" subtitle={text('settings.subtitle')}>
      <Loaded query={query} failed={text('settings.failed')}>
        {(settings) => <Facts settings={settings} />}
      </Loaded>
    </DeskPage>
  );
};

/** In Strapi's settings: what the server was started with, and where permissions are given. */
export const SettingsPage = () => (
  <DeskTexts fallback={<Page.Loading />} more={settingsTexts}>
    <Content />
  </DeskTexts>
);
