import type { Core } from '@strapi/strapi';
import { breathe, createPace } from '../breathe';
import type { KeyRing } from '../keys/service';
import type { Checkpoint } from './checkpoint';
import type { Checkpoints } from './checkpoints';
import type { ChainedColumns, Trail } from './trail';
import { verifyCheckpoints, type CheckpointProblem } from './verify-checkpoints';
import { createSegmentVerifier, type ChainProblem, type ChainRow, type KnownHeads } from './verify-segment';

const PAGE_ROWS = 1000;
const NOTHING_KNOWN: KnownHeads = { heads: new Map(), purged: null };

/** What is wrong with a chain. */
export type TrailProblem = ChainProblem | ({ checkpoint: true } & CheckpointProblem);

/** How far verifying has come. */
export interface TrailProgress {
  rows: number;
  segments: number;
  checkpoints: number;
}

/** How the rows of a chain are read. */
export interface TrailReader<Row extends ChainedColumns & { id: string }> {
  trail: Trail;
  checkpoints: Checkpoints;
  columns: readonly string[];
  fromDatabase(row: Row): Row;
  contentOf(row: Row): string;
  /** Where a row says itself to which site its segment belongs; else all segments are of this one. */
  site: { column: string } | { always: string };
  /** Is told of each row, in the order of the chain. */
  onRow?(row: Row): void;
}

/**
 * Reads a whole chain and finds what is not as it was written.
 *
 * @param held checkpoints that were exported earlier and held elsewhere: only they prove that none is missing at the end
 * @param onProgress is awaited every few milliseconds; what it throws ends the verification
 */
export const verifyTrail = async <Row extends ChainedColumns & { id: string }>(
  strapi: Core.Strapi,
  keyRing: KeyRing,
  { trail, checkpoints, columns, fromDatabase, contentOf, site: siteSource, onRow }: TrailReader<Row>,
  held: readonly Checkpoint[],
  onProgress: (progress: TrailProgress) => Promise<void>,
): Promise<TrailProgress & { problems: TrailProblem[] }> => {
  const db = (table: string) => strapi.db.getConnection(table);

  const chainRow = (row: Row): ChainRow => ({
    id: row.id,
    seq: row.seq,
    sealedSeq: row.sealed_seq,
    contentAt: (seq) => contentOf({ ...row, seq }),
    previous: row.previous_hash,
    hash: row.hash,
    seal: row.seal,
  });

  async function* rowsOf(segment: string): AsyncGenerator<Row> {
    let after: { seq: number; id: string } | null = null;
    for (;;) {
      const query = db(trail.rows).where({ segment }).orderBy('seq').orderBy('id').limit(PAGE_ROWS);
      if (after) {
        const { seq, id }: { seq: number; id: string } = after;
        query.where((where) =>
          where.where('seq', '>', seq).orWhere((same) => same.where({ seq }).where('id', '>', id)),
        );
      }
      const page = ((await query.select([...columns])) as Row[]).map(fromDatabase);
      yield* page;
      if (page.length < PAGE_ROWS) return;
      after = page.at(-1)!;
      await breathe();
    }
  }

  /** Segments that rows name, whoever else does; by an index alone. */
  const segmentsOfRows = async (): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    for (let after = ''; ;) {
      const [row]: { segment: string; site?: string }[] = await db(trail.rows)
        .where('segment', '>', after)
        .orderBy('segment')
        .orderBy('seq')
        .limit(1)
        .select('segment', ...('column' in siteSource ? [{ site: siteSource.column }] : []));
      if (!row) return found;
      found.set(row.segment, 'always' in siteSource ? siteSource.always : row.site!);
      after = row.segment;
    }
  };

  const check = await verifyCheckpoints(checkpoints.all(), keyRing.verify, trail.of);
  const problems: TrailProblem[] = check.problems.map((problem) => ({ checkpoint: true, ...problem }));
  const stored = new Map<number, string>();
  if (held.length > 0) for await (const { number, content } of checkpoints.all()) stored.set(number, content);
  for (const { number, content } of held)
    if (stored.get(number) !== content)
      problems.push({
        checkpoint: true,
        kind: stored.has(number) ? 'altered' : 'missing',
        number,
        message: 'It is not as it was exported',
      });

  const registered: { segment: string; site: string }[] = await db(trail.segments).select('segment', 'site');
  const sites = new Map([
    ...(await segmentsOfRows()),
    ...[...check.segments].map(([segment, { site }]) => [segment, site] as const),
    ...registered.map(({ segment, site }) => [segment, site] as const),
  ]);
  const knownSegments = new Set([...check.segments.keys(), ...registered.map(({ segment }) => segment)]);
  const isRegistered = new Set(registered.map(({ segment }) => segment));
  const total: TrailProgress = { rows: 0, segments: 0, checkpoints: check.count };
  const pace = createPace();
  for (const [segment, site] of sites) {
    let rows = 0;
    total.segments += 1;
    const verifier = createSegmentVerifier({
      segment,
      site,
      known: check.segments.get(segment)?.known ?? NOTHING_KNOWN,
      verifySignature: keyRing.verify,
    });
    for await (const row of rowsOf(segment)) {
      await verifier.row(chainRow(row));
      onRow?.(row);
      rows += 1;
      const paused = pace();
      if (!paused) continue;
      await paused;
      await onProgress({ ...total, rows: total.rows + rows });
    }
    const result = verifier.finish();
    total.rows += result.rows;
    problems.push(...result.problems);
    const ofSegment = (kind: ChainProblem['kind'], message: string): void =>
      void problems.push({ kind, segment, site, seq: 1, id: null, message });
    if (result.rows === 0 && isRegistered.has(segment) && !check.segments.has(segment))
      ofSegment('missing', 'The segment has begun, and all its rows are missing');
    if (!knownSegments.has(segment)) ofSegment('inserted', 'Nothing knows that this segment was begun');
  }
  return { ...total, problems };
};
