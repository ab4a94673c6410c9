import { Button, Flex } from '@strapi/design-system';
import { Cross } from '@strapi/icons';
import { useCallback } from 'react';
import { auditActorTypes, auditOutcomes } from '../../../../contract';
import { useAuditFiltersQuery } from '../../api/audit';
import { Choice } from '../../components/Choice';
import { DayField } from '../../components/DayField';
import { FilterRow } from '../../components/FilterRow';
import { SearchField } from '../../components/SearchField';
import { usePanel } from '../../hooks/usePanel';
import { useText } from '../../hooks/useText';
import type { AddressValues } from './narrowing';
import { useSentence } from './useSentence';

interface Props {
  values: AddressValues;
  /** Whom or what it is to concern, as it is typed. */
  searched: string;
  onChange: (changes: AddressValues) => void;
  onSearch: (searched: string) => void;
  /** undefined: nothing is narrowed. */
  onClear: (() => void) | undefined;
}

const areaOf = (action: string): string => action.split('.', 1)[0]!;

/** What narrows the list. */
export const Filters = ({ values, searched, onChange, onSearch, onClear }: Props) => {
  const text = useText();
  const { sites } = usePanel();
  const { areaName, siteName } = useSentence();
  const { data } = useAuditFiltersQuery(undefined, { refetchOnMountOrArgChange: true });
  const { action, by, of, website, outcome, request, from, to } = values;
  const areas = [...new Set((data?.actions ?? []).map(areaOf))];
  const people = [
    ...auditActorTypes.map((type) => ({ value: type as string, label: text(`audit.actor.${type}`) })),
    ...(data?.admins ?? []).map(({ id, name }) => ({ value: `admin:${id}`, label: name })),
  ];
  const search = useCallback((typed: string) => onSearch(typed), [onSearch]);
  /** What an entry's details led to: said, and taken away, by a button. */
  const chosen = [
    action?.includes('.') && { name: 'action', label: `${text('audit.action')}: ${action}` },
    by && !people.some(({ value }) => value === by) && { name: 'by', label: text('audit.only.actor') },
    of && { name: 'of', label: text('audit.only.target') },
    request && { name: 'request', label: `${text('audit.request')}: ${request}` },
  ].filter((each) => typeof each === 'object');
  return (
    <Flex direction="column" alignItems="stretch" gap={3}>
      <FilterRow alignItems="flex-end">
        <SearchField
          label={text('audit.target.search')}
          placeholder={text('audit.target.placeholder')}
          value={searched}
          onSearch={search}
        />
        <Choice
          label={text('audit.anyArea')}
          value={action && areaOf(action)}
          options={areas.map((area) => ({ value: area, label: areaName(area) }))}
          onChoose={(area) => onChange({ action: area })}
        />
        <Choice
          label={text('audit.anyone')}
          value={people.some(({ value }) => value === by) ? by : undefined}
          options={people}
          onChoose={(chosenBy) => onChange({ by: chosenBy })}
        />
      </FilterRow>
      <FilterRow alignItems="flex-end">
        <Choice
          label={text('audit.anyOutcome')}
          value={outcome}
          options={auditOutcomes.map((value) => ({ value, label: text(`audit.outcome.${value}`) }))}
          onChoose={(value) => onChange({ outcome: value })}
        />
        <Choice
          label={text('audit.anySite')}
          value={website}
          options={sites.map(({ key }) => ({ value: key, label: siteName(key) }))}
          onChoose={(key) => onChange({ website: key })}
        />
        <DayField
          name="from"
          label={text('audit.from')}
          value={from ?? ''}
          onChange={(day) => onChange({ from: day })}
        />
        <DayField name="to" label={text('audit.to')} value={to ?? ''} onChange={(day) => onChange({ to: day })} />
        {onClear && (
          <Button variant="tertiary" size="S" onClick={onClear}>
            {text('audit.clear')}
          </Button>
        )}
      </FilterRow>
      {chosen.length > 0 && (
        <Flex gap={2} wrap="wrap">
          {chosen.map(({ name, label }) => (
            <Button
              key={name}
              variant="secondary"
              size="S"
              endIcon={<Cross />}
              onClick={() => onChange({ [name]: undefined })}
            >
              {label}
            </Button>
          ))}
        </Flex>
      )}
    </Flex>
  );
};
