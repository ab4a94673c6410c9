import { Typography } from '@strapi/design-system';
import { useText } from '../../hooks/useText';

/** What was chosen: keys of categories, and of items where they are exceptions. */
export const Choices = ({ choices }: { choices: Record<string, boolean> }) => {
  const text = useText();
  const named = (wanted: boolean): string =>
    Object.entries(choices)
      .filter(([, granted]) => granted === wanted)
      .map(([key]) => key.replace(/^item:/, ''))
      .join(', ');
  return (
    <>
      {([true, false] as const).map((granted) => {
        const names = named(granted);
        return (
          names && (
            <Typography key={String(granted)} tag="p" textColor="neutral800">
              {text(granted ? 'ledger.allowed' : 'ledger.refused', { names })}
            </Typography>
          )
        );
      })}
    </>
  );
};
