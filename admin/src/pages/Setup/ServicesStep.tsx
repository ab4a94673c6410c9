import { Box, Typography } from '@strapi/design-system';
import { PresetList } from '../../components/PresetList';
import { useNotify } from '../../hooks/useNotify';
import { usePanel } from '../../hooks/usePanel';
import { useText } from '../../hooks/useText';
import { StepFrame, type StepProps } from './StepFrame';

/** What the website uses: each service is added with its click, not with the step. */
export const ServicesStep = ({ setup: _setup, onDirty: _onDirty, onTake, ...frame }: StepProps) => {
  const text = useText();
  const notify = useNotify();
  const { can } = usePanel();
  const submit = async () => {
    const error = await onTake({ step: 'services' });
    if (error) notify.failed(error);
  };
  return (
    <>
      <StepFrame step="services" onSubmit={() => void submit()} {...frame}>
        {!can('inventory.write') && <Typography textColor="neutral600">{text('setup.services.notAllowed')}</Typography>}
      </StepFrame>
      {/* Not in the form: it has one of its own, to search. */}
      {can('inventory.write') && (
        <Box marginTop={6} background="neutral0" shadow="tableShadow" hasRadius padding={6}>
          <PresetList />
        </Box>
      )}
    </>
  );
};
