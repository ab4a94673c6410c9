import { Box, Flex, LinkButton, Typography } from '@strapi/design-system';
import { CheckCircle, WarningCircle } from '@strapi/icons';
import { useEffect, useRef } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import type { Setup } from '../../../../contract';
import { useText } from '../../hooks/useText';
import { PLUGIN_ID } from '../../pluginId';
import { ScriptPanel } from '../Overview/ScriptPanel';

const page = `/plugins/${PLUGIN_ID}`;

/** What stands after the last step, and what is left to do: put the script tag on the website. */
export const Finished = ({ site, setup }: { site: string; setup: Setup }) => {
  const text = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const live = setup.published === 'live';
  const query = `?${new URLSearchParams({ site })}`;
  return (
    <Flex direction="column" alignItems="stretch" gap={6}>
      <Box background="neutral0" shadow="tableShadow" hasRadius padding={6}>
        <Flex gap={3} alignItems="flex-start">
          {live ? (
            <CheckCircle width="2.4rem" height="2.4rem" fill="success600" aria-hidden />
          ) : (
            <WarningCircle width="2.4rem" height="2.4rem" fill="warning600" aria-hidden />
          )}
          <Box>
            <Typography ref={heading} tabIndex={-1} style={{ outline: 'none' }} tag="h2" variant="beta">
              {text(live ? 'setup.done.title' : 'setup.done.notLive')}
            </Typography>
            <Typography tag="p" textColor="neutral600" paddingTop={2}>
              {text(`setup.done.${setup.published}`)}
            </Typography>
          </Box>
        </Flex>
        <Flex gap={2} wrap="wrap" paddingTop={5}>
          {!live && (
            <LinkButton tag={RouterLink} to={`${page}/publishing${query}`}>
              {text('nav.publishing')}
            </LinkButton>
          )}
          <LinkButton tag={RouterLink} variant="secondary" to={`${page}${query}`}>
            {text('setup.done.overview')}
          </LinkButton>
        </Flex>
      </Box>
      <ScriptPanel locales={setup.locales} scriptTags={setup.scriptTags} />
    </Flex>
  );
};
