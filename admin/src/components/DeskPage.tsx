import { Flex } from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import type { ReactNode } from 'react';
import { SitePicker } from './SitePicker';

interface Props {
  title: string;
  subtitle?: string;
  /** Above the title: the way to the page that this one belongs to. */
  back?: ReactNode;
  /** Whether the page is about one site, so that it has the site picker: see `useSite`. */
  perSite?: boolean;
  /** The page's main buttons. */
  actions?: ReactNode;
  /** While data is asked for again. */
  busy?: boolean;
  children: ReactNode;
}

/** The frame of every page: title, site picker, buttons, content. */
export const DeskPage = ({ title, subtitle, back, perSite = false, actions, busy = false, children }: Props) => (
  <Page.Main aria-busy={busy}>
    <Page.Title>{title}</Page.Title>
    <Layouts.Header
      title={title}
      subtitle={subtitle}
      navigationAction={back}
      primaryAction={
        (perSite || actions) && (
          <Flex gap={2} wrap="wrap" justifyContent="flex-end">
            {perSite && <SitePicker />}
            {actions}
          </Flex>
        )
      }
    />
    <Layouts.Content>{children}</Layouts.Content>
  </Page.Main>
);
