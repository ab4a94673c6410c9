import fs from 'node:fs';
import path from 'node:path';
import * as react from '../../client/src/react';
import * as signals from '../../client/src/signals';
import { createStub } from '../../client/src/stub';

const root = path.resolve(__dirname, '../..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const website = read('docs/website.md');

/** Members of an interface in a file, as they are written there. */
const membersOf = (file: string, name: string): string[] => {
  const [, body] = new RegExp(`export interface ${name}\\b[^{]*\\{\\n(.*?)^\\}`, 'ms').exec(read(file))!;
  return [...body!.matchAll(/^ {2}(\w+)\??[(:]/gm)].map(([, member]) => member!);
};

describe('docs/website.md names', () => {
  const { q: _, ...members } = createStub();

  test.each(Object.keys(members))('the member %s', (member) => {
    expect(website).toMatch(new RegExp(`\`${member}[\`(]`));
  });

  test('no other member, in its table', () => {
    const [, table] = /\| member.*?\n(.*?)\n\n/s.exec(website)!;
    const named = [...table!.matchAll(/`(\w+)[`(]/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in members) && name !== 'TypeError' && name !== 'false')).toEqual([]);
  });

  test.each(membersOf('client/src/core/api.ts', 'Change'))('%s of a change', (member) => {
    expect(website).toContain(`\`${member}\``);
  });

  const sources = [...(/export type Source = (.*);/.exec(read('client/src/core/api.ts'))![1]!.matchAll(/'([\w-]+)'/g))]; // prettier-ignore
  test.each(sources.map(([, source]) => source!))('the source %s', (source) => {
    expect(website).toContain(`\`${source}\``);
  });

  const events = /emit = \(name: (.*?),/.exec(read('client/src/core/report.ts'))![1]!;
  test.each([...events.matchAll(/'(\w+)'/g)].map(([, name]) => name!))('the event %s', (name) => {
    expect(website).toContain(`privacy-desk:${name}`);
  });

  test.each([
    ...['privacy', 'privacy-action', 'privacy-embed', 'privacy-thumbnail', 'id', 'title', 'params', 'type'],
    ...[.../const sources = \[(.*?)\]/.exec(read('client/src/gate/embed.ts'))![1]!.matchAll(/'(\w+)'/g)].map(
      ([, name]) => name!,
    ),
  ])('the attribute data-%s', (name) => {
    expect(website).toContain(`data-${name}`);
  });

  test.each(membersOf('client/src/index.ts', 'PrivacyDeskOptions'))('the option %s of createPrivacyDesk', (option) => {
    expect(website).toContain(`\`${option}\``);
  });
});

test.each(Object.keys(signals))('docs/signals.md names the vendor %s', (vendor) => {
  expect(read('docs/signals.md')).toMatch(new RegExp(`\\b${vendor}\\b`));
});

test.each(Object.keys(react))('docs/react.md names %s', (name) => {
  expect(read('docs/react.md')).toMatch(new RegExp(`\\b${name}\\b`));
});
