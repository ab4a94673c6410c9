import type { PersonalExportFormat } from '../../../../contract';
import { closestLocales } from '../../catalogue/closest-locales';
import type { Json } from '../sources';
import type { Seen } from './document';
import { summaryTexts } from './summary-texts';
import { csvName } from './write-csv';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (found) => ENTITIES[found]!);

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color:#1d1d29;background:#fff}
h1{line-height:1.2}section{border-top:1px solid #d9d8e3;padding:.5rem 0 1rem}details{margin:.5rem 0;padding:.5rem .75rem;background:#f6f6f9;border-radius:.25rem}
dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.25rem 1rem;margin:.5rem 0}dt{color:#5c5c75}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}
dd dl{margin:0}ul{margin:0;padding-left:1.25rem}
@media(max-width:34rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}
@media(prefers-color-scheme:dark){body{background:#181826;color:#eaeaef}section{border-color:#4a4a6a}details{background:#212134}dt{color:#a5a5ba}a{color:#9d9dff}}`;

const list = (fields: Record<string, Json>): string =>
  `<dl>${Object.entries(fields)
    .filter(([, value]) => value !== null && value !== '' && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `<dt>${escape(name)}</dt><dd>${shown(value)}</dd>`)
    .join('')}</dl>`;

const shown = (value: Json): string => {
  if (Array.isArray(value)) return `<ul>${value.map((one) => `<li>${shown(one)}</li>`).join('')}</ul>`;
  if (value === null || typeof value !== 'object') return escape(String(value));
  if (typeof value.file === 'string')
    return `<a href="${escape(encodeURI(value.file))}">${escape(String(value.name))}</a>`;
  if (typeof value.reference === 'string') return escape(String(value.label ?? value.id));
  return list(value);
};

const TITLES = ['title', 'name', 'number', 'username', 'subject', 'email'];

/** What people read in an archive: what is stored, what for, how long; with the first entries of each kind. */
export const writeSummary = (
  head: Record<string, Json>,
  { groups, files }: Seen,
  missing: string[],
  format: PersonalExportFormat,
  locale: string,
): string => {
  const language = closestLocales(locale, Object.keys(summaryTexts), 'en')[0]!;
  const words = summaryTexts[language]!;
  const counted = (text: string, count: number): string => text.replace('{count}', count.toLocaleString(language));
  const section = ({ type, name, purpose, legalBasis, retentionDays, count, shown: first }: Seen['groups'][number]) => {
    const place = format === 'csv' ? `data/${csvName(type)}` : `data.${format}`;
    const entries = first.map(({ id, locale: of, status, fields }) => {
      const title = TITLES.map((key) => fields[key]).find((value) => typeof value === 'string' && value) ?? id;
      const marks = [of, status].filter(Boolean).join(', ');
      return `<details><summary>${escape(String(title))}${marks && ` (${escape(marks)})`}</summary>${list(fields)}</details>`;
    });
    const more = count - first.length;
    return `<section><h2>${escape(name)}</h2>${list({
      [words.purpose]: purpose,
      [words.legalBasis]: words.bases[legalBasis],
      [words.retention]: retentionDays === null ? words.untilNeeded : counted(words.days, retentionDays),
      [words.entries]: count.toLocaleString(language),
    })}${entries.join('')}${more > 0 ? `<p><a href="${place}">${counted(words.more, more)}</a></p>` : ''}</section>`;
  };
  const there = [...files.values()].filter(({ path }) => !missing.includes(path));
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escape(words.title)}</title><style>${STYLE}</style></head><body>
<h1>${escape(words.title)}</h1><p>${escape(words.intro)}</p>
<p>${escape(words.createdAt)} <time datetime="${String(head.createdAt)}">${escape(
    new Date(String(head.createdAt)).toLocaleString(language, {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: 'UTC',
    }),
  )} UTC</time></p>
${groups.length === 0 ? `<p>${escape(words.nothing)}</p>` : groups.map(section).join('\n')}
${there.length > 0 ? `<section><h2>${escape(words.files)}</h2><ul>${there.map(({ path }) => `<li><a href="${escape(encodeURI(path))}">${escape(path.slice(6))}</a></li>`).join('')}</ul></section>` : ''}
${missing.length > 0 ? `<section><p>${escape(words.missing)}</p><ul>${missing.map((path) => `<li>${escape(path.slice(6))}</li>`).join('')}</ul></section>` : ''}
<section><p>${escape(words.rights)}</p></section>
</body></html>
`;
};
