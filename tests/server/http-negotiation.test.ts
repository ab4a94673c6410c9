import { acceptedEncoding } from '../../server/src/http/accepted-encoding';
import { matchesEtag } from '../../server/src/http/matches-etag';
import { parsePublicQuery } from '../../server/src/publishing/public-request';

describe('Accept-Encoding', () => {
  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['GZIP;Q=0.5', 'gzip'],
    ['x-gzip', 'gzip'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['gzip;q=0.1', 'gzip'],
    ['identity;q=1, gzip;q=0.5', 'identity'],
    ['deflate', 'identity'],
    ['*', 'br'],
    ['*;q=0.1, identity', 'identity'],
    ['br;q=0, *', 'gzip'],
    ['gzip, identity;q=0', 'gzip'],
    ['*;q=0', null],
    ['identity;q=0', null],
    ['deflate, identity;q=0', null],
    ['gzip;q=nonsense', 'identity'],
    [',,;q=1', 'identity'],
  ])('%j gets %s', (header, expected) => expect(acceptedEncoding(header)).toBe(expected));
});

describe('If-None-Match', () => {
  it.each([
    ['"abc"', true],
    ['W/"abc"', true],
    ['"x", W/"abc" , "y"', true],
    ['*', true],
    [' * ', true],
    ['"abcd"', false],
    ['abc', false],
    ['"x, abc"', false],
    ['', false],
  ])('%s: %s', (header, expected) => expect(matchesEtag(header, 'abc')).toBe(expected));
});

describe('the query', () => {
  it.each([
    ['', {}],
    [
      'site=shop&locale=de-CH&compat=django&regime=opt-in',
      { site: 'shop', locale: 'de-CH', compat: 'django', regime: 'opt-in' },
    ],
    ['utm_source=x&utm_source=y&a[b]=c&%=%&_=1', {}],
    ['%6Cocale=d%65', { locale: 'de' }],
    ['locale=zh-Hans-CN', { locale: 'zh-Hans-CN' }],
    ['&&site=a&', { site: 'a' }],
  ])('%s is read', (query, expected) => expect(parsePublicQuery(query)).toEqual(expected));

  it.each([
    ['locale[$ne]=x', 'locale'],
    ['locale%5B%24ne%5D=x', 'locale'],
    ['locale[]=de', 'locale'],
    ['locale=de&locale=de', 'locale'],
    ['locale=', 'locale'],
    ['locale', 'locale'],
    ['locale=de_DE', 'locale'],
    ['locale=..%2F..%2Fetc', 'locale'],
    ['locale=%', 'locale'],
    ['locale=%E0%A4%A', 'locale'],
    ['locale=de%00', 'locale'],
    ['locale=de%0D%0AX-Header:1', 'locale'],
    [`locale=${'a'.repeat(9)}`, 'locale'],
    [`locale=de-${'abcdefgh-'.repeat(50)}x`, 'locale'],
    ['site=', 'site'],
    ['site=a%20b', 'site'],
    [`site=${'a'.repeat(65)}`, 'site'],
    ['site[key]=a', 'site'],
    ['site=a&site=b', 'site'],
    ['compat=react', 'compat'],
    ['regime=none', 'regime'],
  ])('%s is refused at %s', (query, field) =>
    expect(parsePublicQuery(query)).toMatchObject({
      status: 400,
      path: [field],
      message: expect.stringContaining(field),
    }),
  );
});
