import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Core } from '@strapi/strapi';
import fc from 'fast-check';
import defaults from '../../server/src/config';
import { getService } from '../../server/src/get-service';
import { KEYS } from '../../server/src/keys/tables';
import { createKeyRingService } from '../../server/src/keys/service';
import { recordKeys } from '../../server/src/ledger/record-keys';
import { readMasterKeys } from '../../server/src/keys/master-keys';
import { open, seal, sealedWith, sealingKey } from '../../server/src/keys/seal';
import { consentsOf } from '../support/consents';
import { startStrapi, type TestApp } from '../support/strapi';

const newKey = () => randomBytes(32).toString('base64');
const names = ['PRIVACY_DESK_MASTER_KEY', 'PRIVACY_DESK_PREVIOUS_MASTER_KEY', 'NODE_ENV'] as const;
const before = Object.fromEntries(names.map((name) => [name, process.env[name]]));
const environment = (values: Partial<Record<(typeof names)[number], string>>): void => {
  for (const name of names) {
    const value = name in values ? values[name] : before[name];
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
};
afterEach(() => environment({}));

describe('A sealed value', () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
  const key = sealingKey(randomBytes(32));

  it('is opened by its key in its context, and by nothing else', () =>
    fc.assert(
      fc.property(bytes, fc.string(), fc.string(), (plain, context, other) => {
        const sealed = seal(key, plain, context);
        expect(open(key, sealed, context)).toEqual(plain);
        expect(sealedWith(sealed)).toBe(key.id);
        expect(() => open(sealingKey(randomBytes(32)), sealed, context)).toThrow('another key');
        if (other !== context) expect(() => open(key, sealed, other)).toThrow();
      }),
    ));

  it('that was changed anywhere is not opened', () =>
    fc.assert(
      fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, place, difference) => {
        const [version, id, text] = seal(key, plain, 'context').split('.') as [string, string, string];
        const content = Buffer.from(text, 'base64url');
        content[place % content.length]! ^= difference;
        expect(() => open(key, `${version}.${id}.${content.toString('base64url')}`, 'context')).toThrow();
      }),
    ));

  it('never comes out the same twice', () => {
    expect(seal(key, 'text', 'context')).not.toBe(seal(key, 'text', 'context'));
  });
});

describe('The master key', () => {
  let root: string;
  beforeEach(() => void (root = fs.mkdtempSync(path.join(os.tmpdir(), 'privacy-desk-keys-'))));
  afterEach(() => fs.rmSync(root, { recursive: true, force: true }));
  const warnings: string[] = [];
  const strapiWith = (keys: Partial<typeof defaults.default.keys> = {}) =>
    ({
      config: { get: () => ({ ...defaults.default, keys: { ...defaults.default.keys, ...keys } }) },
      dirs: { app: { root } },
      log: { warn: (text: string) => warnings.push(text) },
    }) as unknown as Core.Strapi;

  it('comes from the environment, the configuration or a file', () => {
    const [a, b, c] = [newKey(), newKey(), newKey()];
    fs.writeFileSync(path.join(root, 'key'), `${c}\n`);
    environment({ PRIVACY_DESK_MASTER_KEY: undefined, NODE_ENV: 'production' });
    expect(readMasterKeys(strapiWith({ file: 'key' }))[0]!.key.toString('base64')).toBe(c);
    expect(readMasterKeys(strapiWith({ file: 'key', master: b }))[0]!.key.toString('base64')).toBe(b);
    environment({ PRIVACY_DESK_MASTER_KEY: a, PRIVACY_DESK_PREVIOUS_MASTER_KEY: b });
    expect(readMasterKeys(strapiWith({ file: 'key' })).map(({ key }) => key.toString('base64'))).toEqual([a, b]);
  });

  it('that is missing in production stops the boot with a way to make one', () => {
    environment({ PRIVACY_DESK_MASTER_KEY: undefined, NODE_ENV: 'production' });
    for (const keys of [{}, { file: 'nowhere' }])
      expect(() => readMasterKeys(strapiWith(keys))).toThrow(/randomBytes\(32\)[^]*PRIVACY_DESK_MASTER_KEY/);
    expect(fs.readdirSync(root)).toEqual([]);
  });

  it.each(['short', Buffer.alloc(31).toString('base64'), `${newKey()}!`, 'a'.repeat(64)])('is not %s', (text) => {
    environment({ PRIVACY_DESK_MASTER_KEY: text });
    expect(() => readMasterKeys(strapiWith())).toThrow('must be 32 random bytes in base64');
    try {
      readMasterKeys(strapiWith());
    } catch (error) {
      expect((error as Error).message).not.toContain(text);
    }
  });

  it('is made in development, once, readable by its owner alone, with a warning', () => {
    environment({ PRIVACY_DESK_MASTER_KEY: undefined, NODE_ENV: 'development' });
    const [made] = readMasterKeys(strapiWith());
    const [again] = readMasterKeys(strapiWith());
    expect(again).toEqual(made);
    const file = path.join(root, '.tmp/privacy-desk.key');
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(warnings).toEqual([expect.stringContaining(file)]);
  });
});

