import { Badge, Flex, Typography } from '@strapi/design-system';
import type { LocaleCompleteness } from '../../../../contract';
import { useText } from '../../hooks/useText';
import { Panel } from '../../components/Panel';
import { ProgressBar } from '../../components/ProgressBar';

/** How much of what visitors read is there in each language. */
export const LanguagesPanel = ({ locales }: { locales: LocaleCompleteness[] }) => {
  const text = useText();
  return (
    <Panel title={text('languages.title')}>
      <Typography tag="p" textColor="neutral600" paddingBottom={4}>
        {text('languages.explain')}
      </Typography>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={4}>
        {locales.map(({ code, name, isDefault, translated, total }) => (
          <li key={code}>
            <Flex justifyContent="space-between" gap={2} paddingBottom={1}>
              <Flex gap={2}>
                <Typography variant="omega" fontWeight="bold">
                  {name}
                </Typography>
                {isDefault && <Badge size="S">{text('languages.default')}</Badge>}
              </Flex>
              <Typography variant="pi" textColor="neutral600">
                {text('languages.progress', { translated, total })}
              </Typography>
            </Flex>
            <ProgressBar
              value={translated}
              max={Math.max(total, 1)}
              aria-label={text('languages.progressOf', { language: name })}
            />
          </li>
        ))}
      </Flex>
    </Panel>
  );
};
