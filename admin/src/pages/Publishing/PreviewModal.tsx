import { Flex, Modal, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { previewViews, type ConsentConfig, type PreviewView } from '../../../../contract';
import { Loaded, type QueryState } from '../../components/PageStates';
import { Preview } from '../../components/Preview';
import { useText } from '../../hooks/useText';

interface Props {
  title: string;
  locales: string[];
  locale: string;
  onLocale: (locale: string) => void;
  query: QueryState<ConsentConfig>;
  onClose: () => void;
}

const Choice = <Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: [Value, ReactNode][];
  onChange: (value: Value) => void;
}) => (
  <SingleSelect size="S" aria-label={label} value={value} onChange={(next) => onChange(String(next) as Value)}>
    {options.map(([key, name]) => (
      <SingleSelectOption key={key} value={key}>
        {name}
      </SingleSelectOption>
    ))}
  </SingleSelect>
);

/** A config as visitors see it, in each language and on each device. */
export const PreviewModal = ({ title, locales, locale, onLocale, query, onClose }: Props) => {
  const text = useText();
  const { formatDisplayName } = useIntl();
  const [view, setView] = useState<PreviewView>('banner');
  const [device, setDevice] = useState<'desktop' | 'phone'>('desktop');
  const [scheme, setScheme] = useState<'light' | 'dark'>('light');
  return (
    <Modal.Root open onOpenChange={(open: boolean) => void (open || onClose())}>
      <Modal.Content>
        <Modal.Header>
          <Modal.Title>{title}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex gap={2} wrap="wrap" paddingBottom={4}>
            <Choice
              label={text('script.locale')}
              value={locale}
              options={locales.map((code) => [
                code,
                formatDisplayName(code, { type: 'language', fallback: 'code' }) ?? code,
              ])}
              onChange={onLocale}
            />
            <Choice
              label={text('preview.view')}
              value={view}
              options={previewViews.map((name) => [name, text(`preview.view.${name}`)])}
              onChange={setView}
            />
            <Choice
              label={text('preview.device')}
              value={device}
              options={(['desktop', 'phone'] as const).map((name) => [name, text(`preview.device.${name}`)])}
              onChange={setDevice}
            />
            <Choice
              label={text('preview.scheme')}
              value={scheme}
              options={(['light', 'dark'] as const).map((name) => [name, text(`preview.scheme.${name}`)])}
              onChange={setScheme}
            />
          </Flex>
          <Loaded query={query} failed={text('preview.failed')}>
            {(config) => <Preview title={title} config={config} view={view} device={device} scheme={scheme} />}
          </Loaded>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
};
