import fs from 'node:fs';
import path from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { lintRules } from '../../contract/lint-rules';

const folder = path.resolve(__dirname, '../../admin/src/translations');
const read = (file: string): Record<string, string> => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'));
const filesIn = (part: string) =>
  fs
    .readdirSync(path.join(folder, part))
    .filter((file) => file.endsWith('.json'))
    .map((file) => path.join(part, file));

/** The names of the values that a text takes. */
const valuesOf = (elements: MessageFormatElement[]): string[] =>
  elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    if (element.type === TYPE.plural || element.type === TYPE.select)
      return [element.value, ...Object.values(element.options).flatMap(({ value }) => valuesOf(value))];
    return element.type === TYPE.tag ? valuesOf(element.children) : [element.value];
  });
const valuesIn = (text: string) => [...new Set(valuesOf(parse(text)))].sort();

// English is what the lint says by itself.
const LINT = 'lint';
const parts = fs
  .readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== LINT)
  .map(({ name }) => name);

// What Strapi shows by itself, and what our pages show: see admin/src/texts/DeskTexts.tsx.
describe.each(['.', ...parts].flatMap(filesIn))('%s', (file) => {
  const texts = read(file);
  const english = read(path.join(path.dirname(file), 'en.json'));

  it('has the same texts as English, none of them empty', () => {
    expect(Object.keys(texts)).toEqual(Object.keys(english));
    expect(Object.values(texts).filter((text) => !text.trim())).toEqual([]);
  });

  it('uses the same values in each', () => {
    for (const [key, text] of Object.entries(texts))
      expect([key, valuesIn(text)]).toEqual([key, valuesIn(english[key]!)]);
  });
});

it.each(parts)('has the texts of %s in every language that the pages have', (part) => {
  expect(filesIn(part).map((file) => path.basename(file))).toEqual(filesIn('.'));
});

describe('what the lint finds', () => {
  const english = Object.fromEntries(
    Object.entries(lintRules).flatMap(([rule, { message, reason }]) => [
      [`lint.${rule}.message`, message],
      [`lint.${rule}.reason`, reason],
    ]),
  );

  it('is told in every language', () => {
    const others = filesIn('.').map((file) => path.basename(file));
    expect([...filesIn(LINT).map((file) => path.basename(file)), 'en.json'].sort()).toEqual(others);
  });

  it.each(filesIn(LINT))('is told completely: %s', (file) => {
    const texts = read(file);
    expect(Object.keys(texts)).toEqual(Object.keys(english));
    for (const [key, text] of Object.entries(texts)) {
      expect([key, text]).not.toEqual([key, english[key]]);
      expect([key, valuesIn(text)]).toEqual([key, valuesIn(english[key]!)]);
    }
  });
});

it('speaks eight languages', () => {
  const languages = ['de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt'];
  expect(filesIn('.').map((file) => path.basename(file, '.json'))).toEqual(languages);
});
