import { Box, Tabs } from '@strapi/design-system';
import { Suspense, type ReactNode } from 'react';
import { useSearch, type SearchChanges } from '../hooks/useSearch';
import { LoadingState } from './PageStates';

interface PagePart {
  /** As the address has it: `?part=…`; without it, the first part is shown. */
  name: string;
  label: string;
  /** Loaded when it is first shown, if it is lazy. */
  content: ReactNode;
}

interface Props {
  /** What the tabs choose. */
  label: string;
  /** Those that the user may see, at least one. */
  parts: readonly PagePart[];
  /** What else changes in the address with the part. */
  changes?: SearchChanges;
}

/** The parts of a page, as tabs; the address says which. */
export const PageParts = ({ label, parts, changes }: Props) => {
  const { search, change } = useSearch();
  const first = parts[0]?.name;
  const asked = search.get('part');
  const chosen = parts.some(({ name }) => name === asked) ? asked! : first;
  return (
    <Tabs.Root
      variant="simple"
      value={chosen}
      onValueChange={(part) => change({ ...changes, part: part === first ? null : part })}
    >
      <Box paddingBottom={5}>
        <Tabs.List aria-label={label}>
          {parts.map((part) => (
            <Tabs.Trigger key={part.name} value={part.name}>
              {part.label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
      </Box>
      {parts.map(({ name, content }) => (
        <Tabs.Content key={name} value={name}>
          <Suspense fallback={<LoadingState />}>{content}</Suspense>
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
};
