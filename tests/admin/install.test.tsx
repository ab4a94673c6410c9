import { screen, within } from '@testing-library/react';
import '@testing-library/jest-dom';
import { InstallPage } from '../../admin/src/pages/Install/InstallPage';
import { snippetOf } from '../../admin/src/pages/Install/snippets';
import type { Install, Panel } from '../../contract';
import { renderAdmin } from '../support/admin';

const panel: Panel = {
  actions: ['plugin::privacy-desk.install.read'],
  sites: [{ documentId: 's1', key: 'default', name: 'Main website' }],
  locales: [
    { code: 'en', name: 'English', isDefault: true },
    { code: 'de', name: 'German', isDefault: false },
  ],
};
const install: Install = {
  site: 'default',
  clientUrl: 'https://cms.example.com/api/privacy-desk/client.js',
  endpoint: 'https://cms.example.com/api/privacy-desk',
  stub: 'window.privacyDesk||0',
  stubHash: "'sha256-abc='",
  origins: [],
  seen: [],
};
let answer: Install;

beforeEach(() => {
  localStorage.clear();
  answer = install;
  Object.assign(globalThis, {
    fetch: async (address: string) => ({
      ok: true,
      status: 200,
      json: async () => (address.includes('/panel') ? panel : answer),
    }),
  });
});

describe('Install', () => {
  it('has the code for every way, filled with the values of site and language', async () => {
    const { user } = renderAdmin(<InstallPage />);
    const url = 'https://cms.example.com/api/privacy-desk/client.js?site=default';
    const code = async (name: string) => (await screen.findByRole('region', { name })).textContent!;
    expect(await code('Script tag')).toContain(
      `<script>window.privacyDesk||0</script>\n<script src="${url}&locale=en"></script>`,
    );
    await user.click(screen.getByRole('combobox', { name: 'Language of the pages' }));
    await user.click(await screen.findByRole('option', { name: 'German' }));
    expect(await code('Script tag')).toContain(`${url}&locale=de`);
    await user.click(screen.getByRole('tab', { name: 'React, Next.js' }));
    const react = await code('React, Next.js');
    expect(react).toContain('endpoint: "https://cms.example.com/api/privacy-desk"');
    expect(react).toContain('locale: "de"');
    await user.click(screen.getByRole('tab', { name: 'Strict CSP' }));
    const csp = await code('Strict CSP');
    expect(csp).toContain("script-src 'sha256-abc=' 'self' https://cms.example.com;");
    expect(csp).toContain(`<script nonce="{nonce}" src="${url}&locale=de"></script>`);
  });

  it('says when which website has asked', async () => {
    answer = {
      ...install,
      origins: ['https://shop.example', 'https://www.example'],
      seen: [
        { origin: 'https://shop.example', secondsAgo: 200 },
        { origin: 'https://staging.example', secondsAgo: 7200 },
      ],
    };
    renderAdmin(<InstallPage />);
    const check = await screen.findByRole('region', { name: 'Is it there?' });
    expect(within(check).getByText('Requested from https://shop.example 3 minutes ago')).toBeVisible();
    expect(within(check).getByText('Requested from https://staging.example 2 hours ago')).toBeVisible();
    expect(within(check).getAllByText(/Not among the site’s origins/)).toHaveLength(1);
    expect(within(check).getByText('No request from https://www.example yet')).toBeVisible();
  });

  it('says what to do while nobody has', async () => {
    renderAdmin(<InstallPage />);
    expect(await screen.findByText(/No request yet/)).toBeVisible();
  });

  it('cannot be broken out of by a value', () => {
    const values = { ...install, locale: 'en', site: '"><script>' };
    expect(snippetOf.script(values)).not.toContain('"><script>');
    expect(snippetOf.esm(values)).toContain('site: "\\"><script>"');
  });
});
