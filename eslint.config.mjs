import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Folders of the house: imports go one way (docs/decisions/0001-house.md). */
const restrict = (files, group, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
});

export default tseslint.config(
  { ignores: ['**/dist/', '**/build/', '**/.tmp/', '**/.strapi/', '**/node_modules/', 'playground/strapi/types/'] },
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    files: ['admin/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', module: 'writable', require: 'readonly', __dirname: 'readonly', URL: 'readonly', Buffer: 'readonly', fetch: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', setInterval: 'readonly', clearInterval: 'readonly', performance: 'readonly', AbortSignal: 'readonly', AbortController: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    },
  },
  restrict(['contract/**'], ['**/server/**', '**/admin/**', '**/client/**'], 'The contract depends on nothing.'),
  restrict(['client/src/**'], ['**/server/**', '**/admin/**'], 'The client knows only the contract.'),
  restrict(['admin/src/**'], ['**/server/**', '**/client/**'], 'The admin panel knows only the contract.'),
  restrict(['server/src/catalogue/**'], ['**/publishing/**'], 'catalogue <- publishing, not the other way.'),
);
