import type {
  AskReason,
  AskedAgain,
  Block,
  Category,
  ConfigChange,
  ConsentConfig,
  FieldChange,
} from '../../../contract';
import { canonicalJson } from '../canonical-json';
import { factsOfConfig } from './config-facts';
import { whyWider, type LiveFacts } from './revisions';

/** Reasons that are told of a category: enough to understand, few enough to read. */
const MOST_REASONS = 20;

type Leaves = Map<string, string>;

const plainText = (blocks: readonly Block[]): string =>
  blocks
    .map(function textOf(node: { text?: string; children?: unknown[] }): string {
      return node.text ?? ((node.children ?? []) as { text?: string; children?: unknown[] }[]).map(textOf).join('');
    })
    .join('\n');

const isBlocks = (value: unknown): value is Block[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every((block) => !!block && typeof block === 'object' && 'children' in block);

/** Every value in an object by its path. Lists of plain values are one value, others are written as JSON. */
const leavesOf = (value: unknown, path = '', leaves: Leaves = new Map()): Leaves => {
  if (value === undefined || value === null || value === '') return leaves;
  if (typeof value !== 'object') return leaves.set(path, String(value));
  if (isBlocks(value)) return leaves.set(path, plainText(value));
  if (Array.isArray(value)) {
    if (value.length === 0) return leaves;
    return leaves.set(
      path,
      value.every((member) => typeof member !== 'object') ? value.join(', ') : canonicalJson(value),
    );
  }
  for (const [key, member] of Object.entries(value)) leavesOf(member, path ? `${path}.${key}` : key, leaves);
  return leaves;
};

const differences = (before: Leaves, after: Leaves): FieldChange[] =>
  [...new Set([...before.keys(), ...after.keys()])].flatMap((field) => {
    const [a, b] = [before.get(field), after.get(field)];
    return a === b ? [] : [{ field, ...(a !== undefined && { before: a }), ...(b !== undefined && { after: b }) }];
  });

/** Splits what something says in one language from what is the same in all of them. */
const split = <T extends object>(value: T | undefined, words: readonly string[], others: readonly string[] = []) => {
  const facts: Record<string, unknown> = {};
  const texts: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value ?? {}))
    if (words.includes(key)) texts[key] = member;
    else if (!others.includes(key)) facts[key] = member;
  return { facts: leavesOf(facts), texts: leavesOf(texts) };
};

type Place = Pick<ConfigChange, 'of' | 'category' | 'item' | 'storage' | 'name'>;

/** Tells what a thing is now, in its facts and its words. */
const compare = <T extends object>(
  place: Place,
  locale: string,
  before: T | undefined,
  after: T | undefined,
  words: readonly string[],
  others: readonly string[] = [],
): ConfigChange[] => {
  const [a, b] = [split(before, words, others), split(after, words, others)];
  const facts = differences(a.facts, b.facts);
  const texts = differences(a.texts, b.texts);
  if (!before || !after) return [{ kind: after ? 'added' : 'removed', ...place, fields: [...texts, ...facts] }];
  return [
    ...(facts.length ? [{ kind: 'changed' as const, ...place, fields: facts }] : []),
    ...(texts.length ? [{ kind: 'changed' as const, ...place, locale, fields: texts }] : []),
  ];
};

const byKey = <T>(values: readonly T[] | undefined, keyOf: (value: T) => string): Map<string, T> =>
  new Map((values ?? []).map((value) => [keyOf(value), value]));

const keysOf = (...maps: ReadonlyMap<string, unknown>[]): string[] => [
  ...new Set(maps.flatMap((map) => [...map.keys()])),
];

/** Whether what both have stands in another order. */
const isReordered = (before: readonly { key: string }[], after: readonly { key: string }[]): boolean => {
  const [a, b] = [new Set(before.map(({ key }) => key)), new Set(after.map(({ key }) => key))];
  return (
    before
      .filter(({ key }) => b.has(key))
      .map(({ key }) => key)
      .join() !==
    after
      .filter(({ key }) => a.has(key))
      .map(({ key }) => key)
      .join()
  );
};

/** With the category that it is listed in, which is a fact like others. */
const itemsOf = (categories: readonly Category[] = []) =>
  byKey(
    categories.flatMap(({ key: category, items }) => items.map((item) => ({ ...item, category }))),
    ({ key }) => key,
  );

/**
 * What differs between two consent configs of a site in the same language: settings, categories, items, storage entries, words.
 * What publishing derives (versions, revisions, times of change) is left out. A pure function.
 *
 * @param before null: nothing was published
 */
