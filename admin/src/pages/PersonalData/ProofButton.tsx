import { Button } from '@strapi/design-system';
import { Download } from '@strapi/icons';
import type { Erasure } from '../../../../contract';
import { saveFile } from '../../components/saveFile';
import { useText } from '../../hooks/useText';

/** Saves the signed proof of an erasure; nothing while there is none. */
export const ProofButton = ({ erasure: { id, proof }, label }: { erasure: Erasure; label?: string }) => {
  const text = useText();
  if (proof === null) return null;
  return (
    <Button
      size="S"
      variant="tertiary"
      startIcon={<Download />}
      aria-label={label}
      onClick={() => saveFile(new Blob([proof], { type: 'application/jose' }), `erasure-${id}.jws`)}
    >
      {text('personal.erasures.download')}
    </Button>
  );
};
