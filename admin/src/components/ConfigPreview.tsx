import { Box, Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { previewOf, type PublishingProblem, type Regime } from '../../../contract';
import type { ApiError } from '../api/errors';
import { useAppearancePreviewQuery } from '../api/appearance';
import { useText } from '../hooks/useText';
import { ErrorState, LoadingState } from './PageStates';
import { Preview, PreviewControls, useLooking } from './Preview';
import { Problems } from './Problems';

interface Props {
  site: string;
  form: Parameters<typeof previewOf>[1];
  locales: string[];
  locale: string;
  onLocale: (locale: string) => void;
  /** The site's own, to begin with. */
  regime: Regime;
  /** Without all that can be chosen. */
  simple?: boolean;
}

/** What visitors will see of a look and of words that may not be saved yet: the real client with the site's real catalogue. */
export const ConfigPreview = ({ site, form, locales, locale, onLocale, regime: usual, simple = false }: Props) => {
  const text = useText();
  const [looking, setLooking] = useLooking();
  const [regime, setRegime] = useState(usual);
  const query = useAppearancePreviewQuery({ site, locale, regime }, { refetchOnMountOrArgChange: true });
  // That of before stays until the other language is there.
  const { data, currentData, error, isFetching, refetch } = query;
  const problems = ((error as ApiError | undefined)?.details as { problems?: PublishingProblem[] } | undefined)
    ?.problems;
  const shown = error ? undefined : (currentData ?? data);

  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <PreviewControls
        looking={looking}
        onLooking={setLooking}
        locales={simple ? [] : locales}
        locale={locale}
        onLocale={onLocale}
        {...(!simple && { regime, onRegime: setRegime })}
      />
      {problems ? (
        <Problems problems={problems} />
      ) : error && !isFetching ? (
        <ErrorState message={text('preview.failed')} onRetry={refetch} />
      ) : shown ? (
        <Box aria-busy={isFetching}>
          <Preview title={text('publish.preview')} config={previewOf(shown, form)} {...looking} />
        </Box>
      ) : (
        <LoadingState />
      )}
      {!simple && (
        <Typography variant="pi" textColor="neutral600">
          {text('preview.real')}
        </Typography>
      )}
    </Flex>
  );
};
