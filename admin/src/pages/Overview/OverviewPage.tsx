import { Page } from '@strapi/strapi/admin';
import { useText } from '../../hooks/useText';
import { OverviewContent } from './OverviewContent';

const permissions = [{ action: 'plugin::privacy-desk.overview.read', subject: null }];

/** What is live on each site, and what is in the catalogue. */
export const OverviewPage = () => {
  const text = useText();
  return (
    <Page.Protect permissions={permissions}>
      <Page.Title>{text('plugin.name')}</Page.Title>
      <OverviewContent />
    </Page.Protect>
  );
};