describe('The key ring', () => {
  let app: TestApp;
  const first = newKey();
  beforeAll(async () => {
    environment({ PRIVACY_DESK_MASTER_KEY: first });
    app = await startStrapi({ config: { consents: { personal: { userAgentFamily: true } } } });
  });
  afterAll(() => app?.stop());

  /** The key ring of another process that has these keys. */
  const ringWith = async (keys: Parameters<typeof environment>[0]) => {
    environment(keys);
    const ring = createKeyRingService(app);
    await ring.start();
    return ring;
  };

  it('notices another master key, and goes on with a rotated one', async () => {
    const second = newKey();
    const consents = consentsOf(app);
    const userAgent = { 'user-agent': 'Mozilla/5.0 Gecko/20100101 Firefox/140.0' };
    const { id } = (await consents.post(await consents.body(), userAgent).expect(201)).body;
    const sealedKey = async () =>
      (await app.strapi.db.getConnection('privacy_desk_consent_subjects').select('sealed_key'))[0].sealed_key as string;
    const [{ kid }] = (await consents.keys()).keys;

    await expect(ringWith({ PRIVACY_DESK_MASTER_KEY: second })).rejects.toThrow(
      /is not the one this database was written with[^]*rotate-keys/,
    );
    const both = await ringWith({ PRIVACY_DESK_MASTER_KEY: second, PRIVACY_DESK_PREVIOUS_MASTER_KEY: first });
    both.addSealedValues(recordKeys(app.strapi));
    const before = await sealedKey();
    const own = await app.strapi.db.getConnection(KEYS).whereNot('id', 'like', 'check.%').select('id');
    expect(own.map((row: { id: string }) => row.id)).toEqual(
      expect.arrayContaining(['signing.1', 'secret.receipt-tokens']),
    );
    const done = await both.rotate();
    // Every secret and signing key, and the key of one record.
    expect(done.resealed).toBe(own.length + 1);
    expect(done.signingKey).not.toBe(kid);
    expect(sealedWith(before)).not.toBe(done.masterKey);
    expect(sealedWith(await sealedKey())).toBe(done.masterKey);
    expect((await both.rotate()).resealed).toBe(0);

    await expect(ringWith({ PRIVACY_DESK_MASTER_KEY: first })).rejects.toThrow('is not the one');
    const after = await ringWith({ PRIVACY_DESK_MASTER_KEY: second });
    const { keys } = await after.jwks();
    expect(keys.map((key) => key.kid)).toEqual(expect.arrayContaining([kid, done.signingKey]));
    expect(await after.secret('receipt-tokens')).toEqual(await both.secret('receipt-tokens'));
    const [row] = await app.strapi.db.getConnection('privacy_desk_consents').select('details');
    const context = `consent ${id}`;
    const parts = open(after.openKey(await sealedKey(), context), JSON.parse(row.details).personal, context);
    expect(JSON.parse(parts.toString())).toEqual({ userAgentFamily: 'Firefox' });
    expect(await getService('ledger', app).verify()).toMatchObject({ ok: true, consents: 1 });
  });
});
