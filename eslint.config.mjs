import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** What Node.js itself offers to every script. */
const nodeGlobals = Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly']));

const browserGlobals = Object.fromEntries(
  ['window', 'document', 'location', 'requestAnimationFrame', 'MutationObserver', 'customElements'].map((name) => [
    name,
    'readonly',
  ]),
);

/** Folders of the house: imports go one way (docs/decisions/0001-house.md). */
const restrict = (files, group, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
});

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/.artifacts/',
      'bench/results/',
      '**/build/',
      '**/.tmp/',
      '**/.strapi/',
      '**/.next/',
      'playground/next/next-env.d.ts',
      '**/node_modules/',
      'playground/strapi/types/',
    ],
  },
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    files: ['admin/**/*.{ts,tsx}', 'client/src/react/**', 'playground/next/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: { ...nodeGlobals, module: 'writable', require: 'readonly', __dirname: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    // Pages, and functions that run in one.
    files: [
      'playground/website/**/*.{js,mjs}',
      'playground/next/public/**',
      'bench/browser/**/*.mjs',
      'bench/client/**/*.mjs',
    ],
    languageOptions: { globals: browserGlobals },
    rules: { 'no-redeclare': 'off' },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
    },
  },
  restrict(['contract/**'], ['**/server/**', '**/admin/**', '**/client/**'], 'The contract depends on nothing.'),
  restrict(['client/src/**'], ['**/server/**', '**/admin/**'], 'The client knows only the contract.'),
  restrict(['admin/src/**'], ['**/server/**', '**/client/**'], 'The admin panel knows only the contract.'),
  restrict(['server/src/catalogue/**'], ['**/publishing/**'], 'catalogue <- publishing, not the other way.'),
);
