import { Checkbox, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { previewViews, regimes, type PreviewView, type Regime } from '../../../../contract';
import { useText } from '../../hooks/useText';

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly (readonly [Value, string])[];
  onChange: (value: Value) => void;
}

const Choice = <Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) => (
  <SingleSelect size="S" aria-label={label} value={value} onChange={(next) => onChange(String(next) as Value)}>
    {options.map(([key, name]) => (
      <SingleSelectOption key={key} value={key}>
        {name}
      </SingleSelectOption>
    ))}
  </SingleSelect>
);

/** How a preview is looked at. */
export interface Looking {
  view: PreviewView;
  device: 'desktop' | 'phone';
  scheme: 'light' | 'dark';
  gpc: boolean;
}

interface Props {
  looking: Looking;
  onLooking: (looking: Looking) => void;
  locales: string[];
  locale: string;
  onLocale: (locale: string) => void;
  /** Where it can be chosen. */
  regime?: Regime;
  onRegime?: (regime: Regime) => void;
}

export const useLooking = (view: PreviewView = 'banner') =>
  useState<Looking>({ view, device: 'desktop', scheme: 'light', gpc: false });

/** What is shown in a preview, and to whom: part, device, colours, language, regime, Global Privacy Control. */
export const PreviewControls = ({ looking, onLooking, locales, locale, onLocale, regime, onRegime }: Props) => {
  const text = useText();
  const { formatDisplayName } = useIntl();
  const change = (more: Partial<Looking>) => onLooking({ ...looking, ...more });
  return (
    <Flex gap={2} wrap="wrap" role="group" aria-label={text('preview.label')}>
      {locales.length > 1 && (
        <Choice
          label={text('script.locale')}
          value={locale}
          options={locales.map((code) => [
            code,
            formatDisplayName(code, { type: 'language', fallback: 'code' }) ?? code,
          ])}
          onChange={onLocale}
        />
      )}
      <Choice
        label={text('preview.view')}
        value={looking.view}
        options={previewViews.map((name) => [name, text(`preview.view.${name}`)])}
        onChange={(view) => change({ view })}
      />
      <Choice
        label={text('preview.device')}
        value={looking.device}
        options={(['desktop', 'phone'] as const).map((name) => [name, text(`preview.device.${name}`)])}
        onChange={(device) => change({ device })}
      />
      <Choice
        label={text('preview.scheme')}
        value={looking.scheme}
        options={(['light', 'dark'] as const).map((name) => [name, text(`preview.scheme.${name}`)])}
        onChange={(scheme) => change({ scheme })}
      />
      {regime && onRegime && (
        <Choice
          label={text('preview.regime')}
          value={regime}
          options={regimes.map((name) => [name, text(`preview.regime.${name}`)])}
          onChange={onRegime}
        />
      )}
      {onRegime && (
        <Checkbox checked={looking.gpc} onCheckedChange={(gpc) => change({ gpc: gpc === true })}>
          {text('preview.gpc')}
        </Checkbox>
      )}
    </Flex>
  );
};
