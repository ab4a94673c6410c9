import fc from 'fast-check';
import { parseCsv, readCsv, writeCsv } from '../../server/src/translations/csv';
import { UnreadableFile, type ExportedText } from '../../server/src/translations/file';
import { readTranslationFile } from '../../server/src/translations/read-file';
import { writeXliff } from '../../server/src/translations/xliff';

const words = fc.oneof(
  fc.string({ unit: 'binary' }),
  // What spreadsheets take for formulas, and what is special in CSV and XML.
  fc.string({ unit: fc.constantFrom(...'=+-@\'",;\t\r\n<>&]{} a\u0000＝'), maxLength: 10 }),
);
const text: fc.Arbitrary<ExportedText> = fc
  .record({ name: words, source: words, target: words, storage: fc.option(words), version: fc.constantFrom('v1', '') })
  .map(({ version, ...given }) => ({
    id: '',
    type: 'tracking-item',
    documentId: 'a',
    key: 'matomo',
    enabled: true,
    field: 'purpose',
    rich: false,
    long: true,
    maxLength: 1000,
    ...given,
    ...(version && { version }),
  }));
/** What can be written as UTF-8. */
const wellFormed = (given: string): string => Buffer.from(given).toString();
const texts = fc
  .array(text, { maxLength: 8 })
  .map((all) => all.map((given, index) => ({ ...given, id: `tracking-item:matomo:purpose.${index}` })));

const wanted = (given: ExportedText[], emptyTarget: (target: string) => boolean) =>
  given.map(({ id, source, target, version }) => ({
    id,
    source,
    target: emptyTarget(target) ? '' : target,
    ...(version && { version }),
    line: expect.any(Number),
  }));
const problemsOf = (content: string | Uint8Array) => {
  try {
    readTranslationFile(typeof content === 'string' ? Buffer.from(content) : content);
  } catch (error) {
    if (error instanceof UnreadableFile) return error.problems;
    throw error;
  }
  return [];
};

describe('XLIFF', () => {
  it('gives every text back', () => {
    fc.assert(
      fc.property(texts, (given) => {
        const file = readTranslationFile(Buffer.from(writeXliff('en', 'de-CH', given)));
        expect(file).toEqual({
          sourceLocale: 'en',
          targetLocale: 'de-CH',
          line: 2,
          texts: wanted(given, (target) => !target.trim()),
        });
      }),
      { numRuns: 300 },
    );
  });

  const file = (units: string, head = 'version="2.0" srcLang="en" trgLang="de"') =>
    `<?xml version="1.0"?>\n<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" ${head}>\n<file id="f">\n${units}\n</file>\n</xliff>`;
  const read = (units: string) => readTranslationFile(Buffer.from(file(units))).texts;

  it('reads what tools make of it: more segments, annotations, modules, reordered targets', () => {
    const [first, second, third] = read(`<group id="g" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"><unit id="a">
      <mda:metadata><mda:meta type="x">not ours</mda:meta></mda:metadata>
      <notes><note category="version">v1</note><note>mind</note></notes>
      <segment state="final"><source>One. </source><target order="3">Eins.</target></segment>
      <ignorable><source> </source></ignorable>
      <segment><source>Two.</source><target order="1"><mrk id="m" type="term">Zwei</mrk>.<![CDATA[ <b>]]></target></segment>
    </unit></group>
    <unit id="b"><segment state="initial"><source>Same</source><target>Same</target></segment></unit>
    <unit id="c"><segment state="translated"><source>Same</source><target>Same</target></segment></unit>`);
    expect(first).toEqual({ id: 'a', line: 4, version: 'v1', source: 'One.  Two.', target: 'Zwei. <b> Eins.' });
    expect(second!.target).toBe('');
    expect(third!.target).toBe('Same');
  });

  it.each([
    ['broken XML', file('<unit id="a"><segment><source>x</segment></unit>'), 4, 'unexpected close tag'],
    ['a file that ends early', '<xliff', 1, ''],
    ['another format', '<html/>', 1, 'is no XLIFF file'],
    ['XLIFF 1.2', '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>', 1, 'must be XLIFF 2'],
    ['a document type', '<!DOCTYPE x [<!ENTITY a "b">]>\n<xliff/>', 1, 'must not have a DOCTYPE'],
    ['an entity', file('<unit id="a"><segment><source>&a;</source></segment></unit>'), 4, 'undefined entity'],
    [
      'codes that we have not written',
      file('<unit id="a">\n<segment><source>x</source><target>a<ph id="1"/></target></segment></unit>'),
      5,
      '<ph> cannot stand in a text',
    ],
    [
      'a unit that is half done',
      file(
        '\n<unit id="a"><segment><source>x</source><target>y</target></segment><segment><source>x</source></segment></unit>',
      ),
      5,
      'is translated in part',
    ],
  ])('refuses %s with the line', (_what, content, line, message) => {
    const [problem] = problemsOf(content);
    expect(problem).toEqual({ line, message: expect.stringContaining(message) });
  });
});

describe('CSV', () => {
  it('gives every text back, and nothing in it is a formula', () => {
    fc.assert(
      fc.property(texts, (given) => {
        const formed = given.map((one) => ({
          ...one,
          source: wellFormed(one.source),
          target: wellFormed(one.target),
        }));
        const content = writeCsv('en', 'de', formed);
        expect(readTranslationFile(Buffer.from(content))).toEqual({
          sourceLocale: 'en',
          targetLocale: 'de',
          line: 1,
          texts: wanted(formed, () => false),
        });
        const cells = parseCsv(content.slice(1), ',').flatMap((record) => record.cells);
        expect(cells.filter((cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it.each([';', '\t'])('reads what spreadsheets of other countries save, with “%s”', (separator) => {
    const lines = [
      ['version', 'target (de)', 'key', 'source (en)', 'remark'],
      ['v1', '"Ja; ""ja"""', 'a', 'Yes', ''],
      ['', "'- eins", 'b', '"- one\n- two"', 'x'],
      ['', 'c', 'c', 'c', ''],
    ];
    expect(readCsv(lines.map((line) => line.join(separator)).join('\r\n')).texts).toEqual([
      { id: 'a', source: 'Yes', target: 'Ja; "ja"', version: 'v1', line: 2 },
      { id: 'b', source: '- one\n- two', target: '- eins', line: 3 },
      { id: 'c', source: 'c', target: 'c', line: 5 },
    ]);
  });

  it('reads UTF-16, which Excel calls Unicode text', () => {
    const content = '\ufeffkey\tsource (en)\ttarget (de)\na\tx\tä';
    expect(readTranslationFile(Buffer.from(content, 'utf16le')).texts[0]!.target).toBe('ä');
  });

  it.each([
    ['another encoding', Buffer.from('key,source (en),target (de)\na,x,\xe4', 'latin1'), 1, 'UTF-8'],
    ['missing columns', 'key,source\na,b', 1, 'must name the columns'],
    ['an empty file', '', 1, 'must name the columns'],
    ['short lines', 'key,source (en),target (de)\na,b,c\na,b', 3, 'has 2 cells instead of 3'],
    ['an open quotation mark', 'key,source (en),target (de)\n\na,b,"c\nd', 3, 'is opened and not closed'],
    ['something behind a quotation mark', 'key,source (en),target (de)\na,"b"x,c', 2, 'after a closing quotation mark'],
  ])('refuses %s with the line', (_what, content, line, message) => {
    expect(problemsOf(content)).toEqual([{ line, message: expect.stringContaining(message) }]);
  });
});
