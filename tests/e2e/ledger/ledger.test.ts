import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compactVerify, createLocalJWKSet, type JWK } from 'jose';
import knex, { type Knex } from 'knex';
import type { Browser } from 'playwright-core';
import type { ConsentReceipt, RecordDetails, RecordPage, RecordQuery } from '../../../contract';
import { launchBrowser } from '../../support/browser';
import { startDemo, type Demo } from '../../support/demo';
import { logIn, type Editor } from '../../support/demo-editor';
import { eventually, newVisitor, type Visitor } from '../../support/demo-visitor';

const playground = path.resolve(__dirname, '../../../playground/strapi');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'privacy-desk-ledger-'));
const newKey = () => randomBytes(32).toString('base64');
const masterKey = newKey();
const database = { DATABASE_CLIENT: 'sqlite', DATABASE_FILENAME: path.join(folder, 'ledger.db') };

let demo: Demo | undefined;
let browser: Browser;
let editor: Editor;

beforeAll(async () => {
  demo = await startDemo({ env: { ...database, PRIVACY_DESK_MASTER_KEY: masterKey } });
  [browser, editor] = await Promise.all([launchBrowser(), logIn(demo)]);
}, 900_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe('A visitor’s decision', () => {
  let visitor: Visitor;
  beforeEach(async () => {
    visitor = await newVisitor(demo!, browser);
  });
  afterEach(() => visitor.context.close());

  const search = (query: RecordQuery) =>
    editor.request<RecordPage>('POST', '/privacy-desk/ledger/records/search', query);
  const subject = async (): Promise<string> => {
    const cookies = await visitor.context.cookies(demo!.websiteUrl);
    return cookies.find(({ name }) => name === 'privacy_desk')!.value;
  };
  /** What the ledger has of this visitor, the latest first, as soon as it is so many. */
  const recorded = (count: number) =>
    eventually(async () => {
      const { records } = await search({ subject: await subject() });
      expect(records).toHaveLength(count);
      return records;
    });

  it('is recorded as it was shown and chosen, and the visitor holds its receipt', async () => {
    await visitor.visit('/');
    await visitor.choose('accept-all');
    const [record] = await recorded(1);
    expect(record).toMatchObject({
      site: 'default',
      locale: 'en',
      source: 'accept-all',
      choices: { STATISTICS: true, MARKETING: true },
    });
    const receipt = await eventually(async () => {
      const held = await visitor.page.evaluate(() => window.privacyDesk.receipt());
      expect(held).toMatchObject({ id: record!.id });
      return held!;
    });
    const details = await editor.request<RecordDetails>('GET', `/privacy-desk/ledger/records/${record!.id}`);
    expect(details).toMatchObject({ recordedAt: receipt.recordedAt, subject: 'known', chain: { intact: true } });
    const seen = await editor.request('GET', `/privacy-desk/versions/${details.configVersion}`);
    expect(seen).toMatchObject({ site: 'default', locale: 'en', version: details.configVersion });

    await visitor.page.evaluate(() => window.privacyDesk.openSettings());
    const [file] = await Promise.all([
      visitor.page.waitForEvent('download'),
      visitor.page.locator('[data-privacy-action="download-receipt"]').click(),
    ]);
    const { receipts } = JSON.parse(fs.readFileSync(await file.path(), 'utf8')) as { receipts: ConsentReceipt[] };
    const { keys } = (await (await fetch(`${demo!.strapiUrl}/api/privacy-desk/keys`)).json()) as { keys: JWK[] };
    expect(receipts).toHaveLength(1);
    const { payload } = await compactVerify(receipts[0]!.jws, createLocalJWKSet({ keys }));
    expect(new TextDecoder().decode(payload)).toContain(record!.id);

    await visitor.page.evaluate(() => window.privacyDesk.withdraw());
    const [withdrawal] = await recorded(2);
    expect(withdrawal).toMatchObject({ source: 'withdraw', choices: { STATISTICS: false, MARKETING: false } });
    const { previousChoices } = await editor.request<RecordDetails>(
      'GET',
      `/privacy-desk/ledger/records/${withdrawal!.id}`,
    );
    expect(previousChoices).toMatchObject({ STATISTICS: true, MARKETING: true });
  });

  it('waits while the server cannot be reached, and is sent once by a later page', async () => {
    const { page, context } = visitor;
    const unreachable = '**/privacy-desk/consents';
    let tried = 0;
    await context.route(unreachable, (route) => {
      tried += 1;
      return route.abort('connectionrefused');
    });
    await visitor.visit('/');
    await visitor.choose('accept-all');
    await eventually(async () => expect(tried).toBeGreaterThan(0));
    expect(await visitor.preferences()).toMatchObject({ STATISTICS: true, MARKETING: true });
    expect((await search({ subject: await subject() })).records).toEqual([]);
    await context.unroute(unreachable);
    // Past the pause that follows a vain attempt.
    await page.clock.setSystemTime(Date.now() + 120_000);
    await visitor.visit('/de/');
    await recorded(1);
    await visitor.visit('/');
    await recorded(1);
  });

  it('is recorded although the page is left at once', async () => {
    const { page, banner } = visitor;
    await visitor.visit('/');
    await banner.locator('[data-privacy-action="accept-all"]').evaluate((button: HTMLElement) => {
      button.click();
      location.href = '/de/';
    });
    await page.waitForURL('**/de/');
    await page.evaluate(() => window.privacyDesk.ready);
    const [record] = await recorded(1);
    expect(record).toMatchObject({ source: 'accept-all' });
  });
});

describe('npx privacy-desk', () => {
  let connection: Knex;

  interface Ran {
    code: number | null;
    output: string;
  }
  /** Runs a command as an operator does, in the folder of the Strapi application. */
  const run = (args: string[], env: Record<string, string> = {}, cwd = playground): Promise<Ran> =>
    new Promise((resolve, reject) => {
      const { NODE_ENV: _, ...inherited } = process.env;
      const child = spawn('npx', ['--no-install', 'privacy-desk', ...args], {
        cwd,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          ...inherited,
          ...database,
          NODE_ENV: 'production',
          STRAPI_TELEMETRY_DISABLED: 'true',
          PRIVACY_DESK_MASTER_KEY: masterKey,
          ...env,
        },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, output }));
    });
  const reportOf = ({ output }: Ran) => JSON.parse(output.slice(output.indexOf('{\n'), output.lastIndexOf('}') + 1));

  beforeAll(async () => {
    await demo?.stop();
    demo = undefined;
    connection = knex({
      client: 'better-sqlite3',
      connection: { filename: database.DATABASE_FILENAME },
      useNullAsDefault: true,
    });
  });
  afterAll(() => connection?.destroy());

  it('verify says that all is as it was written, or names what is not, in its exit code too', async () => {
    const intact = await run(['verify', '--json']);
    expect(intact).toMatchObject({ code: 0 });
    expect(reportOf(intact)).toMatchObject({ ok: true, consents: 4, problems: [] });

    const [row] = await connection('privacy_desk_consents').limit(1).select('*');
    await connection('privacy_desk_consents').where({ id: row.id }).update({ source: 'save' });
    const altered = await run(['verify']);
    await connection('privacy_desk_consents').where({ id: row.id }).update({ source: row.source });
    expect(altered.output).toContain('1 problem');
    expect(altered.output).toMatch(new RegExp(`altered: site default, segment .+, consent ${row.id}`));
    expect(altered.code).toBe(1);
  });

  it('export-checkpoints writes what proves that the end was not cut off', async () => {
    const file = path.join(folder, 'checkpoints.jsonl');
    const exported = await run(['export-checkpoints', '--out', file]);
    expect(exported).toMatchObject({ code: 0, output: expect.stringContaining(`written to ${file}`) });
    const lines = fs
      .readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ keys: [expect.objectContaining({ crv: 'Ed25519' })] });
    expect(lines.length).toBeGreaterThan(1);
    const [last] = await connection('privacy_desk_checkpoints').orderBy('number', 'desc').limit(1).select('*');
    await connection('privacy_desk_checkpoints').where({ number: last.number }).delete();
    const cut = await run(['verify', '--checkpoints', file]);
    await connection('privacy_desk_checkpoints').where({ number: last.number }).delete();
    await connection('privacy_desk_checkpoints').insert(last);
    expect(cut).toMatchObject({ code: 1, output: expect.stringContaining(`checkpoint ${last.number}`) });
    expect(await run(['verify', '--checkpoints', file])).toMatchObject({ code: 0 });
  });

  it('purge removes what has expired, which is nothing yet', async () => {
    expect(await run(['purge'])).toMatchObject({ code: 0, output: expect.stringContaining('0 expired segments') });
  });

  it('rotate-keys makes the new master key the one that is needed', async () => {
    const next = newKey();
    const keys = { PRIVACY_DESK_MASTER_KEY: next, PRIVACY_DESK_PREVIOUS_MASTER_KEY: masterKey };
    expect(await run(['rotate-keys'], keys)).toMatchObject({ code: 0, output: expect.stringContaining('are sealed') });
    expect(await run(['verify'], { PRIVACY_DESK_MASTER_KEY: next })).toMatchObject({ code: 0 });
    const old = await run(['verify']);
    expect(old).toMatchObject({ code: 2, output: expect.stringContaining('master key is not the one') });
  });

  it('says how it is used, and what it cannot do', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, output: expect.stringContaining('Usage') });
    for (const args of [['clean'], ['verify', '--checkpoints'], ['verify', '--fast']])
      expect(await run(args)).toMatchObject({ code: 2, output: expect.stringContaining('Usage') });
    const bin = path.resolve(playground, '../../bin');
    expect(await run(['verify'], {}, bin)).toMatchObject({ code: 2 });
  });
});
