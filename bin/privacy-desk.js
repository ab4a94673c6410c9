#!/usr/bin/env node
'use strict';
/*
 * npx privacy-desk verify | export-checkpoints | purge | rotate-keys | encrypt-fields | anonymize
 * Runs in the folder of a Strapi application and works on its database.
 * Exit code 0: done, and nothing was found; 1: something was found; 2: it could not be done, or was refused;
 * 3: it was done, but something is left.
 */
const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { USAGE: ANONYMIZE_USAGE, anonymize, flags, valued } = require('./anonymize');

const USAGE = `Usage, in the folder of your Strapi application:

  privacy-desk verify [--checkpoints <file>]     reads the whole ledger and the whole audit trail, and names every row that is
                                                 not as it was written; with checkpoints exported earlier it also finds what
                                                 was cut off at the end
  privacy-desk export-checkpoints [--out <file>] writes the signed checkpoints of both, one JSON per line, and the public
                                                 keys, for somebody else to hold
  privacy-desk purge                             removes the consents whose retention has passed, as the daily task does
  privacy-desk rotate-keys                       seals everything with the present master key and signs with a new key;
                                                 the old one has to be given as PRIVACY_DESK_PREVIOUS_MASTER_KEY
  privacy-desk encrypt-fields                    encrypts what encrypted fields of your content types still hold in plain
                                                 text, and brings their blind indexes up to date
${ANONYMIZE_USAGE}

  --json   the report as JSON`;

class Refused extends Error {}

const parse = (parameters) => {
  const [command, ...rest] = parameters;
  const options = { json: false };
  for (let index = 0; index < rest.length; index++) {
    const name = rest[index];
    const known = name.replace(/^--/, '');
    const value = rest[index + 1];
    if (name === '--json') options.json = true;
    else if (command === 'anonymize' && name.startsWith('--') && flags.includes(known)) options[known] = true;
    else if (command === 'anonymize' && Object.hasOwn(valued, known) && valued[known].test(value ?? ''))
      options[known] = rest[++index];
    else if ((name === '--checkpoints' || name === '--out') && rest[index + 1]) options[name.slice(2)] = rest[++index];
    else throw new Refused(`Unknown or incomplete option ${name}\n\n${USAGE}`);
  }
  return { command, options };
};

/** Boots the application's own Strapi, without its server. */
const loadStrapi = async () => {
  const appDir = process.cwd();
  const require = createRequire(path.join(appDir, 'package.json'));
  let core;
  try {
    core = require('@strapi/strapi');
  } catch {
    throw new Refused(`There is no Strapi application in ${appDir}: run this in its folder.`);
  }
  // A TypeScript application is compiled first, as `strapi start` expects it too.
  const context = fs.existsSync(path.join(appDir, 'tsconfig.json'))
    ? await core.compileStrapi({ appDir })
    : { appDir, distDir: appDir };
  const app = core.createStrapi({ ...context, autoReload: false, serveAdminPanel: false });
  app.log.level = 'error';
  return app.load();
};

/** @param row what a row is: a consent, an entry of the audit trail */
const place = (problem, row) =>
  problem.checkpoint
    ? `checkpoint ${problem.number}`
    : problem.segment
      ? `site ${problem.site}, segment ${problem.segment}, row ${problem.seq}${problem.id ? `, ${row} ${problem.id}` : ''}`
      : problem.id
        ? `${row} ${problem.id}`
        : 'keys of names';

/** Checkpoints of an export by what they are of, without the line of the keys. */
const readHeld = (file) => {
  const held = fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line))
    .filter((value) => value && typeof value.number === 'number');
  const ofAudit = ({ content }) => JSON.parse(content).of === 'audit';
  return { ledger: held.filter((checkpoint) => !ofAudit(checkpoint)), audit: held.filter(ofAudit) };
};

const tell = (report, counted, row) => {
  console.log(
    `${counted} in ${report.segments} segments, ${report.checkpoints} checkpoints: ` +
      (report.ok ? 'as they were written.' : `${report.problems.length} problems.`),
  );
  for (const problem of report.problems) console.log(`${problem.kind}: ${place(problem, row)}: ${problem.message}`);
};

