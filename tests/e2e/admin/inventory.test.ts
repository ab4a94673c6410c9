import type { Page } from 'playwright-core';
import { answerTo, button, startTeam, useScheme, type AdminTeam } from '../../support/admin-team';
import type { AdminPanel } from '../../support/admin-panel';

const address = '/plugins/privacy-desk/inventory';

let team: AdminTeam;

beforeAll(async () => {
  team = await startTeam(['inventory.read', 'publishing.read']);
}, 900_000);
afterAll(() => team?.stop());

const items = (page: Page) => page.locator('tr[data-item]');
const keys = (page: Page) => items(page).evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.item));
/** The list shows what is asked for now, and nothing of it is on the way. */
const listed = (page: Page) =>
  page.waitForFunction(
    () => document.querySelector('tr[data-item]') && document.querySelector('main')?.ariaBusy === 'false',
  );
const openCategory = async (panel: AdminPanel, key: string) => {
  const { documentId } = await team.editor.find('category', key);
  await panel.open(`${address}?category=${documentId}`);
  await listed(panel.page);
};
const provider = (page: Page) => page.getByRole('dialog').getByRole('textbox', { name: 'Provider', exact: true });

describe('Inventory page', () => {
  it.each(['light', 'dark'])(
    'has no accessibility problem that axe can find, %s, nor have its drawers',
    async (theme) => {
      const { page, open, violations } = team.admin;
      await useScheme(page, theme);
      await open(address);
      await listed(page);
      expect(await violations('main')).toEqual([]);
      const { documentId } = await team.editor.find('tracking-item', 'matomo');
      await open(`${address}?item=${documentId}`);
      await provider(page).waitFor();
      expect(await violations('[role="dialog"]')).toEqual([]);
      await open(`${address}?add=presets`);
      await page.getByRole('dialog').getByRole('heading', { level: 3 }).first().waitFor();
      expect(await violations('[role="dialog"]')).toEqual([]);
    },
  );

  it('finds an item and edits it beside the list', async () => {
    const { page, open } = team.admin;
    await open(address);
    await listed(page);
    await page.locator('input[name="search"]').fill('matomo');
    await page.waitForFunction(() => document.querySelectorAll('tr[data-item]').length === 1);
    await items(page).getByRole('button', { name: 'Matomo', exact: true }).click();
    await provider(page).fill('InnoCraft Ltd, Wellington');
    await button(page, 'Save').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await items(page).getByText('InnoCraft Ltd, Wellington').waitFor();
    expect(await team.editor.find('tracking-item', 'matomo')).toMatchObject({ provider: 'InnoCraft Ltd, Wellington' });
  });

  it('orders items by keyboard alone', async () => {
    const { page } = team.admin;
    await openCategory(team.admin, 'ESSENTIALS');
    const [first, second, ...rest] = await keys(page);
    expect(second).toBeDefined();
    const said = (what: RegExp) => page.getByText(what).first().waitFor({ state: 'attached' });
    await items(page)
      .first()
      .getByRole('button', { name: /^Move / })
      .focus();
    await page.keyboard.press('Space');
    await said(/is picked up/);
    await page.keyboard.press('ArrowDown');
    await said(/is at the place of/);
    const moved = answerTo(page, 'POST', '/inventory/move');
    await page.keyboard.press('Space');
    expect((await moved).status()).toBe(200);
    await openCategory(team.other, 'ESSENTIALS');
    expect(await keys(team.other.page)).toEqual([second, first, ...rest]);
  });

  it('does not let two admins overwrite each other silently', async () => {
    const { admin, other, editor } = team;
    const { documentId } = await editor.find('tracking-item', 'matomo');
    for (const { open, page } of [admin, other]) {
      await open(`${address}?item=${documentId}`);
      await provider(page).waitFor();
    }
    await provider(admin.page).fill('First');
    const saved = answerTo(admin.page, 'PUT', documentId);
    await button(admin.page, 'Save').click();
    expect((await saved).status()).toBe(200);
    await provider(other.page).fill('Second');
    const refused = answerTo(other.page, 'PUT', documentId);
    await button(other.page, 'Save').click();
    expect((await refused).status()).toBe(409);
    await other.page.getByText('Somebody else has changed this meanwhile').waitFor();
    expect(await provider(other.page).inputValue()).toBe('Second');
    expect(await editor.find('tracking-item', 'matomo')).toMatchObject({ provider: 'First' });
    await button(other.page, 'Save mine').click();
    await other.page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await editor.find('tracking-item', 'matomo')).toMatchObject({ provider: 'Second' });
  });

  it('shows an Editor who may only read everything, and offers nothing', async () => {
    const { page, open } = team.reader;
    await open(address);
    await listed(page);
    for (const name of ['Add from presets', 'Add tracking item', 'Add a category'])
      expect(await button(page, name).count()).toBe(0);
    expect(await page.getByRole('checkbox').count()).toBe(0);
    await items(page).getByRole('button').first().click();
    await provider(page).waitFor();
    expect(await provider(page).isDisabled()).toBe(true);
    expect(await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).count()).toBe(0);
    // The first page that the role may see stands for the one that it may not.
    await open('/plugins/privacy-desk');
    await page.getByRole('heading', { level: 1, name: 'Inventory' }).waitFor();
    const pages = page.getByRole('navigation', { name: 'Privacy Desk' }).getByRole('link');
    expect(await pages.allInnerTexts()).toEqual(['Inventory', 'Publishing']);
  });
});