export const diffConfigs = (before: ConsentConfig | null, after: ConsentConfig): ConfigChange[] => {
  const { locale } = after;
  const changes: ConfigChange[] = before
    ? compare(
        { of: 'setting', name: '' },
        locale,
        before,
        after,
        ['texts', 'links'],
        ['version', 'site', 'locale', 'dir', 'categories'],
      )
    : [];
  // Words of a site are named without where they stand in the config.
  for (const change of changes) for (const field of change.fields) field.field = field.field.replace(/^texts\./, '');

  const [categoriesBefore, categories] = [
    byKey(before?.categories, (c) => c.key),
    byKey(after.categories, (c) => c.key),
  ];
  for (const key of keysOf(categoriesBefore, categories)) {
    const [a, b] = [categoriesBefore.get(key), categories.get(key)];
    changes.push(
      ...compare(
        { of: 'category', category: key, name: (b ?? a)!.name },
        locale,
        a,
        b,
        ['name', 'description'],
        ['key', 'items', 'revision'],
      ),
    );
    if (a && b && isReordered(a.items, b.items))
      changes.push({ kind: 'reordered', of: 'item', category: key, name: b.name, fields: [] });
  }
  if (before && isReordered(before.categories, after.categories))
    changes.push({ kind: 'reordered', of: 'category', name: '', fields: [] });

  const [itemsBefore, items] = [itemsOf(before?.categories), itemsOf(after.categories)];
  const categoryName = (key: string) => (categories.get(key) ?? categoriesBefore.get(key))?.name ?? key;
  for (const key of keysOf(itemsBefore, items)) {
    const [a, b] = [itemsBefore.get(key), items.get(key)];
    const { category, name } = (b ?? a)!;
    const place = { category, item: key, name };
    const compared = compare(
      { of: 'item', ...place },
      locale,
      a,
      b,
      ['name', 'description'],
      ['key', 'changedAt', 'storage'],
    );
    // Compared by their keys, categories are told by their names.
    for (const { fields } of compared)
      for (const field of fields)
        if (field.field === 'category')
          for (const side of ['before', 'after'] as const)
            if (field[side] !== undefined) field[side] = categoryName(field[side]);
    changes.push(...compared);
    // Of what is new or gone as a whole, the entries are told as well: they are what is stored on the visitor's device.
    const identity = ({ kind, match, name, domain }: (typeof after.categories)[0]['items'][0]['storage'][0]) =>
      JSON.stringify([kind, match, name, domain]);
    const [storageBefore, storage] = [byKey(a?.storage, identity), byKey(b?.storage, identity)];
    for (const id of keysOf(storageBefore, storage)) {
      const [x, y] = [storageBefore.get(id), storage.get(id)];
      changes.push(
        ...compare({ of: 'storage', ...place, storage: (y ?? x)!.name }, locale, x, y, ['purpose'], ['name']),
      );
    }
  }
  return changes;
};

/** Only what is words: of the languages beside the default one. */
export const diffWords = (before: ConsentConfig | null, after: ConsentConfig): ConfigChange[] =>
  before ? diffConfigs(before, after).filter(({ locale }) => locale !== undefined) : [];

/**
 * The categories whose visitors are asked again when what is live becomes `facts`, and why.
 *
 * @param after the config that `facts` belong to, in any language
 */
export const explainAskedAgain = (live: LiveFacts | null, facts: LiveFacts, after: ConsentConfig): AskedAgain[] => {
  const asked: AskedAgain[] = [];
  const { items } = factsOfConfig(after);
  const nameOf = new Map(after.categories.map(({ key, name }) => [key, name]));
  for (const [category, { mode, revision, removed }] of facts.categories) {
    const before = live?.categories.get(category);
    if (!before || removed || revision <= before.revision) continue;
    const reasons: AskReason[] = [];
    if (before.removed) reasons.push({ kind: 'returned' });
    if (before.mode !== mode) reasons.push({ kind: 'mode', before: before.mode, after: mode });
    for (const [key, item] of items) {
      if (reasons.length >= MOST_REASONS) break;
      if (item.category === category) reasons.push(...whyWider(key, live?.items.get(key), item));
    }
    const names = after.categories
      .flatMap((one) => one.items)
      .filter(({ key }) => reasons.some((reason) => 'item' in reason && reason.item === key))
      .map(({ key, name }) => [key, name] as const);
    asked.push({
      category,
      name: nameOf.get(category) ?? category,
      names: Object.fromEntries(names),
      before: before.revision,
      after: revision,
      reasons: reasons.length ? reasons.slice(0, MOST_REASONS) : [{ kind: 'by-hand' }],
    });
  }
  return asked;
};
