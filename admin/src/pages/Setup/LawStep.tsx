import { Flex, Typography } from '@strapi/design-system';
import { useEffect, useState } from 'react';
import { BY_COUNTRY, regimePresets, type SiteRegime } from '../../../../contract';
import { ChoiceCards } from '../../components/ChoiceCards';
import { useFieldErrors } from '../../hooks/useFieldErrors';
import { useNotify } from '../../hooks/useNotify';
import { useText } from '../../hooks/useText';
import { StepFrame, type StepProps } from './StepFrame';

/** In the order in which most will need them. */
const laws = ['opt-in', BY_COUNTRY, 'opt-out', 'as-configured'] as const satisfies readonly SiteRegime[];

/** Where a law is found that the regime is made for. */
const sources: Partial<Record<SiteRegime, string>> = {
  'opt-in': regimePresets.find(({ id }) => id === 'eu-eea')!.source,
  'opt-out': regimePresets.find(({ id }) => id === 'us-state-laws')!.source,
};

/** Which law the website asks under. */
export const LawStep = ({ setup, onTake, onDirty, ...frame }: StepProps) => {
  const text = useText();
  const notify = useNotify();
  // Nobody's answer is taken for granted: what is there at first is only how every site begins.
  const [regime, setRegime] = useState<SiteRegime | null>(
    setup.status !== 'done' && setup.step === 'law' ? null : setup.regime,
  );
  const { form, errors, show, clear } = useFieldErrors();
  const dirty = regime !== null && regime !== setup.regime;
  useEffect(() => onDirty(dirty), [dirty, onDirty]);

  const submit = async () => {
    if (!regime) return show({ regime: text('setup.law.missing') });
    const error = await onTake({ step: 'law', regime });
    if (error) notify.failed(error);
  };

  return (
    <StepFrame step="law" form={form} onSubmit={() => void submit()} {...frame}>
      <ChoiceCards
        legend={text('setup.law.legend')}
        width="24rem"
        value={regime}
        error={errors.regime}
        choices={laws.map((value) => ({
          value,
          title: text(`setup.law.${value}`),
          text: (
            <Flex tag="span" direction="column" alignItems="flex-start" gap={1}>
              <span>{text(`setup.law.${value}.explain`)}</span>
              {sources[value] && <em>{sources[value]}</em>}
            </Flex>
          ),
        }))}
        onChange={(value) => {
          setRegime(value);
          clear();
        }}
      />
      {regime === BY_COUNTRY && !setup.knowsCountry && (
        <Typography tag="p" textColor="neutral800" paddingTop={4}>
          {text('setup.law.countryUnknown')}
        </Typography>
      )}
    </StepFrame>
  );
};
