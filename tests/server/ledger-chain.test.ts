import { generateKeyPairSync, randomUUID, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { verifyCheckpoints } from '../../server/src/chain/verify-checkpoints';
import { checkpointBytes, checkpointHash, type Checkpoint } from '../../server/src/chain/checkpoint';
import { genesis, chainHash } from '../../server/src/chain/hash-chain';
import { createSegmentVerifier, type KnownHeads } from '../../server/src/chain/verify-segment';
import { contentOf, type ConsentRow } from '../../server/src/ledger/record';
import { createSegments, type UnchainedRow } from '../../server/src/ledger/segments';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const signHead = (head: Buffer) => `key.${sign(null, head, privateKey).toString('base64url')}`;
const verifySignature = (kid: string, data: Buffer, signature: Buffer) =>
  kid === 'key' && verify(null, data, publicKey, signature);

const plain = (site = 'default', change: Partial<UnchainedRow> = {}): UnchainedRow => ({
  id: randomUUID(),
  decided_at_ms: 1_790_000_000_000,
  site,
  locale: 'en',
  config_version: 'v1',
  source: 'save',
  choices: '{"STATISTICS":true}',
  details: '{}',
  subject_ref: '-',
  ...change,
});

/** A segment of groups of these sizes. */
const segmentOf = (sizes: readonly number[]): ConsentRow[] => {
  const segments = createSegments(signHead);
  return sizes.flatMap((size, index) => {
    const batch = segments.chain(
      Array.from({ length: size }, () => plain()),
      1_790_000_000_000 + index,
    );
    batch.committed();
    return batch.rows;
  });
};

const NOTHING: KnownHeads = { heads: new Map(), purged: null };
const problemsOf = async (rows: readonly ConsentRow[], segment: string, known = NOTHING) => {
  const verifier = createSegmentVerifier({ segment, site: 'default', known, verifySignature });
  for (const row of [...rows].sort((a, b) => a.seq - b.seq || (a.id < b.id ? -1 : 1)))
    await verifier.row({
      id: row.id,
      seq: row.seq,
      sealedSeq: row.sealed_seq,
      contentAt: (seq) => contentOf({ ...row, seq }),
      previous: row.previous_hash,
      hash: row.hash,
      seal: row.seal,
    });
  return verifier.finish().problems;
};
const headOf = (row: ConsentRow): KnownHeads => ({
  heads: new Map([[row.seq, row.hash.toString('base64url')]]),
  purged: null,
});

const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 8 });

