import { Flex } from '@strapi/design-system';
import { useEffect, useState } from 'react';
import { BY_COUNTRY, type Theme } from '../../../../contract';
import { fieldErrorsOf } from '../../api/errors';
import { ConfigPreview } from '../../components/ConfigPreview';
import { PositionChoice, PresetChoice } from '../../components/LayoutChoices';
import { useNotify } from '../../hooks/useNotify';
import { useText } from '../../hooks/useText';
import { StepFrame, type StepProps } from './StepFrame';

/** How the banner looks; the last step, which publishes it. */
export const LookStep = ({ site, setup, onTake, onDirty, ...frame }: StepProps) => {
  const text = useText();
  const notify = useNotify();
  const [theme, setTheme] = useState<Theme>(setup.theme);
  const [locale, setLocale] = useState(setup.locales[0]!.code);
  useEffect(() => onDirty(theme !== setup.theme), [theme, setup.theme, onDirty]);

  const submit = async () => {
    const error = await onTake({ step: 'look', theme });
    if (!error) return;
    const [message] = Object.values(fieldErrorsOf(error));
    if (message) notify.warn(message);
    else notify.failed(error);
  };

  return (
    <StepFrame step="look" submit={text('setup.publish')} onSubmit={() => void submit()} {...frame}>
      <Flex direction="column" alignItems="stretch" gap={6}>
        <PresetChoice theme={theme} onChange={setTheme} />
        <PositionChoice theme={theme} onChange={setTheme} />
        <ConfigPreview
          simple
          site={site}
          form={{ theme }}
          locales={setup.locales.map(({ code }) => code)}
          locale={locale}
          onLocale={setLocale}
          regime={setup.regime === BY_COUNTRY ? 'opt-in' : setup.regime}
        />
      </Flex>
    </StepFrame>
  );
};
