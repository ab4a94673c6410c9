import { Box, Flex, Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';
import { styled } from 'styled-components';

/** In units of the drawing: it is as wide as there is room. */
const WIDTH = 800;
const HEIGHT = 220;
const LEFT = 40;
const BOTTOM = 24;
const TOP = 8;

const Drawing = styled.svg`
  display: block;
  width: 100%;
  height: auto;

  text {
    fill: ${({ theme }) => theme.colors.neutral600};
    font-size: 11px;
  }

  .grid {
    stroke: ${({ theme }) => theme.colors.neutral200};
  }

  rect {
    fill: ${({ theme }) => theme.colors.neutral200};
  }

  /* Over the drawing, with a title that the pointer is told. */
  .pointed {
    fill: transparent;

    &:hover {
      fill: ${({ theme }) => theme.colors.neutral500};
      fill-opacity: 0.2;
    }
  }
`;

const colors = ['primary600', 'success600', 'warning600', 'danger600', 'alternative600', 'secondary600'] as const;
/** Told apart without colours too. */
const dashes = ['none', '8 4', '2 3', '12 4 2 4', '5 2', '1 4'];

const Line = styled.path.attrs({ strokeLinecap: 'round' })<{ $index: number }>`
  fill: none;
  stroke-width: 2.5;
  stroke: ${({ theme, $index }) => theme.colors[colors[$index % colors.length]!]};
  stroke-dasharray: ${({ $index }) => dashes[$index % dashes.length]};
`;

/** Pieces of a line, interrupted where there is no value; a lone point is a short dash. */
const linePath = (
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string => {
  let path = '';
  let drawing = false;
  values.forEach((value, index) => {
    if (value === null) {
      drawing = false;
      return;
    }
    path += `${drawing ? 'L' : 'M'}${x(index).toFixed(1)} ${y(value).toFixed(1)}${drawing ? '' : 'h0.1'}`;
    drawing = true;
  });
  return path;
};

/** A period of time. Heights are between 0 and 1. */
export interface ChartColumn {
  key: string;
  /** Below the axis; there is not room for all. */
  label?: { text: string; anchor?: 'start' | 'middle' | 'end' };
  bar: number;
  /** What the pointer is told above it. */
  told: string;
}

interface Props {
  label: string;
  columns: readonly ChartColumn[];
  /** A height in each column, or null where there is nothing to tell. */
  lines: readonly { key: string; name: string; values: readonly (number | null)[] }[];
  /** Marks of the axis. */
  marks: readonly { at: number; text: string }[];
  /** What the bars are. */
  bars: string;
  /** The same as a table, for those who cannot see the picture, and what opens it. */
  asTable: string;
  children: ReactNode;
}

/** Lines and bars over time: as a picture, and as a table. */
export const TimeChart = ({ label, columns, lines, marks, bars, asTable, children }: Props) => {
  const step = (WIDTH - LEFT) / columns.length;
  const x = (index: number): number => LEFT + step * (index + 0.5);
  const y = (height: number): number => TOP + (HEIGHT - TOP - BOTTOM) * (1 - height);
  return (
    <Box>
      <Drawing viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {marks.map(({ at, text }) => (
          <g key={at}>
            <line className="grid" x1={LEFT} x2={WIDTH} y1={y(at)} y2={y(at)} />
            <text x={LEFT - 6} y={y(at) + 4} textAnchor="end">
              {text}
            </text>
          </g>
        ))}
        {columns.map(({ key, bar }, index) => (
          <rect
            key={key}
            x={LEFT + step * (index + 0.1)}
            width={step * 0.8}
            y={y(bar)}
            height={HEIGHT - BOTTOM - y(bar)}
          />
        ))}
        {lines.map(({ key, values }, index) => (
          <Line key={key} $index={index} d={linePath(values, x, y)} />
        ))}
        {columns.map(
          ({ key, label: below }, index) =>
            below && (
              <text key={key} x={x(index)} y={HEIGHT - 6} textAnchor={below.anchor ?? 'middle'}>
                {below.text}
              </text>
            ),
        )}
        {columns.map(({ key, told }, index) => (
          <rect
            key={key}
            className="pointed"
            x={LEFT + step * index}
            width={step}
            y={TOP}
            height={HEIGHT - TOP - BOTTOM}
          >
            <title>{told}</title>
          </rect>
        ))}
      </Drawing>
      <Flex gap={4} wrap="wrap" paddingTop={2} aria-hidden>
        {lines.map(({ key, name }, index) => (
          <Flex key={key} gap={2}>
            <svg width="28" height="4">
              <Line $index={index} d="M0 2H28" />
            </svg>
            <Typography variant="pi" textColor="neutral600">
              {name}
            </Typography>
          </Flex>
        ))}
        <Typography variant="pi" textColor="neutral600">
          {bars}
        </Typography>
      </Flex>
      <Box tag="details" paddingTop={3}>
        <summary>
          <Typography variant="pi" textColor="neutral800">
            {asTable}
          </Typography>
        </summary>
        {children}
      </Box>
    </Box>
  );
};