describe('A segment', () => {
  it('of any groups verifies', () =>
    fc.assert(
      fc.asyncProperty(sizes, async (groups) => {
        const rows = segmentOf(groups);
        expect(await problemsOf(rows, rows[0]!.segment)).toEqual([]);
        expect(rows.filter(({ seal }) => seal !== null)).toHaveLength(groups.length);
      }),
    ));

  it('tells which row was altered, whatever column it was', () =>
    fc.assert(
      fc.asyncProperty(
        sizes,
        fc.nat(),
        fc.constantFrom(
          ...([
            'decided_at_ms',
            'recorded_at_ms',
            'locale',
            'config_version',
            'source',
            'choices',
            'details',
            'subject_ref',
            'site',
            'id',
            'previous_hash',
            'hash',
            'sealed_seq',
          ] as const),
        ),
        async (groups, pick, column) => {
          const rows = segmentOf(groups);
          const index = pick % rows.length;
          const value = rows[index]![column];
          const other = Buffer.isBuffer(value)
            ? Buffer.from(value).fill(7)
            : typeof value === 'number'
              ? value + 1
              : `${value}x`;
          const tampered = rows.with(index, { ...rows[index]!, [column]: other });
          const found = await problemsOf(tampered, rows[0]!.segment);
          expect(found[0]).toMatchObject({ kind: 'altered', seq: index + 1, id: tampered[index]!.id });
        },
      ),
    ));

  it('tells which row was altered even if its hash was made anew', () =>
    fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async (groups, pick) => {
        const rows = segmentOf(groups);
        const index = pick % rows.length;
        const changed = { ...rows[index]!, choices: '{"STATISTICS":false}' };
        changed.hash = chainHash(changed.previous_hash, contentOf(changed));
        const found = await problemsOf(rows.with(index, changed), rows[0]!.segment);
        expect(found).toHaveLength(1);
        expect(found[0]).toMatchObject({ seq: index + 1, id: changed.id });
      }),
    ));

  it('tells which rows were removed', () =>
    fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async (groups, pick) => {
        const rows = segmentOf(groups);
        const index = pick % rows.length;
        const found = await problemsOf(rows.toSpliced(index, 1), rows[0]!.segment, headOf(rows.at(-1)!));
        expect(found[0]).toMatchObject({ kind: 'missing', seq: index + 1, id: null });
      }),
    ));

  it('tells that a tail is gone only as far as a checkpoint or a group reaches', async () => {
    const rows = segmentOf([2, 2, 2]);
    const { segment } = rows[0]!;
    expect(await problemsOf(rows.slice(0, 5), segment)).toMatchObject([{ kind: 'missing', seq: 6 }]);
    expect(await problemsOf(rows.slice(0, 4), segment, headOf(rows[5]!))).toMatchObject([{ kind: 'missing', seq: 5 }]);
    // Without a checkpoint nobody can know of the last group; docs/ledger.md says so.
    expect(await problemsOf(rows.slice(0, 4), segment)).toEqual([]);
  });

  it('tells which rows changed places', async () => {
    const rows = segmentOf([3, 3]);
    const swapped = rows.map((row) => ({ ...row, seq: row.seq === 2 ? 5 : row.seq === 5 ? 2 : row.seq }));
    const found = await problemsOf(swapped, rows[0]!.segment);
    expect(found).toMatchObject([
      { kind: 'reordered', seq: 2, id: rows[4]!.id, message: 'The row belongs at 5' },
      { kind: 'reordered', seq: 5, id: rows[1]!.id, message: 'The row belongs at 2' },
    ]);
  });

  it('tells which row was put in', async () => {
    const rows = segmentOf([2, 2]);
    const { segment } = rows[0]!;
    const twin = { ...rows[1]!, id: 'ffffffff-0000-4000-8000-000000000000' };
    expect((await problemsOf([...rows, twin], segment)).map(({ id, kind }) => [id, kind])).toContainEqual([
      twin.id,
      'inserted',
    ]);
    const last = rows.at(-1)!;
    const added = {
      ...last,
      ...plain(),
      seq: 5,
      sealed_seq: 5,
      previous_hash: last.hash,
      seal: signHead(Buffer.from('x')),
    };
    added.hash = chainHash(added.previous_hash, contentOf(added));
    expect(await problemsOf([...rows, added], segment)).toMatchObject([{ kind: 'signature', seq: 5, id: added.id }]);
  });

  it('needs the signatures of its groups', async () => {
    const rows = segmentOf([2, 2]);
    const { segment } = rows[0]!;
    const { seal: good } = rows[1]!;
    // Of the last of 86 characters only two bits count, so others stand for the same bytes.
    const last = good!.at(-1)!;
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const sameBytes = good!.slice(0, -1) + alphabet[alphabet.indexOf(last) + 1];
    const others = [sameBytes, `${good}=`, `${good}.x`, `${good} `, `other.${good!.split('.')[1]}`];
    for (const seal of [null, 'key.AAAA', rows[3]!.seal, ...others])
      expect(await problemsOf(rows.with(1, { ...rows[1]!, seal }), segment)).toMatchObject([
        { kind: 'signature', seq: 2, id: rows[1]!.id },
      ]);
  });

  it('that was rewritten as a whole is found by its signatures', async () => {
    const rows = segmentOf([2, 2]);
    const { segment } = rows[0]!;
    let previous = genesis(segment, 'default');
    const rewritten = rows.map((row) => {
      const changed = { ...row, choices: '{}', previous_hash: previous };
      changed.hash = previous = chainHash(previous, contentOf(changed));
      return changed;
    });
    const found = await problemsOf(rewritten, segment);
    expect(found.map(({ kind, seq }) => [kind, seq])).toEqual([
      ['signature', 2],
      ['signature', 4],
    ]);
  });

  it('whose beginning was purged on purpose verifies from there on, and while it is being purged', async () => {
    const rows = segmentOf([2, 3, 2]);
    const { segment } = rows[0]!;
    const known: KnownHeads = {
      heads: new Map(),
      purged: { seq: 3, hash: rows[2]!.hash.toString('base64url') },
    };
    expect(await problemsOf(rows.slice(3), segment, known)).toEqual([]);
    expect(await problemsOf(rows.slice(1), segment, known)).toEqual([]);
    expect(await problemsOf(rows.slice(4), segment, known)).toMatchObject([{ kind: 'missing', seq: 4 }]);
    expect(await problemsOf(rows.slice(3), segment)).toMatchObject([{ kind: 'missing', seq: 1 }]);
  });

  it('ends when the clock is set back, after a day, and when nobody knows what was committed', () => {
    const segments = createSegments(signHead);
    const next = (now: number) => {
      const batch = segments.chain([plain()], now);
      batch.committed();
      return batch.rows[0]!;
    };
    const first = next(1_000_000);
    expect(next(1_000_500)).toMatchObject({ segment: first.segment, seq: 2 });
    expect(next(1_000_100)).toMatchObject({ segment: first.segment, seq: 3, recorded_at_ms: 1_000_500 });
    const back = next(900_000);
    expect(back).toMatchObject({ seq: 1, recorded_at_ms: 900_000 });
    expect(back.segment).not.toBe(first.segment);
    expect(next(900_000 + 25 * 3_600_000).seq).toBe(1);
    segments.abandon();
    expect(next(900_000 + 25 * 3_600_000).seq).toBe(1);
  });

  it('does not count what was not committed', () => {
    const segments = createSegments(signHead);
    segments.chain([plain()], 1).committed();
    segments.chain([plain()], 2);
    const { rows } = segments.chain([plain()], 3);
    expect(rows[0]!.seq).toBe(2);
  });
});

