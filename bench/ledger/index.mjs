/**
 * Whether the ledger is as fast, as durable and as tight as it is said to be (docs/scaling.md).
 *
 *   npm run bench:ledger -- [part …] [--client=sqlite,postgres] [--rounds=9] [--seconds=2] [--stored=5000000]
 *     [--reading=10000000] [--instances=2] [--kills=100] [--tamperings=1000] [--filled=<database>]
 *
 * Parts; without any, all of them:
 *   rates      consents per second (32 connections), beside a plain Strapi controller with one `strapi.db.query().create()` per
 *              request in the same process, and on PostgreSQL beside a bare loop of single inserts; answers at half that rate;
 *              the config meanwhile
 *   stored     the same with stored rows
 *   instances  what several instances record (PostgreSQL)
 *   reading    the admin panel's statistics, searches and exports over many rows
 *   kills      what kill -9 under load loses
 *   tampering  whether each altered row is found
 * And by itself:
 *   fill       makes a database with `--reading` consents on PostgreSQL and prints its name, for `--filled` of stored and reading
 *
 * The database settings are Strapi's own, the same for all. Exits with 1 if a limit is not reached.
 */
import { parseArgs } from 'node:util';
import { createFilled } from './databases.mjs';
import { severalInstances } from './parts/instances.mjs';
import { killed } from './parts/kills.mjs';
import { rates } from './parts/rates.mjs';
import { reading } from './parts/reading.mjs';
import { stored } from './parts/stored.mjs';
import { tampered } from './parts/tampering.mjs';
import { heading, verdict } from './report.mjs';
import { CONNECTIONS } from './processes.mjs';

const parts = { rates, stored, instances: severalInstances, reading, kills: killed, tampering: tampered };
const onlyPostgres = new Set(['instances']);

const text = (usual) => ({ type: 'string', default: usual });
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    client: text('sqlite,postgres'),
    rounds: text('9'),
    seconds: text('2'),
    stored: text('5000000'),
    reading: text('10000000'),
    instances: text('2'),
    kills: text('100'),
    tamperings: text('1000'),
    filled: { type: 'string' },
  },
});
const { client: clients, filled, ...numbers } = values;
const options = { filled };
for (const [name, value] of Object.entries(numbers)) {
  options[name] = Number(value);
  if (!Number.isInteger(options[name]) || options[name] < 1) throw new Error(`--${name} must be a whole number`);
}

if (positionals.includes('fill')) {
  const { name } = await createFilled('postgres', options.reading);
  console.log(name);
  process.exit(0);
}
const chosen = positionals.length > 0 ? positionals : Object.keys(parts);
for (const part of chosen) if (!parts[part]) throw new Error(`There is no part ${part}`);

for (const client of clients.split(',')) {
  heading(`${client}: ${options.rounds} rounds of ${options.seconds} s, ${CONNECTIONS} connections`);
  for (const part of chosen) if (client === 'postgres' || !onlyPostgres.has(part)) await parts[part](client, options);
}
process.exit(verdict() ? 0 : 1);
