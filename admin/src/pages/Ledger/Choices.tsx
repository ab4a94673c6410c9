import { Typography } from '@strapi/design-system';
import { useText } from '../../hooks/useText';

interface Props {
  choices: Record<string, boolean>;
  /** What their keys are called. */
  names: Record<string, string>;
}

/** What was chosen: categories, and items where they are exceptions. */
export const Choices = ({ choices, names }: Props) => {
  const text = useText();
  const named = (wanted: boolean): string =>
    Object.entries(choices)
      .filter(([, granted]) => granted === wanted)
      .map(([key]) => names[key] ?? key.replace(/^item:/, ''))
      .join(', ');
  return (
    <>
      {([true, false] as const).map((granted) => {
        const those = named(granted);
        return (
          those && (
            <Typography key={String(granted)} tag="p" textColor="neutral800">
              {text(granted ? 'ledger.allowed' : 'ledger.refused', { names: those })}
            </Typography>
          )
        );
      })}
    </>
  );
};
