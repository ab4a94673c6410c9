import { setTimeout as pause } from 'node:timers/promises';
import { createGroupCommit } from '../../server/src/ledger/group-commit';

/** Commits that end when they are told to; `outcome` of an entry is the entry. */
const startGroups = (limits: { delayMs?: number; maxBatch?: number; maxQueue?: number } = {}) => {
  const commits: { entries: readonly string[]; end: () => void }[] = [];
  const answered: string[] = [];
  const group = createGroupCommit<string, string>(
    (entries, answer) =>
      new Promise((resolve) => {
        const end = (): void => {
          for (const [index, entry] of entries.entries()) answer(index, entry);
          resolve();
        };
        commits.push({ entries, end });
      }),
    { delayMs: 5, maxBatch: 3, maxQueue: 4, maxWaitMs: 10_000, ...limits },
    () => 'unavailable',
  );
  const add = (entry: string): boolean =>
    group.add(entry, (outcome) => void answered.push(`${outcome} while ${commits.length} commits had begun`));
  const untilCommit = async (count: number): Promise<void> => {
    while (commits.length < count) await pause(1);
  };
  return { group, add, commits, answered, untilCommit };
};

describe('Entries', () => {
  it('that arrive together are committed as one group, answered after it', async () => {
    const { add, commits, answered, untilCommit, group } = startGroups();
    expect([add('a'), add('b')]).toEqual([true, true]);
    await untilCommit(1);
    expect(commits[0]!.entries).toEqual(['a', 'b']);
    expect(answered).toEqual([]);
    commits[0]!.end();
    await group.drain();
    expect(answered).toEqual(['a while 1 commits had begun', 'b while 1 commits had begun']);
  });

  it('that arrive during a commit follow it at once, before those of it are answered', async () => {
    const { add, commits, answered, untilCommit, group } = startGroups({ delayMs: 60_000, maxBatch: 1 });
    add('a');
    await untilCommit(1);
    add('b');
    commits[0]!.end();
    // Not after `delayMs`, which would be a minute.
    await untilCommit(2);
    expect(commits[1]!.entries).toEqual(['b']);
    while (answered.length < 1) await pause(1);
    expect(answered).toEqual(['a while 2 commits had begun']);
    commits[1]!.end();
    await group.drain();
    expect(answered).toHaveLength(2);
  });

  it('above what may wait are turned away, and nobody is forgotten', async () => {
    const { add, commits, answered, untilCommit, group } = startGroups();
    const taken = ['a', 'b', 'c', 'd', 'e', 'f'].map(add);
    expect(taken).toEqual([true, true, true, true, false, false]);
    for (let commit = 1; answered.length < 4; commit++) {
      await untilCommit(commit);
      commits[commit - 1]!.end();
      await pause(1);
    }
    expect(commits.map(({ entries }) => entries)).toEqual([['a', 'b', 'c'], ['d']]);
    await group.drain();
    expect(group.waiting).toBe(0);
  });
});
