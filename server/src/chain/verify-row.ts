import type { Core } from '@strapi/strapi';
import type { KeyRing } from '../keys/service';
import { chainHash, sealedHead } from './hash-chain';
import { signatureBytes } from './signature';
import type { ChainedColumns, Trail } from './trail';

/** How the rows of a chain are read. */
interface RowReader<Row extends ChainedColumns> {
  trail: Pick<Trail, 'rows'>;
  columns: readonly string[];
  fromDatabase: (row: Row) => Row;
  contentOf: (row: Row) => string;
}

/**
 * Reads the group that a row was committed with, from it to the signature.
 *
 * @returns whether they are as they were hashed and signed, and the key ID of the signature; null: it is gone
 */
export const verifyRow = async <Row extends ChainedColumns>(
  strapi: Core.Strapi,
  keyRing: Pick<KeyRing, 'verify'>,
  { trail, columns, fromDatabase, contentOf }: RowReader<Row>,
  row: Row,
): Promise<{ intact: boolean; kid: string | null }> => {
  const found = (await strapi.db
    .getConnection(trail.rows)
    .where({ segment: row.segment })
    .whereBetween('seq', [row.seq, row.sealed_seq])
    .orderBy('seq')
    .select([...columns])) as Row[];
  const group = found.map(fromDatabase);
  let previous = row.previous_hash;
  let intact = group.length === row.sealed_seq - row.seq + 1;
  for (const other of group) {
    intact &&= other.previous_hash.equals(previous) && chainHash(previous, contentOf(other)).equals(other.hash);
    previous = other.hash;
  }
  const last = group.at(-1);
  const [kid, signature] = (last?.seq === row.sealed_seq && last.seal?.split('.')) || [];
  if (!last || !kid || !signature) return { intact: false, kid: null };
  const head = sealedHead(last.segment, last.seq, last.hash);
  const bytes = signatureBytes(signature);
  return { intact: intact && bytes !== null && (await keyRing.verify(kid, head, bytes)), kid };
};
