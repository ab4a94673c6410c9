import fs from 'node:fs';
import type { IncomingMessage } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { openCountryDatabase } from '../../server/src/geo/country-database';
import { knownCountryHeaders, placeFromHeaders, type KnownEdge } from '../../server/src/geo/country-headers';
import { isProxyEntry, trustedProxies } from '../../server/src/geo/trusted-proxies';
import { countryDatabase, placeRecord } from '../support/country-database';
import { eventually } from '../support/eventually';

describe('Headers', () => {
  test.each<[KnownEdge, Record<string, string>]>([
    ['cloudflare', { 'cf-ipcountry': 'US', 'cf-region-code': 'CA' }],
    ['cloudfront', { 'cloudfront-viewer-country': 'US', 'cloudfront-viewer-country-region': 'CA' }],
    ['vercel', { 'x-vercel-ip-country': 'US', 'x-vercel-ip-country-region': 'CA' }],
    ['fastly', { 'client-geo-country': 'US', 'client-geo-region': 'CA' }],
    ['akamai', { 'x-akamai-edgescape': 'georegion=246,country_code=US,region_code=CA,city=LOSANGELES,dma=803' }],
  ])('of %s tell country and subdivision', (edge, headers) => {
    expect(placeFromHeaders(knownCountryHeaders[edge], headers)).toEqual({ country: 'US', subdivision: 'CA' });
    expect(placeFromHeaders(knownCountryHeaders[edge], {})).toBeNull();
  });

  const names = { country: 'X-Country', subdivision: 'X-Region' };
  test.each([
    [
      { 'x-country': ' us ', 'x-region': 'us-ca' },
      { country: 'US', subdivision: 'CA' },
    ],
    [{ 'x-country': 'DE' }, { country: 'DE' }],
    [
      { 'x-country': 'FR', 'x-region': 'IDF' },
      { country: 'FR', subdivision: 'IDF' },
    ],
    [{ 'x-country': 'US', 'x-region': '?' }, { country: 'US' }],
    [{ 'x-country': 'US', 'x-region': 'California' }, { country: 'US' }],
    [{ 'x-country': 'XX' }, null],
    [{ 'x-country': 'T1' }, null],
    [{ 'x-country': 'EU' }, null],
    [{ 'x-country': 'US, DE' }, null],
    [{ 'x-country': 'USA' }, null],
    [{ 'x-country': '' }, null],
    [{ 'x-region': 'CA' }, null],
  ])('of one’s own names: %j is %j', (headers, place) => expect(placeFromHeaders(names, headers)).toEqual(place));

  test('of any content give a well-formed place or none', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (country, region) => {
        const place = placeFromHeaders(names, { 'x-country': country, 'x-region': region });
        if (place) expect(`${place.country}-${place.subdivision ?? 'X'}`).toMatch(/^[A-Z]{2}-[A-Z\d]{1,3}$/);
      }),
    );
  });
});

