import { Flex, LinkButton, Typography } from '@strapi/design-system';
import { Link as RouterLink, Navigate } from 'react-router-dom';
import { setupSteps } from '../../../../contract';
import { useSetupQuery } from '../../api/setup';
import { useText } from '../../hooks/useText';
import { PLUGIN_ID } from '../../pluginId';

const address = (site: string): string => `/plugins/${PLUGIN_ID}/setup?${new URLSearchParams({ site })}`;

/** Leads to the assistant where nothing was set up yet, and back to it where somebody has left it. */
export const SetupPanel = ({ site }: { site: string }) => {
  const text = useText();
  const { currentData: setup } = useSetupQuery(site, { refetchOnMountOrArgChange: true });
  if (setup?.status === 'fresh') return <Navigate to={address(site)} replace />;
  if (setup?.status !== 'open') return null;
  return (
    <Flex
      background="primary100"
      borderColor="primary200"
      hasRadius
      padding={4}
      gap={4}
      wrap="wrap"
      justifyContent="space-between"
    >
      <Typography fontWeight="bold" textColor="primary700">
        {text('setup.goOn', { number: setupSteps.indexOf(setup.step) + 1, count: setupSteps.length })}
      </Typography>
      <LinkButton tag={RouterLink} size="S" to={address(site)}>
        {text('setup.continue')}
      </LinkButton>
    </Flex>
  );
};

/** The way to the assistant, whenever it is wanted. */
export const SetupLink = ({ site }: { site: string }) => {
  const text = useText();
  return (
    <LinkButton tag={RouterLink} variant="tertiary" to={address(site)}>
      {text('setup.title')}
    </LinkButton>
  );
};
