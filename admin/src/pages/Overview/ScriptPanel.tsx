import { Typography } from '@strapi/design-system';
import { useState } from 'react';
import type { PanelLocale } from '../../../../contract';
import { useText } from '../../hooks/useText';
import { Code, CopyButton } from '../../components/Code';
import { LocaleSelect } from '../../components/LocaleSelect';
import { Panel } from '../../components/Panel';

interface Props {
  locales: PanelLocale[];
  /** By locale. */
  scriptTags: Record<string, string>;
}

/** What to put into the website's pages, ready to copy. */
export const ScriptPanel = ({ locales, scriptTags }: Props) => {
  const text = useText();
  const [chosen, setChosen] = useState<string>();
  const locale = chosen && scriptTags[chosen] ? chosen : locales[0]!.code;
  const tag = scriptTags[locale] ?? '';

  return (
    <Panel title={text('script.title')} actions={<CopyButton text={tag} />}>
      <Typography tag="p" textColor="neutral600" paddingBottom={4}>
        {text('script.explain')}
      </Typography>
      <LocaleSelect locales={locales} value={locale} onChange={setChosen} />
      <Code label={text('script.code')}>{tag}</Code>
    </Panel>
  );
};
