import { Typography } from '@strapi/design-system';
import { styled } from 'styled-components';
import {
  colorSchemes,
  colorTokens,
  themeColors,
  type ColorScheme,
  type ColorToken,
  type Theme,
} from '../../../../contract';
import { useText } from '../../hooks/useText';
import { ColorInput } from './ColorInput';

const Table = styled.table`
  width: 100%;
  table-layout: fixed;

  th,
  td {
    padding: ${({ theme }) => theme.spaces[1]};
    text-align: start;
    vertical-align: middle;
  }

  tr > :first-child {
    padding-inline-start: 0;
  }
`;

/** Where a scheme's colours lie in a theme. */
const fieldOf = { light: 'tokens', dark: 'dark' } as const;

interface Props {
  theme: Theme;
  errors: Record<string, string>;
  disabled: boolean;
  onChange: (part: 'tokens' | 'dark', token: ColorToken, value: string) => void;
}

/** The colours by day and by night. */
export const ColorTable = ({ theme, errors, disabled, onChange }: Props) => {
  const text = useText();
  const fallback = (token: ColorToken, scheme: ColorScheme): string => {
    const part = fieldOf[scheme];
    const { [token]: _own, ...others } = theme[part] ?? {};
    return themeColors({ ...theme, [part]: others }, scheme)[token];
  };
  return (
    <Table>
      <thead>
        <tr>
          <th scope="col">
            <Typography variant="sigma" textColor="neutral600">
              {text('appearance.color')}
            </Typography>
          </th>
          {colorSchemes.map((scheme) => (
            <th key={scheme} scope="col">
              <Typography variant="sigma" textColor="neutral600">
                {text(`preview.scheme.${scheme}`)}
              </Typography>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {colorTokens.map((token) => (
          <tr key={token}>
            <th scope="row">
              <Typography variant="pi" textColor="neutral800">
                {text(`appearance.token.${token}`)}
              </Typography>
            </th>
            {colorSchemes.map((scheme) => {
              const part = fieldOf[scheme];
              const name = `theme.${part}.${token}`;
              const label = `${text(`appearance.token.${token}`)}, ${text(`preview.scheme.${scheme}`)}`;
              return (
                <td key={scheme}>
                  <ColorInput
                    name={name}
                    label={label}
                    pickLabel={text('appearance.pick', { color: label })}
                    value={theme[part]?.[token] ?? ''}
                    fallback={fallback(token, scheme)}
                    error={errors[name]}
                    disabled={disabled}
                    onChange={(value) => onChange(part, token, value)}
                  />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </Table>
  );
};
