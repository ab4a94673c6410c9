import { Flex, Typography } from '@strapi/design-system';
import { useMemo } from 'react';
import { Link } from 'react-router-dom';
import { styled } from 'styled-components';
import type { PanelLocale } from '../../../../contract';
import { useTranslationProgressQuery } from '../../api/translations';
import { ProgressBar } from '../../components/ProgressBar';
import { useSearch } from '../../hooks/useSearch';
import { useText } from '../../hooks/useText';

const List = styled.ul`
  display: flex;
  flex-direction: column;
  gap: 2px;

  a {
    display: block;
    padding: ${({ theme }) => theme.spaces[2]};
    border-radius: ${({ theme }) => theme.borderRadius};
    text-decoration: none;
  }

  a:hover {
    background: ${({ theme }) => theme.colors.neutral100};
  }

  a[aria-current] {
    background: ${({ theme }) => theme.colors.primary100};
  }

  a:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
  }
`;

interface Props {
  /** Without the default one. */
  locales: PanelLocale[];
  chosen: string | undefined;
  site: string | undefined;
}

/** The languages with their progress: links, so that each can be opened beside another. */
export const LanguageList = ({ locales, chosen, site }: Props) => {
  const text = useText();
  const { search } = useSearch();
  const { data } = useTranslationProgressQuery(site);
  const progress = useMemo(() => new Map(data?.locales.map((locale) => [locale.code, locale])), [data]);
  const to = (locale: string | undefined): string => {
    const next = new URLSearchParams(search);
    for (const name of ['locale', 'at', 'page']) next.delete(name);
    if (locale) next.set('locale', locale);
    return `?${next}`;
  };
  return (
    <nav aria-label={text('translations.languages')}>
      <List>
        <li>
          <Link to={to(undefined)} aria-current={chosen ? undefined : 'page'}>
            <Typography textColor="neutral800" fontWeight="bold">
              {text('translations.all')}
            </Typography>
          </Link>
        </li>
        {locales.map(({ code, name }) => {
          const { translated = 0, total = 0 } = progress.get(code) ?? {};
          // 100 only where nothing is missing.
          const percent = total ? Math.floor((100 * translated) / total) : 100;
          return (
            <li key={code}>
              <Link to={to(code)} aria-current={chosen === code ? 'page' : undefined}>
                <Flex justifyContent="space-between" gap={2} paddingBottom={1}>
                  <Typography textColor="neutral800" ellipsis>
                    {name}
                  </Typography>
                  <Typography variant="pi" textColor="neutral600">
                    {data && text('number.percent', { percent })}
                  </Typography>
                </Flex>
                <ProgressBar
                  value={data ? translated : 0}
                  max={Math.max(total, 1)}
                  aria-label={text('languages.progressOf', { language: name })}
                />
              </Link>
            </li>
          );
        })}
      </List>
    </nav>
  );
};
