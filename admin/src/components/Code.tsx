import { Button } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { useClipboard } from '@strapi/strapi/admin';
import { styled } from 'styled-components';
import { useNotify } from '../hooks/useNotify';
import { useText } from '../hooks/useText';

const Block = styled.pre`
  margin: 0;
  padding: ${({ theme }) => theme.spaces[4]};
  max-height: 32rem;
  overflow: auto;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  font-size: ${({ theme }) => theme.fontSizes[1]};
  line-height: 1.5;
  color: ${({ theme }) => theme.colors.neutral800};
  background: ${({ theme }) => theme.colors.neutral100};
  border: 1px solid ${({ theme }) => theme.colors.neutral150};
  border-radius: ${({ theme }) => theme.borderRadius};
`;

/** Something to copy into one's own code. */
export const Code = ({ label, children }: { label: string; children: string }) => (
  <Block tabIndex={0} role="region" aria-label={label}>
    <code>{children}</code>
  </Block>
);

export const CopyButton = ({ text: copied }: { text: string }) => {
  const text = useText();
  const notify = useNotify();
  const { copy } = useClipboard();
  const run = async () =>
    (await copy(copied)) ? notify.done(text('script.copied')) : notify.warn(text('script.notCopied'));
  return (
    <Button variant="secondary" size="S" startIcon={<Duplicate />} onClick={run}>
      {text('script.copy')}
    </Button>
  );
};
