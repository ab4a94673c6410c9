import { lazy } from 'react';
import { DeskPage } from '../../components/DeskPage';
import { PageParts } from '../../components/PageParts';
import { EmptyState } from '../../components/PageStates';
import { usePanel } from '../../hooks/usePanel';
import { useSite } from '../../hooks/useSite';
import { useText } from '../../hooks/useText';

const parts = [
  { name: 'statistics', Content: lazy(() => import('./Statistics')) },
  { name: 'records', Content: lazy(() => import('./Records')) },
  { name: 'export', Content: lazy(() => import('./Exports')) },
] as const;

/** Statistics, records and files of the ledger, each for those who may see it. */
export const LedgerPage = () => {
  const text = useText();
  const { can } = usePanel();
  const { site, asked } = useSite();
  const key = site?.key ?? asked;
  const allowed = parts.filter(({ name }) => can(`ledger.${name}`));
  return (
    <DeskPage title={text('nav.ledger')} subtitle={text('ledger.subtitle')} perSite>
      {!key || allowed.length === 0 ? (
        <EmptyState content={text('empty.site')} />
      ) : (
        <PageParts
          label={text('ledger.parts')}
          parts={allowed.map(({ name, Content }) => ({
            name,
            label: text(`ledger.tab.${name}`),
            content: <Content key={key} site={key} />,
          }))}
        />
      )}
    </DeskPage>
  );
};
