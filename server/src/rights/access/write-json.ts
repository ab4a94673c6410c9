import type { ExportDocument } from './document';

/** One JSON document, written piece by piece. */
export async function* writeJson({ head, groups }: ExportDocument): AsyncGenerator<string> {
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "data": [`;
  let firstGroup = true;
  for await (const { entries, type, name, purpose, legalBasis, retentionDays } of groups) {
    const about = JSON.stringify({ type, name, purpose, legalBasis, retentionDays });
    yield `${firstGroup ? '' : ','}\n    ${about.slice(0, -1)},"entries":[`;
    firstGroup = false;
    let firstEntry = true;
    for await (const { id, locale, status, fields } of entries) {
      yield `${firstEntry ? '' : ','}\n      ${JSON.stringify({ id, locale, status, fields })}`;
      firstEntry = false;
    }
    yield firstEntry ? ']}' : '\n    ]}';
  }
  yield firstGroup ? ']\n}\n' : '\n  ]\n}\n';
}
