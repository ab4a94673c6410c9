import type { Core } from '@strapi/strapi';
import type { SegmentHead } from './checkpoint';
import type { Checkpoints } from './checkpoints';
import { LONGEST_SEGMENT_MS } from './segments';
import { headOf, type Trail } from './trail';

const BATCH_SEGMENTS = 200;

interface StoredSegment {
  segment: string;
  site: string;
  started_at_ms: number | string;
  purged_at_ms: number | string | null;
}

/**
 * Removes expired rows of a chain: whole segments, so that what is left verifies. A checkpoint says first, signed, up to
 * where a segment is removed. Each step may be repeated, so a crash leaves nothing that the next run does not finish.
 */
export const createExpiredSegments = (strapi: Core.Strapi, trail: Trail, checkpoints: Checkpoints) => {
  const table = () => strapi.db.getConnection(trail.segments);

  /** Pages through the segments that have expired as a whole. */
  async function* expired(expiry: (site: string) => number): AsyncGenerator<StoredSegment[]> {
    for (let after = ''; ;) {
      const page: StoredSegment[] = await table()
        .where('segment', '>', after)
        .orderBy('segment')
        .limit(BATCH_SEGMENTS)
        .select('segment', 'site', 'started_at_ms', 'purged_at_ms');
      if (page.length === 0) return;
      after = page.at(-1)!.segment;
      const found = page.filter(({ site, started_at_ms }) => Number(started_at_ms) + LONGEST_SEGMENT_MS < expiry(site));
      if (found.length > 0) yield found;
    }
  }

  const announceSome = async (segments: readonly StoredSegment[], now: number): Promise<void> => {
    const heads: SegmentHead[] = [];
    for (const segment of segments) {
      if (segment.purged_at_ms !== null) continue;
      // One without any row is no expired segment: `verify` has to go on saying so.
      const head = await headOf(strapi, trail, segment);
      if (head) heads.push(head);
    }
    if (heads.length === 0) return;
    await checkpoints.writePurge(heads);
    await table()
      .whereIn(
        'segment',
        heads.map(({ segment }) => segment),
      )
      .update({ purged_at_ms: now, closed_at_ms: now });
  };

  return {
    /**
     * States which segments are removed.
     *
     * @param expiry rows of a site recorded before this time have expired; milliseconds since 1970
     */
    async announce(expiry: (site: string) => number, now: number, goOn: () => Promise<void>): Promise<void> {
      for await (const segments of expired(expiry)) {
        await announceSome(segments, now);
        await goOn();
      }
    },

    /**
     * Removes the rows of the segments that were announced.
     *
     * @param removeBatch removes the next rows of a segment, and tells how many; 0 when there is none left
     */
    async remove(
      expiry: (site: string) => number,
      removeBatch: (segment: string) => Promise<number>,
      goOn: () => Promise<void>,
    ): Promise<{ segments: number; rows: number }> {
      const report = { segments: 0, rows: 0 };
      for await (const segments of expired(expiry))
        for (const { segment, purged_at_ms } of segments) {
          if (purged_at_ms === null) continue;
          for (let removed = -1; removed !== 0;) {
            removed = await removeBatch(segment);
            report.rows += removed;
            await goOn();
          }
          await table().where({ segment }).delete();
          report.segments += 1;
        }
      return report;
    },
  };
};

export type ExpiredSegments = ReturnType<typeof createExpiredSegments>;