const commands = {
  anonymize,

  async verify(plugin, { json, checkpoints }) {
    const held = checkpoints ? readHeld(checkpoints) : { ledger: [], audit: [] };
    const report = await plugin.service('ledger').verify(held.ledger);
    const { rows: entries, ...audit } = await plugin.service('audit').verify(held.audit);
    const ok = report.ok && audit.ok;
    if (json) console.log(JSON.stringify({ ...report, ok, audit: { entries, ...audit } }, null, 2));
    else {
      tell(report, `${report.consents} consents`, 'consent');
      tell(audit, `${entries} entries of the audit trail`, 'entry');
    }
    return ok ? 0 : 1;
  },

  async 'export-checkpoints'(plugin, { out }) {
    const trails = ['ledger', 'audit'].map((name) => plugin.service(name).checkpoints());
    const stream = out ? fs.createWriteStream(out, { mode: 0o644 }) : process.stdout;
    const failed = new Promise((_, reject) => stream.once('error', reject));
    const write = (value) => new Promise((resolve) => stream.write(`${JSON.stringify(value)}\n`, resolve));
    let count = 0;
    for (const checkpoints of trails) {
      await checkpoints.write();
      for await (const checkpoint of checkpoints.all()) {
        await Promise.race([write(checkpoint), failed]);
        count += 1;
      }
    }
    await write(await plugin.service('keyRing').jwks());
    if (out) {
      await new Promise((resolve) => stream.end(resolve));
      console.log(`${count} checkpoints written to ${out}`);
    }
    return 0;
  },

  async purge(plugin, { json }) {
    const report = await plugin.service('ledger').keepHouse();
    if (!report) throw new Refused('Another instance is at it.');
    if (json) console.log(JSON.stringify(report));
    else
      console.log(
        `${report.segments} expired segments removed: ${report.consents} consents, and ${report.partitions} whole partitions.`,
      );
    return 0;
  },

  async 'rotate-keys'(plugin, { json }) {
    const done = await plugin.service('keyRing').rotate();
    if (json) console.log(JSON.stringify(done));
    else
      console.log(
        `${done.resealed} values are sealed with the master key ${done.masterKey} now; the signing key is ${done.signingKey}. ` +
          'PRIVACY_DESK_PREVIOUS_MASTER_KEY is not needed any more once every instance has the new one.',
      );
    return 0;
  },

  async 'encrypt-fields'(plugin, { json }) {
    const report = await plugin.service('fields').encryptExisting();
    if (json) console.log(JSON.stringify(report, null, 2));
    else {
      if (report.length === 0) console.log('There are no encrypted fields.');
      for (const { field, encrypted, indexed, unreadable } of report)
        console.log(
          `${field}: ${encrypted} values encrypted, ${indexed} blind indexes written` +
            (unreadable > 0 ? `, ${unreadable} values cannot be opened with any master key that is there.` : '.'),
        );
    }
    return report.some(({ unreadable }) => unreadable > 0) ? 1 : 0;
  },
};

/** What of them is written down in the audit trail. */
const changing = ['purge', 'rotate-keys', 'encrypt-fields', 'anonymize'];

const main = async () => {
  const { command, options } = parse(process.argv.slice(2));
  if (!command || command === 'help' || command.startsWith('--')) {
    console.log(USAGE);
    return command ? 0 : 2;
  }
  if (!Object.hasOwn(commands, command)) throw new Refused(`Unknown command ${command}\n\n${USAGE}`);
  const strapi = await loadStrapi();
  try {
    const plugin = strapi.plugin('privacy-desk');
    if (!plugin) throw new Refused('This Strapi application has no Privacy Desk.');
    const audit = plugin.service('audit');
    audit.actAs({ type: 'command', name: command });
    const code = await commands[command](plugin, options);
    if (changing.includes(command)) await audit.record({ action: 'command.run', detail: { command, exitCode: code } });
    return code;
  } finally {
    await strapi.destroy().catch(() => {});
  }
};

main().then(
  (code) => process.exit(code),
  (error) => {
    // What is wrong with a personal-data map is told by Strapi's own error.
    const told = error instanceof Refused || ['AnonymisationRefused', 'ValidationError'].includes(error.name);
    console.error(told ? error.message : (error.stack ?? error));
    process.exit(2);
  },
);
