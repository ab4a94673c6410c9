/**
 * How fast the document service reads 100 entries with three encrypted fields, beside the same type with plain ones: both in
 * one Strapi, in turns.
 *
 *   node bench/fields/index.mjs [rounds]
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from '../support/load.mjs';
import { startStrapi } from '../support/start-strapi.mjs';

const [rounds = 15] = process.argv.slice(2).map(Number);
const ENTRIES = 100;
const ROUND_MS = 1000;
/** At most 30 % less. */
const LEAST_RATIO = 0.7;

const benchApp = fileURLToPath(new URL('../app', import.meta.url));
const require = createRequire(import.meta.url);
const appDir = fs.mkdtempSync(path.join(os.tmpdir(), 'privacy-desk-bench-fields-'));
process.on('exit', () => fs.rmSync(appDir, { recursive: true, force: true }));
for (const name of ['config', 'public', 'database', 'package.json'])
  fs.cpSync(path.join(benchApp, name), path.join(appDir, name), { recursive: true });
fs.symlinkSync(
  path.resolve(path.dirname(require.resolve('@strapi/strapi/package.json')), '../..'),
  path.join(appDir, 'node_modules'),
);

/** The same type twice; `encrypted`: with the custom fields in place of Strapi's own. */
const writeType = (name, encrypted) => {
  const field = (plain, kind, options) =>
    encrypted
      ? { type: 'customField', customField: `plugin::privacy-desk.encrypted-${kind}`, options }
      : { type: plain };
  const schema = {
    kind: 'collectionType',
    collectionName: `${name}s`,
    info: { singularName: name, pluralName: `${name}s`, displayName: name },
    options: { draftAndPublish: false },
    attributes: {
      title: { type: 'string' },
      city: { type: 'string' },
      visits: { type: 'integer' },
      iban: field('text', 'text', { blindIndex: true }),
      email: field('text', 'email', { blindIndex: true }),
      notes: field('text', 'long-text', {}),
    },
  };
  const folder = path.join(appDir, 'src/api', name, 'content-types', name);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'schema.json'), JSON.stringify(schema));
};
const types = { plain: 'customer', encrypted: 'patient' };
writeType(types.plain, false);
writeType(types.encrypted, true);

const { strapi } = await startStrapi({ appDir, config: { seed: false, audit: { log: false } } });
const documents = (name) => strapi.documents(`api::${name}.${name}`);
for (const name of Object.values(types))
  for (let index = 0; index < ENTRIES; index++)
    await documents(name).create({
      data: {
        title: `Entry ${index}`,
        city: 'Vienna',
        visits: index,
        iban: `AT61 1904 3002 3457 ${1000 + index}`,
        email: `person.${index}@example.com`,
        notes: `What was said on visit ${index}. `.repeat(8),
      },
    });

/** Entries per second that the document service reads, 100 at a time. */
const read = async (name) => {
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < ROUND_MS) count += (await documents(name).findMany({ limit: ENTRIES })).length;
  return (count / (performance.now() - start)) * 1000;
};

const [first] = await documents(types.encrypted).findMany({ limit: 1 });
if (!first.iban.startsWith('AT61')) throw new Error('The encrypted type is not read in plain');
const [{ iban: stored }] = await strapi.db.connection(`${types.encrypted}s`).limit(1).select('iban');
if (stored.includes('AT61')) throw new Error('The encrypted type is not encrypted');

// V8 is warm before anything counts.
for (const name of Object.values(types)) await read(name);
const rates = { plain: [], encrypted: [] };
for (let round = 0; round < rounds; round++)
  for (const kind of round % 2 ? ['plain', 'encrypted'] : ['encrypted', 'plain'])
    rates[kind].push(await read(types[kind]));

const ratios = rates.plain.map((rate, round) => rates.encrypted[round] / rate);
const ratio = median(ratios);
const line = (label, value) => console.log(`${label.padEnd(52)}${value}`);
line('plain, entries/s', Math.round(median(rates.plain)));
line('three encrypted fields, entries/s', Math.round(median(rates.encrypted)));
line(`encrypted / plain (at least ${LEAST_RATIO})`, ratio.toFixed(2));
line('least and most of the rounds', `${Math.min(...ratios).toFixed(2)} – ${Math.max(...ratios).toFixed(2)}`);
const reached = ratio >= LEAST_RATIO;
console.log(reached ? 'reached' : 'NOT reached');
process.exit(reached ? 0 : 1);
