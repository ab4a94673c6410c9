import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { openAdminPanel, type AdminPanel } from '../../support/admin-panel';
import { launchBrowser } from '../../support/browser';
import { createDatabase, type TestDatabase } from '../../support/strapi';
import { startDemo, type Demo } from '../../support/demo';
import { logIn } from '../../support/demo-editor';
import { button, useScheme } from '../../support/admin-team';
import knex, { type Knex } from 'knex';

const TYPE = 'api::profile.profile';
const MASK = '••••••••';
const IBAN = 'AT61 1904 3002 3457 3201';
const other = 'DE89 3704 0044 0532 0130 00';

let demo: Demo;
let database: TestDatabase;
let connection: Knex;
let admin: AdminPanel;
let editor: AdminPanel;
let stopBrowser: () => Promise<void>;
let address: string;

/** The table of profiles, as it lies in the database. */
const stored = async (): Promise<string> => JSON.stringify(await connection('profiles').select('iban', 'nickname'));
const ibanOf = async (): Promise<string[]> => [...new Set<string>(await connection('profiles').pluck('iban'))];
const iban = (page: Page) => page.getByRole('textbox', { name: 'iban' });
const save = async (page: Page): Promise<void> => {
  const saved = page.waitForResponse(
    (answer) => ['POST', 'PUT'].includes(answer.request().method()) && answer.url().includes(TYPE),
  );
  await button(page, 'Save').click();
  expect((await saved).ok()).toBe(true);
};

beforeAll(async () => {
  database = await createDatabase('sqlite');
  demo = await startDemo({ env: database.env });
  connection = knex({
    client: 'better-sqlite3',
    connection: { filename: database.env.DATABASE_FILENAME!, options: { readonly: true } },
    useNullAsDefault: true,
  });
  const { request } = await logIn(demo);
  const name = `Clerk ${randomUUID()}`;
  const role = await request<{ data: { id: number } }>('POST', '/admin/roles', { name, description: name });
  const fields = ['nickname', 'phone', 'iban'];
  await request('PUT', `/admin/roles/${role.data.id}/permissions`, {
    permissions: ['read', 'update'].map((action) => ({
      action: `plugin::content-manager.explorer.${action}`,
      subject: TYPE,
      properties: { fields, locales: ['en'] },
      conditions: [],
    })),
  });
  const login = { adminEmail: `${randomUUID()}@example.com`, adminPassword: 'Privacy-Desk-2' };
  const user = await request<{ data: { id: number } }>('POST', '/admin/users', {
    firstname: 'Carl',
    lastname: 'Clerk',
    email: login.adminEmail,
    roles: [role.data.id],
  });
  await request('PUT', `/admin/users/${user.data.id}`, { isActive: true, password: login.adminPassword });
  const browser = await launchBrowser();
  stopBrowser = () => browser.close();
  admin = await openAdminPanel(browser, demo);
  editor = await openAdminPanel(browser, demo, login);
}, 900_000);
afterAll(async () => {
  await stopBrowser?.();
  await connection?.destroy();
  await demo?.stop();
  await database?.drop();
});

describe('An encrypted field in the Content Manager', () => {
  it('is typed as any other, and the database holds no plain text', async () => {
    const { page } = admin;
    await admin.open(`/content-manager/collection-types/${TYPE}/create`);
    await iban(page).fill(IBAN);
    await page.getByRole('textbox', { name: 'nickname' }).fill('grace');
    await save(page);
    await page.waitForURL((url) => !url.pathname.endsWith('/create'));
    address = new URL(page.url()).pathname.replace(/^\/admin/, '');
    await button(page, 'Show').waitFor();
    expect(await iban(page).inputValue()).toBe(MASK);
    expect(await stored()).not.toContain(IBAN.slice(0, 9));
    expect(await stored()).toContain('grace');
  });

  it('is shown to who may see it, and edited', async () => {
    const { page } = admin;
    await admin.open(address);
    await button(page, 'Show').click();
    await page.waitForFunction(
      (value) => [...document.querySelectorAll('input')].some((one) => one.value === value),
      IBAN,
    );
    await iban(page).fill(other);
    await save(page);
    await button(page, 'Show').click();
    await page.waitForFunction(
      (value) => [...document.querySelectorAll('input')].some((one) => one.value === value),
      other,
    );
    await button(page, 'Hide').click();
    expect(await iban(page).inputValue()).toBe(MASK);
  });

  it('is masked for somebody without the permission, whose saving keeps it', async () => {
    const { page } = editor;
    const before = await ibanOf();
    await editor.open(address);
    await page.getByText(/Your role may not see the value/).waitFor();
    expect(await iban(page).inputValue()).toBe(MASK);
    expect(await iban(page).isDisabled()).toBe(true);
    expect(await button(page, 'Show').count()).toBe(0);
    expect(await page.content()).not.toContain(other);
    await page.getByRole('textbox', { name: 'nickname' }).fill('hopper');
    await save(page);
    expect(await ibanOf()).toEqual(before);
    expect(await stored()).toContain('hopper');
    await admin.open(address);
    await button(admin.page, 'Show').click();
    await admin.page.waitForFunction(
      (value) => [...document.querySelectorAll('input')].some((one) => one.value === value),
      other,
    );
  });

  it.each(['light', 'dark'])('has no accessibility violations of its own (%s)', async (theme) => {
    for (const panel of [admin, editor]) {
      await useScheme(panel.page, theme);
      await panel.open(address);
      await button(panel.page, 'Replace').waitFor();
      const found = await panel.violations('main');
      expect(found.filter((violation) => /iban|Replace|Show|Remove/.test(violation))).toEqual([]);
      if (process.env.SCREENSHOTS)
        await panel.page.screenshot({
          path: `${process.env.SCREENSHOTS}/field-${theme}-${panel === admin ? 'admin' : 'editor'}.png`,
        });
    }
  });
});