describe('Trusted proxies', () => {
  const request = (remoteAddress: string | undefined, forwarded?: string) =>
    ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;
  const proxies = trustedProxies(['loopback', '10.0.0.0/8', '2001:db8::/32', '192.0.2.7']);

  test.each([
    ['127.0.0.1', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.255.0.1', true],
    ['::ffff:10.1.2.3', true],
    ['2001:db8:1::5', true],
    ['192.0.2.7', true],
    ['192.0.2.8', false],
    ['11.0.0.1', false],
    ['2001:db9::1', false],
    ['fe80::1%eth0', false],
    ['nonsense', false],
    [undefined, false],
  ])('%s: %s', (address, trusted) => expect(proxies.trusts(address)).toBe(trusted));

  test('nobody is trusted unless named', () => {
    expect(trustedProxies([]).trusts('127.0.0.1')).toBe(false);
    expect(trustedProxies(['private']).trusts('192.168.1.1')).toBe(true);
    expect(trustedProxies(['private']).trusts('127.0.0.1')).toBe(false);
    expect(trustedProxies(['0.0.0.0/0']).trusts('203.0.113.9')).toBe(true);
  });

  test.each<[string, string | undefined, string | null, string]>([
    ['203.0.113.9', '198.51.100.1', '203.0.113.9', 'what an untrusted peer says is ignored'],
    ['127.0.0.1', '198.51.100.1', '198.51.100.1', 'the visitor behind a proxy'],
    ['127.0.0.1', '1.1.1.1, 198.51.100.1', '198.51.100.1', 'what the visitor forged stands before it'],
    ['127.0.0.1', '1.1.1.1, 198.51.100.1, 10.0.0.2', '198.51.100.1', 'two proxies'],
    ['127.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3', 'nothing but proxies'],
    ['127.0.0.1', '198.51.100.1:4711', '198.51.100.1', 'with a port'],
    ['127.0.0.1', '[2a00::1]:4711', '2a00::1', 'IPv6 with a port'],
    ['127.0.0.1', '198.51.100.1, unknown', null, 'what is no address'],
    ['127.0.0.1', undefined, '127.0.0.1', 'a proxy that does not tell'],
  ])('%s with X-Forwarded-For %s: %s (%s)', (peer, forwarded, address) =>
    expect(proxies.clientAddress(request(peer, forwarded))).toBe(address),
  );

  test('an entry is an address, a range or a name', () => {
    for (const entry of ['127.0.0.1', '10.0.0.0/8', '::1', 'fc00::/7', 'loopback', 'private', '0.0.0.0/0'])
      expect(isProxyEntry(entry)).toBe(true);
    for (const entry of [
      '',
      'localhost',
      '10.0.0.0/33',
      '10.0.0/8',
      '1.2.3.4/8/8',
      '::/129',
      'constructor',
      '1.2.3.4/',
    ])
      expect(isProxyEntry(entry)).toBe(false);
  });
});

describe('A country database', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'privacy-desk-'));
    file = path.join(folder, 'places.mmdb');
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
  const write = (networks: Parameters<typeof countryDatabase>[0], type?: string) =>
    fs.writeFileSync(file, countryDatabase(networks, type));

  test('finds places of IPv4 and IPv6', () => {
    write({
      '198.51.100.0/24': placeRecord('US', 'CA'),
      '203.0.113.0/24': placeRecord('DE'),
      '192.0.2.0/24': { registered_country: { iso_code: 'FR' } },
      '2a00:1::/32': { country_code: 'JP', country: 'Japan' },
    });
    const { find } = openCountryDatabase(file, () => {});
    expect(find('198.51.100.77')).toEqual({ country: 'US', subdivision: 'CA' });
    expect(find('203.0.113.1')).toEqual({ country: 'DE' });
    expect(find('192.0.2.1')).toEqual({ country: 'FR' });
    expect(find('2a00:1::5')).toEqual({ country: 'JP' });
    expect(find('127.0.0.1')).toBeNull();
  });

  test.each([
    ['is not there', () => {}],
    ['is a text', () => fs.writeFileSync(file, 'not a database')],
    ['is empty', () => fs.writeFileSync(file, '')],
    ['is a folder', () => fs.mkdirSync(file)],
    ['knows no countries', () => write({ '198.51.100.0/24': { autonomous_system_number: 1 } }, 'GeoLite2-ASN')],
    [
      'is cut off',
      () => {
        const bytes = countryDatabase({ '0.0.0.0/0': placeRecord('DE') });
        fs.writeFileSync(file, bytes.subarray(0, bytes.length / 2));
      },
    ],
  ])('that %s is refused by its path', (_, make) => {
    make();
    expect(() => openCountryDatabase(file, () => {})).toThrow(`config.geo.database: ${file} cannot be read`);
  });

  test('says so when it disappears or breaks, and when it is back', async () => {
    write({ '198.51.100.0/24': placeRecord('US', 'CA') });
    const told: (string | null)[] = [];
    const { find } = openCountryDatabase(file, (reason) => told.push(reason));
    const answers = (expected: unknown) => eventually(() => expect(find('198.51.100.1')).toEqual(expected));
    fs.rmSync(file);
    await answers('failed');
    expect(told).toEqual(['the file is not there']);
    write({ '198.51.100.0/24': placeRecord('CA', 'QC') });
    await answers({ country: 'CA', subdivision: 'QC' });
    fs.writeFileSync(file, 'broken');
    await answers('failed');
    expect(told).toEqual(['the file is not there', null, expect.any(String)]);
    write({ '198.51.100.0/24': placeRecord('DE') });
    await answers({ country: 'DE' });
    for (const reason of told) expect(reason ?? '').not.toContain('198.51');
  });
});
