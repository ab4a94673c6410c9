import { Box, Flex, Typography } from '@strapi/design-system';
import { CheckCircle, WarningCircle } from '@strapi/icons';
import { styled } from 'styled-components';
import type { Draft, Finding, LintRuleId, LocaleCompleteness } from '../../../../contract';
import { useDraftQuery } from '../../api/publishing';
import { Loaded } from '../../components/PageStates';
import { Panel } from '../../components/Panel';
import { useText } from '../../hooks/useText';
import { Findings } from '../Publishing/Findings';

/** The steps, each with the rules of the lint that it stands for. */
const steps = {
  defaults: [
    'default-on',
    'default-on-anywhere',
    'uk-statistics',
    'unknown-country',
    'country-not-known',
    'gpc-ignored',
  ],
  required: ['required-by-name', 'tracker-in-required', 'essential-unjustified'],
  refusal: ['reject-missing', 'reject-misleading', 'reject-longwinded', 'objection-forgotten'],
  words: [
    'banner-without-controller',
    'banner-without-purposes',
    'consent-presumed',
    'legitimate-interest',
    'labels-equal',
    'accept-unclear',
  ],
  purposes: [
    'unclassified',
    'in-two-categories',
    'item-without-purpose',
    'item-without-provider',
    'provider-without-policy',
    'category-without-purpose',
    'category-empty',
  ],
  storage: ['item-without-storage', 'storage-without-lifetime', 'storage-without-purpose', 'storage-kept-long'],
  controller: ['policy-missing', 'controller-missing'],
  memory: ['choice-kept-long', 'choice-kept-over-six-months', 'choice-kept-short', 'consents-not-recorded'],
  languages: ['language-incomplete', 'language-without-texts'],
  website: ['origins-missing', 'cookie-domain'],
} as const satisfies Record<string, readonly LintRuleId[]>;
type Step = keyof typeof steps;

/** A step may have a finding for every item; this many are enough to begin with. */
const SHOWN_AT_FIRST = 3;

const Progress = styled.progress`
  display: block;
  margin-block-start: ${({ theme }) => theme.spaces[1]};
  width: 100%;
  height: 8px;
  appearance: none;
  border: 0;
  border-radius: 4px;
  overflow: hidden;
  background: ${({ theme }) => theme.colors.neutral150};

  &::-webkit-progress-bar {
    background: ${({ theme }) => theme.colors.neutral150};
  }

  &::-webkit-progress-value {
    background: ${({ theme }) => theme.colors.success500};
  }

  &::-moz-progress-bar {
    background: ${({ theme }) => theme.colors.success500};
  }
`;

const List = ({ site, draft, locales }: { site: string; draft: Draft; locales: LocaleCompleteness[] }) => {
  const text = useText();
  const incomplete = locales.filter(({ translated, total }) => translated < total);
  const findingsOf = (step: Step): Finding[] =>
    draft.findings.filter(({ rule }) => (steps[step] as readonly LintRuleId[]).includes(rule));
  // Hints are good practice: a step is done without them.
  const isDone = (step: Step) =>
    findingsOf(step).every(({ severity }) => severity === 'hint') && !(step === 'languages' && incomplete.length > 0);
  const names = Object.keys(steps) as Step[];
  const percent = Math.round((names.filter(isDone).length / names.length) * 100);
  return (
    <Flex direction="column" alignItems="stretch" gap={4}>
      <Box>
        <Typography textColor="neutral600">{text('checklist.progress', { percent })}</Typography>
        <Progress value={percent} max={100} aria-label={text('checklist.title')} />
      </Box>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={4}>
        {names.map((step) => {
          const findings = findingsOf(step);
          const done = isDone(step);
          return (
            <li key={step}>
              <Flex gap={2} alignItems="flex-start">
                {done ? (
                  <CheckCircle fill="success600" aria-label={text('checklist.done')} />
                ) : (
                  <WarningCircle fill="warning600" aria-hidden />
                )}
                <Typography fontWeight="bold" textColor="neutral800">
                  {text(`checklist.step.${step}`)}
                </Typography>
              </Flex>
              {(findings.length > 0 || (step === 'languages' && !done)) && (
                <Box paddingTop={2} paddingLeft={6}>
                  {step === 'languages' && incomplete.length > 0 && (
                    <Typography tag="p" textColor="neutral800">
                      {text('languages.missing', { locales: incomplete.map(({ name }) => name).join(', ') })}
                    </Typography>
                  )}
                  <Findings site={site} findings={findings} atFirst={SHOWN_AT_FIRST} />
                </Box>
              )}
            </li>
          );
        })}
      </Flex>
    </Flex>
  );
};

/** What is left to do before the site asks as the law wants it, with the reason beside each step. */
export const ChecklistPanel = ({ site, locales }: { site: string; locales: LocaleCompleteness[] }) => {
  const text = useText();
  const query = useDraftQuery(site, { refetchOnMountOrArgChange: true });
  return (
    <Panel title={text('checklist.title')}>
      <Loaded query={query} failed={text('checklist.failed')}>
        {(draft) =>
          draft.problems.length > 0 ? (
            <Typography textColor="neutral600">{text('checklist.blocked')}</Typography>
          ) : (
            <List site={site} draft={draft} locales={locales} />
          )
        }
      </Loaded>
    </Panel>
  );
};
