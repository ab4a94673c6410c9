import { styled } from 'styled-components';

/** What charts over time are drawn on, in units of the drawing: it is as wide as there is room. */
export const CHART = { width: 800, height: 220, left: 40, bottom: 24, top: 8 } as const;

export const Chart = styled.svg`
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

export const ChartLine = styled.path.attrs({ strokeLinecap: 'round' })<{ $index: number }>`
  fill: none;
  stroke-width: 2.5;
  stroke: ${({ theme, $index }) => theme.colors[colors[$index % colors.length]!]};
  stroke-dasharray: ${({ $index }) => dashes[$index % dashes.length]};
`;

/** Pieces of a line, interrupted where there is no value; a lone point is a short dash. */
export const linePath = (
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
