'use strict';
/* npx privacy-desk anonymize: what it asks, shows and tells; the work is done by the plugin's service `anonymisation`. */
const { randomBytes } = require('node:crypto');
const readline = require('node:readline');

const USAGE = `  privacy-desk anonymize                         replaces the personal data of the whole database by the personal-data map,
                                                 for a copy that people develop with; goes on where it was interrupted
      --dry-run                                  shows what would be done, and does nothing
      --yes                                      does not ask
      --seed <text>                              the same replacements each time; keep it secret
      --locale <code>                            language and country of names and places
      --password <password>                      of all accounts afterwards; random unless given
      --keep-admins                              admins keep their names, addresses and passwords
      --files remove|forget                      files of mapped fields: remove them from where they are stored, or forget
                                                 them in the database only; remove if they lie with the local provider
      --verify full|sample|off                   looks for the original values in the whole database afterwards
      --batch-rows <number>                      rows that are written at once; 2500 unless given
      --scrub                                    replaces what is found then, too
      --restart                                  begins anew where a run was interrupted
      --i-know-this-is-production                anonymises a production database, after its name was typed in`;

const flags = ['dry-run', 'yes', 'keep-admins', 'scrub', 'restart', 'i-know-this-is-production'];
const valued = {
  seed: /^(?!--)./,
  locale: /^[a-z]{2,3}([_-]\w+)*$/i,
  password: /^(?!--)./,
  'batch-rows': /^[1-9]\d{0,5}$/,
  files: /^(remove|forget)$/,
  verify: /^(full|sample|off)$/,
};

const EXIT = { done: 0, refused: 2, leftovers: 3 };
const MOST_LISTED = 100;

const number = (value) => Math.round(value).toLocaleString('en');

const showPlan = (plan, options) => {
  const width = Math.max(...plan.targets.map(({ name }) => name.length));
  console.log(`Database ${plan.database}${plan.production ? `, PRODUCTION: ${plan.production}` : ''}\n`);
  for (const { name, rows, fields } of plan.targets) {
    console.log(`${name.padEnd(width)}  ${number(rows).padStart(11)} rows`);
    if (rows > 0) console.log(`    ${fields.map(({ path, generator }) => `${path} (${generator})`).join(', ')}`);
  }
  const { count, provider, mode } = plan.files;
  if (count > 0)
    console.log(
      `\n${number(count)} files of these fields, provider ${provider}: ` +
        (mode === 'remove'
          ? 'they are removed from where they are stored.'
          : 'the database forgets them; where they are stored they stay (--files remove takes them away there, too).'),
    );
  console.log('\nRemoved or emptied besides:');
  for (const { what, rows } of plan.stores) console.log(`    ${what}: ${number(rows)}`);
  console.log(
    `    all sessions; passwords and tokens of all users${options['keep-admins'] ? ' (not of admins)' : ' and admins'}`,
  );
  if (plan.interrupted) console.log('\nA run was interrupted: this one goes on with it.');
};

const SECONDS_BETWEEN_LINES = 10;

