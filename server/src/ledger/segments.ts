import { createSegments as createChainedSegments, type Unchained } from '../chain/segments';
import { contentOf, type ConsentRow } from './record';

/** A consent of which everything is known but its place in the chain. */
export type UnchainedRow = Unchained<ConsentRow>;

/**
 * The ends of the consents' chain in this process.
 *
 * @param sign makes `<key id>.<signature>` of a head
 */
export const createSegments = (sign: (head: Buffer) => string) =>
  createChainedSegments<ConsentRow>({ contentOf, siteOf: ({ site }) => site, sign });
