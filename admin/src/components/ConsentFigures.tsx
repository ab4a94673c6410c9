import { Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { LedgerStatistics } from '../../../contract';
import { useText } from '../hooks/useText';
import { Meter } from './ProgressBar';

const Bars = styled.svg`
  display: block;
  width: 100%;
  height: 4.8rem;

  rect {
    fill: ${({ theme }) => theme.colors.primary500};
  }
`;

/** How many decided each day; said in words for those who do not see it. */
const Days = ({ days, from, to }: Pick<LedgerStatistics, 'days' | 'from' | 'to'>) => {
  const text = useText();
  const { formatDate } = useIntl();
  const date = (day: string) => formatDate(day, { dateStyle: 'medium', timeZone: 'UTC' });
  const most = Math.max(1, ...days.map(({ decisions }) => decisions));
  return (
    <Bars
      viewBox={`0 0 ${days.length * 10} 100`}
      preserveAspectRatio="none"
      role="img"
      aria-label={text('figures.days', { from: date(from), to: date(to), most })}
    >
      {days.map(({ day, decisions }, index) => {
        const height = (decisions / most) * 100;
        return <rect key={day} x={index * 10 + 1} width={8} y={100 - height} height={height} />;
      })}
    </Bars>
  );
};

interface Props {
  figures: LedgerStatistics;
  /** On little room: without the days. */
  brief?: boolean;
}

/** What visitors decided: how many, and how many of them allowed each category. */
export const ConsentFigures = ({ figures, brief = false }: Props) => {
  const text = useText();
  const { formatNumber } = useIntl();
  const { decisions, categories, categoryNames, days, from, to } = figures;
  if (decisions === 0)
    return (
      <Typography variant={brief ? 'pi' : 'omega'} textColor="neutral600">
        {text('figures.none')}
      </Typography>
    );
  return (
    <Flex direction="column" alignItems="stretch" gap={brief ? 2 : 4}>
      <Typography variant={brief ? 'pi' : 'delta'} tag="p" textColor="neutral800">
        {text('figures.decisions', { count: decisions })}
      </Typography>
      {!brief && <Days days={days} from={from} to={to} />}
      <Flex tag="ul" direction="column" alignItems="stretch" gap={2}>
        {categories
          .filter(({ granted, refused }) => granted + refused > 0)
          .map(({ category, granted, refused }) => {
            const name = categoryNames[category] ?? category;
            const rate = granted / (granted + refused);
            return (
              <li key={category}>
                <Flex justifyContent="space-between" gap={2} paddingBottom={1}>
                  <Typography variant="pi" textColor="neutral800">
                    {name}
                  </Typography>
                  <Typography variant="pi" textColor="neutral600">
                    {text('figures.allowed', {
                      percent: formatNumber(rate, { style: 'percent', maximumFractionDigits: 0 }),
                    })}
                  </Typography>
                </Flex>
                <Meter
                  $color="primary500"
                  value={rate}
                  max={1}
                  aria-label={text('figures.allowedOf', { category: name })}
                />
              </li>
            );
          })}
      </Flex>
    </Flex>
  );
};
