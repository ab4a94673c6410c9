import { Badge, Button, Flex, SingleSelect, SingleSelectOption, TextButton, Typography } from '@strapi/design-system';
import { Check, Plus } from '@strapi/icons';
import { useDeferredValue, useMemo, useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { presetAreas, type PresetArea, type PresetSummary } from '../../../contract';
import { useAddPresetMutation, usePresetsQuery } from '../api/inventory';
import { EmptyState, Loaded } from './PageStates';
import { SearchBox } from './SearchBox';
import { useNotify } from '../hooks/useNotify';
import { useText } from '../hooks/useText';

const List = styled.ul`
  li {
    padding-block: ${({ theme }) => theme.spaces[4]};
    border-top: 1px solid ${({ theme }) => theme.colors.neutral150};
    content-visibility: auto;
    contain-intrinsic-size: auto 10rem;
  }
`;

const wordsOf = ({ name, key, aliases, provider, hosts, purpose }: PresetSummary): string =>
  [name, key, ...aliases, provider?.name, ...hosts, purpose].join('\n').toLowerCase();

interface PresetProps {
  preset: PresetSummary;
  adding: boolean;
  onAdd: (preset: PresetSummary) => void;
  onOpen?: (documentId: string) => void;
}

const Preset = ({ preset, adding, onAdd, onOpen }: PresetProps) => {
  const text = useText();
  const { formatDisplayName } = useIntl();
  const { name, provider, category, purpose, note, storageEntries, googleConsentTypes, added } = preset;
  const country = provider && formatDisplayName(provider.country, { type: 'region' });
  return (
    <li>
      <Flex justifyContent="space-between" alignItems="flex-start" gap={4}>
        <div>
          <Flex gap={2} wrap="wrap">
            <Typography tag="h3" fontWeight="bold">
              {name}
            </Typography>
            <Badge>{text(`presets.category.${category}`)}</Badge>
          </Flex>
          <Typography tag="p" variant="pi" textColor="neutral600">
            {[
              provider ? `${provider.name}, ${country}` : text('presets.own'),
              text('presets.storage', { count: storageEntries }),
              ...(googleConsentTypes.length ? [text('presets.google', { types: googleConsentTypes.join(', ') })] : []),
            ].join(' · ')}
          </Typography>
          <Typography tag="p" textColor="neutral800" paddingTop={1}>
            {purpose}
          </Typography>
          {note && (
            <Typography tag="p" variant="pi" textColor="neutral600" paddingTop={1}>
              {text('presets.note', { note })}
            </Typography>
          )}
        </div>
        {added ? (
          <Flex gap={2} shrink={0}>
            <Typography variant="pi" textColor="success700">
              <Check width="1.2rem" height="1.2rem" aria-hidden /> {text('presets.added')}
            </Typography>
            {onOpen && (
              <TextButton onClick={() => onOpen(added)} aria-label={text('presets.edit', { name })}>
                {text('presets.editShort')}
              </TextButton>
            )}
          </Flex>
        ) : (
          <Button
            size="S"
            variant="secondary"
            startIcon={<Plus />}
            loading={adding}
            aria-label={text('presets.addOne', { name })}
            onClick={() => onAdd(preset)}
          >
            {text('presets.addShort')}
          </Button>
        )}
      </Flex>
    </li>
  );
};

interface Props {
  /** Edits what was added; absent: not here. */
  onOpen?: (documentId: string) => void;
}

/** The library of known services: one click adds a tracking item with its texts and storage entries. */
export const PresetList = ({ onOpen }: Props) => {
  const text = useText();
  const notify = useNotify();
  const { locale } = useIntl();
  const query = usePresetsQuery(locale, { refetchOnMountOrArgChange: true });
  const [add] = useAddPresetMutation();
  const [adding, setAdding] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [area, setArea] = useState<PresetArea | ''>('');
  const wanted = useDeferredValue(typed.trim().toLowerCase());
  const presets = query.data?.presets;
  const found = useMemo(
    () =>
      presets?.filter(
        (preset) =>
          (!area || preset.area === area) && wanted.split(/\s+/).every((word) => wordsOf(preset).includes(word)),
      ) ?? [],
    [presets, area, wanted],
  );

  const addPreset = async ({ key, name }: PresetSummary) => {
    setAdding(key);
    const result = await add(key);
    setAdding(null);
    if ('error' in result) return notify.failed(result.error);
    const { category, storageEntries, locales } = result.data!;
    notify.done(
      category
        ? text('presets.done', { name, category, entries: storageEntries, locales: locales.length })
        : text('presets.doneUnclassified', { name, entries: storageEntries, locales: locales.length }),
    );
  };

  return (
    <>
      <Typography tag="p" textColor="neutral600" paddingBottom={4}>
        {text('presets.explain')}
      </Typography>
      <Flex gap={2} wrap="wrap" paddingBottom={4}>
        <SearchBox
          name="preset"
          label={text('presets.search')}
          placeholder={text('presets.searchIn')}
          value={typed}
          onChange={setTyped}
        />
        <SingleSelect
          size="S"
          aria-label={text('presets.area')}
          placeholder={text('presets.anyArea')}
          value={area}
          onChange={(value) => setArea(String(value) as PresetArea)}
          onClear={() => setArea('')}
          clearLabel={text('presets.anyArea')}
        >
          {presetAreas.map((one) => (
            <SingleSelectOption key={one} value={one}>
              {text(`presets.area.${one}`)}
            </SingleSelectOption>
          ))}
        </SingleSelect>
        <Typography variant="pi" textColor="neutral600" role="status">
          {presets && text('presets.found', { count: found.length })}
        </Typography>
      </Flex>
      <Loaded query={{ ...query, currentData: query.data }} failed={text('presets.failed')}>
        {() =>
          found.length ? (
            <List>
              {found.map((preset) => (
                <Preset
                  key={preset.key}
                  preset={preset}
                  adding={adding === preset.key}
                  onAdd={addPreset}
                  onOpen={onOpen}
                />
              ))}
            </List>
          ) : (
            <EmptyState content={text('presets.none')} />
          )
        }
      </Loaded>
    </>
  );
};
