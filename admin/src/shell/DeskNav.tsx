import { Badge, Typography, VisuallyHidden } from '@strapi/design-system';
import { useEffect, useRef } from 'react';
import { NavLink, useLocation } from 'react-router-dom';
import { styled } from 'styled-components';
import { useAttentionQuery } from '../api/panel';
import { useSearch } from '../hooks/useSearch';
import { useText } from '../hooks/useText';
import { PLUGIN_ID } from '../pluginId';
import type { DeskPageEntry } from './pages';

/** A column beside the page, as in Strapi's settings; where there is no room for one, a row above it. */
const Nav = styled.nav`
  position: sticky;
  top: 0;
  z-index: 2;
  background: ${({ theme }) => theme.colors.neutral0};
  border-block-end: 1px solid ${({ theme }) => theme.colors.neutral150};

  ul {
    display: flex;
    gap: ${({ theme }) => theme.spaces[1]};
    padding: ${({ theme }) => `${theme.spaces[2]} ${theme.spaces[4]}`};
    overflow-x: auto;
  }

  a {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: ${({ theme }) => theme.spaces[2]};
    padding: ${({ theme }) => `0.7rem ${theme.spaces[3]}`};
    border-radius: ${({ theme }) => theme.borderRadius};
    white-space: nowrap;
    text-decoration: none;
    font-size: ${({ theme }) => theme.fontSizes[2]};
    line-height: 1.3;
    color: ${({ theme }) => theme.colors.neutral800};
  }

  a:hover {
    background: ${({ theme }) => theme.colors.neutral100};
  }

  a[aria-current='page'] {
    background: ${({ theme }) => theme.colors.primary100};
    color: ${({ theme }) => theme.colors.primary700};
    font-weight: 500;
  }

  a:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }

  ${({ theme }) => theme.breakpoints.large} {
    align-self: start;
    min-height: 100dvh;
    border-block-end: 0;
    border-inline-end: 1px solid ${({ theme }) => theme.colors.neutral150};

    ul {
      flex-direction: column;
      gap: 2px;
      padding: ${({ theme }) => `${theme.spaces[4]} ${theme.spaces[2]}`};
    }
  }
`;

const Name = styled.div`
  display: none;

  ${({ theme }) => theme.breakpoints.large} {
    display: flex;
    align-items: center;
    height: 5.6rem;
    padding-inline: ${({ theme }) => theme.spaces[5]};
    border-block-end: 1px solid ${({ theme }) => theme.colors.neutral150};
  }
`;

/** The pages that this admin user may see; the chosen site goes along. */
export const DeskNav = ({ pages }: { pages: DeskPageEntry[] }) => {
  const text = useText();
  const { search } = useSearch();
  const site = search.get('site');
  const { data: attention } = useAttentionQuery();
  const list = useRef<HTMLUListElement>(null);
  const { pathname } = useLocation();
  // In a row that is longer than the window, the present page is in sight.
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  }, [pathname]);
  return (
    <Nav aria-label={text('nav.label')}>
      <Name>
        <Typography variant="beta" tag="p">
          {text('nav.label')}
        </Typography>
      </Name>
      <ul ref={list}>
        {pages.map(({ path, label, urgent = () => 0 }) => {
          const count = attention ? urgent(attention) : 0;
          return (
            <li key={path}>
              <NavLink
                end={path === ''}
                to={{
                  pathname: `/plugins/${PLUGIN_ID}${path && `/${path}`}`,
                  search: site ? `?${new URLSearchParams({ site })}` : '',
                }}
              >
                {text(label)}
                {count > 0 && (
                  <>
                    <Badge size="S" backgroundColor="danger600" textColor="buttonNeutral0" aria-hidden>
                      {count}
                    </Badge>
                    <VisuallyHidden>({text('attention.badge', { count })})</VisuallyHidden>
                  </>
                )}
              </NavLink>
            </li>
          );
        })}
      </ul>
    </Nav>
  );
};
