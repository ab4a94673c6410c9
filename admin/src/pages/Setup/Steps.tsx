import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import { setupSteps, type SetupStep } from '../../../../contract';
import { useText } from '../../hooks/useText';

const List = styled.ol`
  display: flex;
  flex-wrap: wrap;
  gap: ${({ theme }) => theme.spaces[2]};
  padding-block-end: ${({ theme }) => theme.spaces[5]};

  li {
    flex: 1 1 12rem;
  }
`;

const Step = styled.button<{ $reached: boolean }>`
  width: 100%;
  padding: ${({ theme }) => `${theme.spaces[2]} 0`};
  border: 0;
  border-block-start: 3px solid
    ${({ theme, $reached }) => ($reached ? theme.colors.primary600 : theme.colors.neutral200)};
  background: none;
  text-align: start;
  cursor: pointer;

  &:disabled {
    cursor: default;
  }
`;

interface Props {
  /** null: all are done. */
  current: SetupStep | null;
  onGo: (step: SetupStep) => void;
}

/** Where one is among the steps, and the way back to those before. */
export const Steps = ({ current, onGo }: Props) => {
  const text = useText();
  const at = current ? setupSteps.indexOf(current) : setupSteps.length;
  return (
    <nav aria-label={text('setup.steps')}>
      <List>
        {setupSteps.map((step, index) => (
          <li key={step}>
            <Step
              type="button"
              $reached={index <= at}
              disabled={index > at}
              aria-current={step === current ? 'step' : undefined}
              onClick={() => onGo(step)}
            >
              <Typography variant="pi" textColor="neutral600" tag="span">
                {text('setup.stepOf', { number: index + 1, count: setupSteps.length })}
              </Typography>
              <br />
              <Typography
                fontWeight={step === current ? 'bold' : undefined}
                textColor={index > at ? 'neutral600' : 'neutral800'}
                tag="span"
              >
                {text(`setup.step.${step}`)}
              </Typography>
            </Step>
          </li>
        ))}
      </List>
    </nav>
  );
};
