import config from '../../server/src/config';

const validate = (change: object) => () => config.validator({ ...config.default, ...change });

const { geo } = config.default;

it('is fine as it is', () => {
  expect(validate({})).not.toThrow();
});

it.each([
  [
    { cache: { ...config.default.cache, maxAgeSeconds: '60' } },
    'config.cache.maxAgeSeconds: must be a number of seconds',
  ],
  [{ cache: { ...config.default.cache, maxAgeSeconds: -1 } }, 'config.cache.maxAgeSeconds: '],
  [
    { cache: { ...config.default.cache, staleIfErrorSeconds: 0.5 } },
    'config.cache.staleIfErrorSeconds: must be whole seconds',
  ],
  [
    { cache: { ...config.default.cache, ttl: 5 } },
    'config.cache: unknown ttl; known are maxAgeSeconds, staleWhileRevalidateSeconds, staleIfErrorSeconds',
  ],
  [{ pollIntervalSeconds: 0 }, 'config.pollIntervalSeconds: '],
  [{ seed: 'yes' }, 'config.seed: '],
  [{ choiceEndpoint: 'no' }, 'config.choiceEndpoint: must be true or false'],
  [
    { sead: true, polling: 1 },
    'config: unknown sead, polling; known are audit, cache, consents, choiceEndpoint, keys, geo, personalData, rights, pollIntervalSeconds, redis, requests, seed',
  ],
  [{ geo: { ...geo, headers: 'cloudflair' } }, 'config.geo.headers: must be one of cloudflare, cloudfront, vercel'],
  [{ geo: { ...geo, headers: { country: 'X Country' } } }, 'config.geo.headers.country: must be the name'],
  [
    { geo: { ...geo, headers: 'vercel' } },
    'config.geo.trustedProxies: is empty, so the headers that config.geo.headers names would never be believed',
  ],
  [{ geo: { ...geo, trustedProxies: ['loopback', 'localhost'] } }, 'config.geo.trustedProxies.1: “localhost” is no'],
  [{ geo: { ...geo, trustedProxies: '10.0.0.0/8' } }, 'config.geo.trustedProxies: must be a list of addresses'],
  [{ geo: { ...geo, database: '' } }, 'config.geo.database: must be a path'],
  [{ geo: { ...geo, country: 'DE' } }, 'config.geo: unknown country; known are headers, trustedProxies, database'],
])('says what is wrong with %j', (change, message) => {
  expect(validate(change)).toThrow(message);
});

it('takes headers of a known edge or of one’s own, from proxies that are named', () => {
  const trustedProxies = ['loopback', '10.0.0.0/8', '2001:db8::1'];
  for (const headers of ['akamai', { country: 'X-Country' }, { country: 'X-Country', subdivision: 'X-Region' }])
    expect(validate({ geo: { headers, trustedProxies, database: '/var/lib/places.mmdb' } })).not.toThrow();
});
