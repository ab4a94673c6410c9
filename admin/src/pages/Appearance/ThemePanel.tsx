import { Box, Flex, Grid } from '@strapi/design-system';
import { colorTokens, themeTokens, type ColorToken, type Theme, type ThemeToken } from '../../../../contract';
import { TextField } from '../../components/FormField';
import { PositionChoice, PresetChoice } from '../../components/LayoutChoices';
import { Panel } from '../../components/Panel';
import { useText } from '../../hooks/useText';
import { ColorTable } from './ColorTable';
import { ContrastReport } from './ContrastReport';

type SizeToken = Exclude<ThemeToken, ColorToken>;
const isSize = (token: ThemeToken): token is SizeToken => !(colorTokens as readonly string[]).includes(token);

/** What holds as long as nothing is given: docs/theming.md. */
const usual: Record<SizeToken, string> = {
  radius: '1em',
  font: 'inherit',
  'font-size': 'max(14px, 0.9375em)',
  shadow: '0 0.5em 3em #0004',
  'max-width': '66em',
  'z-index': '2147483000',
};

interface Props {
  theme: Theme;
  errors: Record<string, string>;
  disabled: boolean;
  onChange: (theme: Theme, field?: string) => void;
}

/** Where the banner stands, and its colours and sizes. */
export const ThemePanel = ({ theme, errors, disabled, onChange }: Props) => {
  const text = useText();
  const set = (part: 'tokens' | 'dark', token: ThemeToken, value: string) => {
    const { [token]: _before, ...others } = theme[part] ?? {};
    onChange({ ...theme, [part]: value ? { ...others, [token]: value } : others }, `theme.${part}.${token}`);
  };
  return (
    <Panel title={text('appearance.look')}>
      <Flex direction="column" alignItems="stretch" gap={6}>
        <PositionChoice theme={theme} disabled={disabled} onChange={onChange} />
        <PresetChoice theme={theme} disabled={disabled} onChange={onChange} />
        <Box>
          <ColorTable theme={theme} errors={errors} disabled={disabled} onChange={set} />
        </Box>
        <ContrastReport theme={theme} />
        <Grid.Root gap={4}>
          {themeTokens.filter(isSize).map((token) => (
            <Grid.Item key={token} col={4} s={6} xs={12} direction="column" alignItems="stretch">
              <TextField
                name={`theme.tokens.${token}`}
                label={text(`appearance.token.${token}`)}
                value={theme.tokens?.[token] ?? ''}
                placeholder={usual[token]}
                error={errors[`theme.tokens.${token}`]}
                disabled={disabled}
                onChange={(value) => set('tokens', token, value)}
              />
            </Grid.Item>
          ))}
        </Grid.Root>
      </Flex>
    </Panel>
  );
};
