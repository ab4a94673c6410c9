import type { Owner } from '../../../../contract';
import { useText } from '../../hooks/useText';

export const ownerKinds = ['user', 'email', 'subject'] as const;
export type OwnerKind = (typeof ownerKinds)[number];

/** `{ email: 'order.email' }` → `{ kind: 'email', path: 'order.email' }` */
export const partsOf = (owner: Owner): { kind: OwnerKind; path: string } => {
  const [[kind, path]] = Object.entries(owner) as [[OwnerKind, string]];
  return { kind, path };
};

export const ownerOf = (kind: OwnerKind, path: string): Owner => ({ [kind]: path }) as Owner;

/** By what an entry is known to be somebody's, in words. */
export const OwnerText = ({ owner }: { owner: Owner }) => {
  const text = useText();
  const { kind, path } = partsOf(owner);
  return (
    <>
      {text(`personal.owner.${kind}`)}: {path === '.' ? text('personal.entry.owner.self') : path}
    </>
  );
};
