'use strict';

const swc = (react) => ({
  [react ? '^.+\\.(ts|tsx|mjs|js)$' : '^.+\\.(ts|tsx|mjs)$']: [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', tsx: react },
        target: 'es2022',
        ...(react && { transform: { react: { runtime: 'automatic' } } }),
      },
      module: { type: 'commonjs' },
    },
  ],
});

const project = (displayName, testEnvironment, more = {}) => ({
  displayName,
  testEnvironment,
  rootDir: __dirname,
  testMatch: [`<rootDir>/tests/${displayName}/**/*.test.{ts,tsx}`],
  modulePathIgnorePatterns: [
    '<rootDir>/dist',
    '<rootDir>/playground/strapi/dist',
    '<rootDir>/playground/next',
    '<rootDir>/tests/.artifacts',
  ],
  transform: swc(false),
  ...more,
});

/** @type {import('jest').Config} */
module.exports = {
  testTimeout: 120_000,
  projects: [
    project('contract', 'node'),
    project('client', 'jsdom', {
      transform: swc(true),
      moduleNameMapper: { '\\.css$': '<rootDir>/tests/support/no-style.ts' },
    }),
    project('admin', 'jsdom', {
      transform: swc(true),
      // Without the Content Manager, which @strapi/strapi/admin exports too.
      moduleNameMapper: { '^@strapi/strapi/admin$': '@strapi/admin/strapi-admin' },
      // What it needs and has no CommonJS.
      transformIgnorePatterns: ['/node_modules/(?!(fractional-indexing)/)'],
    }),
    // A really booted Strapi on the plugin's TypeScript source; TEST_DATABASE_CLIENT=postgres|mysql for the others.
    project('server', 'node', { setupFilesAfterEnv: ['<rootDir>/tests/support/try-twice.ts'] }),
    // A real browser against the built demo.
    project('e2e', 'node', { setupFilesAfterEnv: ['<rootDir>/tests/support/try-twice.ts'] }),
  ],
};
