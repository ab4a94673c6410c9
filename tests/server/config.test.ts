import config from '../../server/src/config';

const validate = (change: object) => () => config.validator({ ...config.default, ...change });

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
  [{ sead: true, polling: 1 }, 'config: unknown sead, polling; known are cache, pollIntervalSeconds, seed'],
])('says what is wrong with %j', (change, message) => {
  expect(validate(change)).toThrow(message);
});
