import { Box, Button, Field, Flex, Status, TextButton, TextInput, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { Finding } from '../../../../contract';
import { EntryLink } from '../../components/EntryLink';
import { useText } from '../../hooks/useText';
import { PLUGIN_ID } from '../../pluginId';
import { DeskTexts, type LoadTexts } from '../../texts/DeskTexts';
import { useMendPath } from './useMendPath';

const variants = { error: 'danger', warning: 'warning', hint: 'secondary' } as const;

export const keyOfFinding = ({ rule, path, locale }: Pick<Finding, 'rule' | 'path' | 'locale'>): string =>
  [rule, path, locale].filter(Boolean).join('|');

const lintTexts: LoadTexts = (locale) => import(`../../translations/lint/${locale}.json`).then((file) => file.default);

/** What a finding says in the admin user's language. */
const useFindingText = () => {
  const { formatMessage, messages } = useIntl();
  return (finding: Finding, part: 'message' | 'reason'): string => {
    const id = `${PLUGIN_ID}.lint.${finding.rule}.${part}`;
    return id in messages ? formatMessage({ id }, finding.params) : finding[part];
  };
};

interface Props {
  /** Key of the site. */
  site: string;
  findings: Finding[];
  /** How many are shown before all are asked for; absent: all. */
  atFirst?: number;
  /** By `keyOfFinding`; absent: nothing can be typed. */
  reasons?: Record<string, string>;
  onReason?: (keys: string[], reason: string) => void;
  /** Those whose reason is missing. */
  missing?: ReadonlySet<string>;
}

const List = ({ site, findings, atFirst = Infinity, reasons, onReason, missing }: Props) => {
  const text = useText();
  const say = useFindingText();
  const mendPath = useMendPath(site);
  const [all, setAll] = useState(false);
  const shown = all ? findings : findings.slice(0, atFirst);
  return (
    <Flex tag="ul" direction="column" alignItems="stretch" gap={4}>
      {shown.map((finding) => {
        const key = keyOfFinding(finding);
        const open = reasons && finding.severity !== 'hint';
        const mend = mendPath(finding);
        const reason = reasons?.[key] ?? '';
        // One reason often holds for all that is of the same kind.
        const alike =
          open && reason.trim()
            ? findings
                .filter(({ rule }) => rule === finding.rule)
                .map(keyOfFinding)
                .filter((other) => !reasons[other]?.trim())
            : [];
        return (
          <li key={key}>
            <Flex gap={3} alignItems="flex-start">
              <Box minWidth="9rem">
                <Status variant={variants[finding.severity]} size="S" width="fit-content">
                  {/* Strapi's own orange on yellow is too pale to read. */}
                  <Typography variant="pi" textColor={finding.severity === 'error' ? 'danger700' : 'neutral800'}>
                    {text(`finding.${finding.severity}`)}
                  </Typography>
                </Status>
              </Box>
              <Box flex="1" minWidth={0}>
                <Typography tag="p" textColor="neutral800">
                  {say(finding, 'message')}
                </Typography>
                <Typography tag="p" variant="pi" textColor="neutral600">
                  {say(finding, 'reason')} ({finding.source})
                </Typography>
                {mend && (
                  <Typography variant="pi">
                    <EntryLink to={mend}>{text('finding.mend')}</EntryLink>
                  </Typography>
                )}
                {open && (
                  <Box paddingTop={2}>
                    <Field.Root name={key} error={missing?.has(key) && text('publish.reason.missing')} required>
                      <Field.Label>{text('publish.reason')}</Field.Label>
                      <TextInput
                        value={reason}
                        maxLength={1000}
                        onChange={({ target }: { target: { value: string } }) => onReason?.([key], target.value)}
                      />
                      <Field.Error />
                    </Field.Root>
                    {alike.length > 0 && (
                      <TextButton onClick={() => onReason?.(alike, reason)}>
                        {text('publish.reason.alike', { count: alike.length })}
                      </TextButton>
                    )}
                  </Box>
                )}
              </Box>
            </Flex>
          </li>
        );
      })}
      {shown.length < findings.length && (
        <li>
          <Button variant="tertiary" size="S" onClick={() => setAll(true)}>
            {text('items.showAll', { count: findings.length })}
          </Button>
        </li>
      )}
    </Flex>
  );
};

/** What the lint says, the legal reason, where it is mended, and where that is asked for, why it is published all the same. */
export const Findings = (props: Props) => {
  const { locale } = useIntl();
  // The lint itself speaks English.
  if (locale === 'en') return <List {...props} />;
  return (
    <DeskTexts more={lintTexts}>
      <List {...props} />
    </DeskTexts>
  );
};
