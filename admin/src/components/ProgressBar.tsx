import { styled } from 'styled-components';

/** How much of something there is. Not the design system's bar, which is made for dark grounds only. */
export const Meter = styled.progress<{ $color: 'primary500' | 'success500' }>`
  display: block;
  width: 100%;
  height: 0.6rem;
  appearance: none;
  border: none;
  border-radius: 0.3rem;
  overflow: hidden;
  background: ${({ theme }) => theme.colors.neutral200};

  &::-webkit-progress-bar {
    background: ${({ theme }) => theme.colors.neutral200};
  }

  &::-webkit-progress-value {
    background: ${({ theme, $color }) => theme.colors[$color]};
  }

  &::-moz-progress-bar {
    background: ${({ theme, $color }) => theme.colors[$color]};
  }
`;

/** How much of something is done. */
export const ProgressBar = styled(Meter).attrs({ $color: 'success500' })``;
