import { lazy } from 'react';
import { DeskPage } from '../../components/DeskPage';
import { PageParts } from '../../components/PageParts';
import { usePanel } from '../../hooks/usePanel';
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
  const allowed = parts.filter(({ actions }) => actions.some((action) => can(`personal-data.${action}`)));
  if (allowed.length === 0) return null;
  return (
    <DeskPage title={text('nav.personalData')} subtitle={text('personal.subtitle')}>
      <PageParts
        label={text('personal.parts')}
        parts={allowed.map(({ name, Content }) => ({
          name,
          label: text(`personal.tab.${name}`),
          content: <Content />,
        }))}
        changes={{ type: null }}
      />
    </DeskPage>
  );
};
