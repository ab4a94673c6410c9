import { Box, Tabs } from '@strapi/design-system';
import { lazy, Suspense } from 'react';
import { DeskPage } from '../../components/DeskPage';
import { LoadingState } from '../../components/PageStates';
import { usePanel } from '../../hooks/usePanel';
import { useSearch } from '../../hooks/useSearch';
import { useText } from '../../hooks/useText';

const parts = [
  { name: 'map', actions: ['read'], Content: lazy(() => import('./MapPart')) },
  { name: 'persons', actions: ['export', 'erase'], Content: lazy(() => import('./Persons')) },
  { name: 'records', actions: ['read'], Content: lazy(() => import('./Records')) },
] as const;

/** The personal-data map, the persons that it finds, and the register that it makes; each for those who may see it. */
export const PersonalDataPage = () => {
  const text = useText();
  const { can } = usePanel();
  const { search, change } = useSearch();
  const allowed = parts.filter(({ actions }) => actions.some((action) => can(`personal-data.${action}`)));
  const chosen = allowed.find(({ name }) => name === search.get('part')) ?? allowed[0];
  if (!chosen) return null;
  return (
    <DeskPage title={text('nav.personalData')} subtitle={text('personal.subtitle')}>
      <Tabs.Root
        variant="simple"
        value={chosen.name}
        onValueChange={(part) => change({ part: part === allowed[0]!.name ? null : part, type: null })}
      >
        <Box paddingBottom={5}>
          <Tabs.List aria-label={text('personal.parts')}>
            {allowed.map(({ name }) => (
              <Tabs.Trigger key={name} value={name}>
                {text(`personal.tab.${name}`)}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
        </Box>
        {allowed.map(({ name, Content }) => (
          <Tabs.Content key={name} value={name}>
            <Suspense fallback={<LoadingState />}>
              <Content />
            </Suspense>
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </DeskPage>
  );
};
