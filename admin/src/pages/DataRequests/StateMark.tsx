import { Status, Typography } from '@strapi/design-system';
import type { RequestState } from '../../../../contract';
import { useText } from '../../hooks/useText';

const variants = {
  received: 'secondary',
  confirmed: 'alternative',
  'in-progress': 'primary',
  answered: 'success',
  refused: 'danger',
  withdrawn: 'neutral',
  expired: 'neutral',
} as const satisfies Record<RequestState, string>;

/** How far a request is. */
export const StateMark = ({ state }: { state: RequestState }) => {
  const text = useText();
  return (
    <Status variant={variants[state]} size="S" width="fit-content">
      <Typography variant="pi">{text(`requests.state.${state}`)}</Typography>
    </Status>
  );
};
