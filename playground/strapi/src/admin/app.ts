export default {
  config: { locales: ['de', 'fr', 'ar'], notifications: { releases: false }, tutorials: false },
  bootstrap() {},
};