describe('Checkpoints', () => {
  const chainOf = (count: number): Checkpoint[] => {
    const list: Checkpoint[] = [];
    for (let number = 1; number <= count; number++) {
      const content = JSON.stringify({
        number,
        createdAt: new Date(number).toISOString(),
        previous: list.length > 0 ? checkpointHash(list.at(-1)!.content) : '',
        heads: [{ segment: 's', site: 'default', seq: number, hash: `h${number}` }],
        purged: [],
      });
      const signature = sign(null, checkpointBytes(content), privateKey).toString('base64url');
      list.push({ number, content, kid: 'key', signature });
    }
    return list;
  };

  it('verify, and say what they know', async () => {
    const { count, problems, segments } = await verifyCheckpoints(chainOf(3), verifySignature);
    expect([count, problems]).toEqual([3, []]);
    expect([...segments.get('s')!.known.heads]).toEqual([
      [1, 'h1'],
      [2, 'h2'],
      [3, 'h3'],
    ]);
  });

  it('that are missing or were altered are named', async () => {
    const list = chainOf(4);
    const of = async (changed: Checkpoint[]) =>
      (await verifyCheckpoints(changed, verifySignature)).problems.map(({ kind, number }) => [kind, number]);
    expect(await of(list.toSpliced(1, 1))).toEqual([['missing', 3]]);
    expect(await of(list.with(1, { ...list[1]!, content: list[1]!.content.replace('h2', 'hx') }))).toContainEqual([
      'altered',
      2,
    ]);
    expect(await of(list.with(2, { ...list[2]!, signature: list[1]!.signature }))).toEqual([['altered', 3]]);
    expect(await of(list.with(0, { ...list[0]!, kid: 'other' }))).toEqual([['altered', 1]]);
  });
});
