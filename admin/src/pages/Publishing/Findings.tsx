import { Box, Field, Flex, Status, TextInput, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { Finding } from '../../../../contract';
import { useText } from '../../hooks/useText';
import { PLUGIN_ID } from '../../pluginId';

const variants = { error: 'danger', warning: 'warning', hint: 'secondary' } as const;

export const keyOfFinding = ({ rule, path, locale }: Pick<Finding, 'rule' | 'path' | 'locale'>): string =>
  [rule, path, locale].filter(Boolean).join('|');

/** What a finding says in the admin user's language; English where nobody has translated the rule yet. */
export const useFindingText = () => {
  const { formatMessage, messages } = useIntl();
  return (finding: Finding, part: 'message' | 'reason'): string => {
    const id = `${PLUGIN_ID}.lint.${finding.rule}.${part}`;
    return id in messages ? formatMessage({ id }, finding.params) : finding[part];
  };
};

interface Props {
  findings: Finding[];
  /** By `keyOfFinding`; absent: nothing can be typed. */
  reasons?: Record<string, string>;
  onReason?: (key: string, reason: string) => void;
  /** Those whose reason is missing. */
  missing?: ReadonlySet<string>;
}

/** What the lint says, the legal reason, and where one is asked for, why it is published all the same. */
export const Findings = ({ findings, reasons, onReason, missing }: Props) => {
  const text = useText();
  const say = useFindingText();
  return (
    <Flex tag="ul" direction="column" alignItems="stretch" gap={4}>
      {findings.map((finding) => {
        const key = keyOfFinding(finding);
        const open = reasons && finding.severity !== 'hint';
        return (
          <li key={key}>
            <Flex gap={3} alignItems="flex-start">
              <Box minWidth="9rem">
                <Status variant={variants[finding.severity]} size="S" width="fit-content">
                  {/* Strapi's own orange on yellow is too pale to read. */}
                  <Typography variant="pi" textColor="neutral800">
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
                {open && (
                  <Box paddingTop={2}>
                    <Field.Root name={key} error={missing?.has(key) && text('publish.reason.missing')} required>
                      <Field.Label>{text('publish.reason')}</Field.Label>
                      <TextInput
                        value={reasons[key] ?? ''}
                        maxLength={1000}
                        onChange={({ target }: { target: { value: string } }) => onReason?.(key, target.value)}
                      />
                      <Field.Error />
                    </Field.Root>
                  </Box>
                )}
              </Box>
            </Flex>
          </li>
        );
      })}
    </Flex>
  );
};
