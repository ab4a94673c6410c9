import { Box, Flex, Tabs, Typography } from '@strapi/design-system';
import { useState } from 'react';
import type { Install } from '../../../../contract';
import { useInstallQuery } from '../../api/install';
import { Code, CopyButton } from '../../components/Code';
import { DeskPage } from '../../components/DeskPage';
import { EmptyState, Loaded } from '../../components/PageStates';
import { LocaleSelect } from '../../components/LocaleSelect';
import { Panel } from '../../components/Panel';
import { usePanel } from '../../hooks/usePanel';
import { useSite } from '../../hooks/useSite';
import { useText } from '../../hooks/useText';
import { LiveCheck } from './LiveCheck';
import { snippetOf, ways } from './snippets';

const LOOK_EVERY_MS = 5000;

const Snippets = ({ install }: { install: Install }) => {
  const text = useText();
  const { locales } = usePanel();
  const [chosen, setChosen] = useState<string>();
  const locale = locales.find(({ code }) => code === chosen)?.code ?? locales[0]?.code ?? 'en';
  return (
    <Panel title={text('script.title')}>
      <LocaleSelect locales={locales} value={locale} onChange={setChosen} />
      <Tabs.Root variant="simple" defaultValue={ways[0]}>
        <Box overflow="auto">
          <Tabs.List aria-label={text('install.way')}>
            {ways.map((way) => (
              <Tabs.Trigger key={way} value={way}>
                {text(`install.way.${way}`)}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
        </Box>
        {ways.map((way) => {
          const snippet = snippetOf[way]({ ...install, locale });
          return (
            <Tabs.Content key={way} value={way}>
              <Flex direction="column" alignItems="stretch" gap={4} paddingTop={5}>
                <Flex justifyContent="space-between" alignItems="flex-start" gap={4}>
                  <Typography tag="p" textColor="neutral600">
                    {text(`install.explain.${way}`)}
                  </Typography>
                  <CopyButton text={snippet} />
                </Flex>
                <Code label={text(`install.way.${way}`)}>{snippet}</Code>
              </Flex>
            </Tabs.Content>
          );
        })}
      </Tabs.Root>
    </Panel>
  );
};

const Content = ({ site }: { site: string }) => {
  const text = useText();
  // Whoever has just put it on a website looks here while it is loaded.
  const query = useInstallQuery(site, {
    refetchOnMountOrArgChange: true,
    pollingInterval: LOOK_EVERY_MS,
  });
  return (
    <Loaded query={query} failed={text('install.failed')}>
      {(install) => (
        <Flex direction="column" alignItems="stretch" gap={6} paddingBottom={8}>
          <LiveCheck install={install} />
          <Snippets install={install} />
        </Flex>
      )}
    </Loaded>
  );
};

/** How a website gets Privacy Desk, and whether it has it. */
export const InstallPage = () => {
  const text = useText();
  const { site, asked } = useSite();
  const key = site?.key ?? asked;
  return (
    <DeskPage title={text('nav.install')} subtitle={text('install.subtitle')} perSite>
      {key ? <Content site={key} /> : <EmptyState content={text('empty.site')} />}
    </DeskPage>
  );
};
