import { styled } from 'styled-components';

/** How much of something is done. Not the design system's bar, which is made for dark grounds only. */
export const ProgressBar = styled.progress`
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
    background: ${({ theme }) => theme.colors.success500};
  }

  &::-moz-progress-bar {
    background: ${({ theme }) => theme.colors.success500};
  }
`;