/** Progress on stderr: a bar on a terminal, a line every ten seconds elsewhere. */
const createProgress = (total) => {
  const start = Date.now();
  const rows = new Map();
  let lineAt = start;
  let checked = 0;
  const line = () => {
    const done = [...rows.values()].reduce((sum, count) => sum + count, 0);
    const perSecond = done / Math.max((Date.now() - start) / 1000, 0.001);
    if (checked > 0) return `Looking for originals: ${number(checked)} rows`;
    const left = Math.max(total - done, 0) / Math.max(perSecond, 1);
    const time = left > 90 ? `${Math.ceil(left / 60)} min` : `${Math.ceil(left)} s`;
    const share = total === 0 ? 1 : Math.min(done / total, 1);
    const bar = process.stderr.isTTY ? `[${'#'.repeat(share * 30).padEnd(30, '.')}] ` : '';
    return `${bar}${Math.floor(share * 100)} % of ${number(total)} rows, ${number(perSecond)} rows/s, ${time} left`;
  };
  return {
    report(step, count) {
      if (step === '(check)') checked = count;
      else rows.set(step, count);
      const now = Date.now();
      if (now - lineAt < (process.stderr.isTTY ? 100 : SECONDS_BETWEEN_LINES * 1000)) return;
      lineAt = now;
      process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line()}` : `${line()}\n`);
    },
    end() {
      if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
    },
  };
};

/** A line from whoever started this; null: nobody answers. */
const ask = (question) =>
  new Promise((resolve) => {
    const terminal = readline.createInterface({ input: process.stdin, output: process.stderr });
    terminal.once('close', () => resolve(null));
    terminal.question(question, (answer) => {
      resolve(answer.trim());
      terminal.close();
    });
  });

/** @returns why it is not to be done; null: it is */
const refusal = async (plan, options) => {
  if (plan.production) {
    if (!options['i-know-this-is-production'])
      return (
        `This is a production database: ${plan.production}.\n` +
        'What is anonymised cannot be brought back. Work on a copy; or say --i-know-this-is-production.'
      );
    const typed = await ask(`Everything personal in ${plan.database} will be lost. Type the name of the database: `);
    return typed === plan.database ? null : 'That is not its name: nothing was done.';
  }
  if (options.yes) return null;
  const typed = await ask(`Everything personal in ${plan.database} will be lost. Go on? (yes/no) `);
  return typed === 'yes' ? null : 'Nothing was done. Without a terminal, --yes is needed.';
};

const showCheck = ({ originals, rows, leftovers, more, possible, scrubbed }) => {
  console.log(`Looked for ${number(originals)} original values in ${number(rows)} rows of all tables.`);
  if (scrubbed > 0) console.log(`${number(scrubbed)} cells that still had some were replaced, too.`);
  if (leftovers.length > 0) {
    console.log(`\n${number(leftovers.length + more)} places still have original values:`);
    for (const { table, column, id } of leftovers.slice(0, MOST_LISTED)) console.log(`    ${table}.${column}: ${id}`);
    if (leftovers.length + more > MOST_LISTED) console.log('    … (--json lists more)');
    console.log('Map these fields, or run again with --scrub.');
  } else console.log('None of them is left.');
  if (possible.length > 0) {
    console.log('\nShort or common values, names and places that may be there by chance:');
    for (const { table, column, cells } of possible) console.log(`    ${table}.${column}: ${number(cells)} cells`);
  }
};

/** @returns the exit code */
const anonymize = async (plugin, options) => {
  const service = plugin.service('anonymisation');
  const settings = {
    seed: options.seed,
    locale: options.locale,
    keepAdmins: options['keep-admins'],
    files: options.files,
    verify: options.verify,
    scrub: options.scrub,
    restart: options.restart,
    batchRows: options['batch-rows'] && Number(options['batch-rows']),
    password: options.password ?? randomBytes(12).toString('base64url'),
  };
  const plan = await service.plan(settings);
  if (options.json) console.log(JSON.stringify({ plan }));
  else showPlan(plan, options);
  if (options['dry-run']) return EXIT.done;
  const refused = await refusal(plan, options);
  if (refused) {
    console.error(refused);
    return EXIT.refused;
  }
  const progress = createProgress(plan.rows);
  let report;
  try {
    report = await service.run(settings, progress.report);
  } finally {
    progress.end();
  }
  const login = { email: report.admin, password: settings.password };
  if (options.json) console.log(JSON.stringify({ report: { ...report, login } }));
  else {
    console.log(`\n${number(report.rows)} rows anonymised, ${number(report.files.removed)} files removed.`);
    if (report.files.failed > 0)
      console.log(`${number(report.files.failed)} files could not be removed, see above: run this again.`);
    if (report.check) showCheck(report.check);
    console.log(
      options['keep-admins']
        ? '\nAdmins log in as before.'
        : `\nLog in with ${login.email ?? 'any account'} and the password ${login.password}`,
    );
    console.log('Running instances of Strapi have to be started anew.');
  }
  return report.files.failed > 0 || (report.check && report.check.leftovers.length + report.check.more > 0)
    ? EXIT.leftovers
    : EXIT.done;
};

module.exports = { USAGE, flags, valued, anonymize };
