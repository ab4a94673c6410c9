import fs from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');

describe('docs/react.md', () => {
  /** Each file of the recipe: its name, and the code that follows it. */
  const files = [...read('docs/react.md').matchAll(/^`([\w./-]+\.tsx?)`[^\n]*\n\n```tsx?\n(.*?)```/gms)];

  it('shows all of the application', () => {
    expect(files.map(([, file]) => file).sort()).toEqual([
      'app/choice.tsx',
      'app/consent.tsx',
      'app/layout.tsx',
      'app/page.tsx',
      'next.config.ts',
      'proxy.ts',
    ]);
  });

  it.each(files.map(([, file, code]) => [file!, code!]))('shows %s as the tests build it', (file, code) => {
    expect(code).toBe(read(`playground/next/${file}`));
  });
});
