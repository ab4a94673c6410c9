import { Box, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, WarningCircle } from '@strapi/icons';
import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import { checkContrast, contrastProblems, type ContrastResult, type Theme } from '../../../../contract';
import { useText } from '../../hooks/useText';
import { toRgba } from './toRgba';

/** Says, while colours are edited, which words could not be read by whom sees less well. */
export const ContrastReport = ({ theme }: { theme: Theme }) => {
  const text = useText();
  const { formatNumber } = useIntl();
  const results = useMemo(() => checkContrast(theme, toRgba), [theme]);
  const problems = contrastProblems(results);
  const unknown = results.filter(({ ratio }) => ratio === null);
  const said = ({ pair, scheme, ratio, least }: ContrastResult): string =>
    text('contrast.problem', {
      pair: text(`contrast.pair.${pair}`),
      scheme: text(`preview.scheme.${scheme}`),
      // Never rounded up to what it does not reach.
      ratio: formatNumber(Math.floor(ratio! * 100) / 100),
      least: formatNumber(least),
    });

  return (
    <Box
      role="status"
      hasRadius
      padding={4}
      background={problems.length ? 'warning100' : 'success100'}
      borderColor={problems.length ? 'warning200' : 'success200'}
    >
      <Flex gap={2}>
        {problems.length ? (
          <WarningCircle fill="warning700" aria-hidden />
        ) : (
          <CheckCircle fill="success700" aria-hidden />
        )}
        <Typography fontWeight="bold" textColor="neutral800">
          {problems.length ? text('contrast.problems', { count: problems.length }) : text('contrast.fine')}
        </Typography>
      </Flex>
      {problems.length > 0 && (
        <Flex tag="ul" direction="column" alignItems="stretch" gap={1} paddingTop={2}>
          {problems.map((problem) => (
            <li key={problem.pair + problem.scheme}>
              <Typography textColor="neutral800">{said(problem)}</Typography>
            </li>
          ))}
        </Flex>
      )}
      {unknown.length > 0 && (
        <Typography tag="p" variant="pi" textColor="neutral800" paddingTop={2}>
          {text('contrast.unknown', { count: unknown.length })}
        </Typography>
      )}
    </Box>
  );
};
