import { styled } from 'styled-components';
import {
  bannerPositions,
  themeColors,
  themePresetNames,
  themePresets,
  type BannerPosition,
  type Theme,
  type ThemePreset,
} from '../../../contract';
import { useText } from '../hooks/useText';
import { ChoiceCards } from './ChoiceCards';

const Page = styled.span`
  position: relative;
  display: block;
  height: 4.8rem;
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral200};
`;

const Banner = styled.span<{ $position: BannerPosition }>`
  position: absolute;
  inset-inline: 0.4rem;
  height: 1.4rem;
  border-radius: 2px;
  background: ${({ theme }) => theme.colors.primary600};
  ${({ $position }) => ($position === 'top' ? 'top: 0.4rem;' : 'bottom: 0.4rem;')}
  ${({ $position }) => $position === 'bottom-start' && 'inset-inline-end: 60%; height: 2.6rem;'}
  ${({ $position }) => $position === 'bottom-end' && 'inset-inline-start: 60%; height: 2.6rem;'}
`;

const Swatches = styled.span`
  display: flex;
  height: 2.4rem;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  overflow: hidden;

  & > span {
    flex: 1;
  }
`;

interface Props {
  theme: Theme;
  disabled?: boolean;
  onChange: (theme: Theme) => void;
}

/** Where the banner stands. */
export const PositionChoice = ({ theme, disabled, onChange }: Props) => {
  const text = useText();
  return (
    <ChoiceCards
      legend={text('appearance.position')}
      width="10rem"
      value={theme.position ?? 'bottom'}
      disabled={disabled}
      choices={bannerPositions.map((value) => ({
        value,
        title: text(`appearance.position.${value}`),
        picture: (
          <Page aria-hidden>
            <Banner $position={value} />
          </Page>
        ),
      }))}
      onChange={(position) => onChange({ ...theme, position })}
    />
  );
};

const same = (a: object | undefined, b: object | undefined): boolean => {
  const sorted = (values: object = {}) =>
    JSON.stringify(
      Object.entries(values)
        .filter(([, value]) => value)
        .sort(),
    );
  return sorted(a) === sorted(b);
};

const presetOf = ({ tokens, dark }: Theme): ThemePreset | null =>
  themePresetNames.find((name) => {
    const preset: Pick<Theme, 'tokens' | 'dark'> = themePresets[name];
    return same(preset.tokens, tokens) && same(preset.dark, dark);
  }) ?? null;

/** Looks to begin with; choosing one replaces all colours and sizes. */
export const PresetChoice = ({ theme, disabled, onChange }: Props) => {
  const text = useText();
  return (
    <ChoiceCards
      legend={text('appearance.preset')}
      value={presetOf(theme)}
      disabled={disabled}
      choices={themePresetNames.map((value) => {
        const { background, text: words, accent } = themeColors(themePresets[value], 'light');
        return {
          value,
          title: text(`appearance.preset.${value}`),
          picture: (
            <Swatches aria-hidden>
              {[background, words, accent].map((color, index) => (
                <span key={index} style={{ background: color }} />
              ))}
            </Swatches>
          ),
        };
      })}
      onChange={(name) => {
        const { position } = theme;
        onChange({ ...(position && { position }), ...themePresets[name] });
      }}
    />
  );
};
