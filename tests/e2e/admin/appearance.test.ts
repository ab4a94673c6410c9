import type { Page } from 'playwright-core';
import { button, startTeam, useScheme, type AdminTeam } from '../../support/admin-team';
import { startPages } from '../../support/browser';

const address = '/plugins/privacy-desk/appearance';

let team: AdminTeam;

beforeAll(async () => {
  team = await startTeam(['appearance.read']);
}, 900_000);
afterAll(() => team?.stop());

const accent = (page: Page) => page.getByRole('textbox', { name: 'Buttons and switches, Light', exact: true });
const shown = (page: Page) => page.frameLocator('[data-preview="current"] iframe');
const part = (page: Page, name: string) => shown(page).locator(`[data-privacy-part="${name}"]`);
const accept = (page: Page) => part(page, 'banner').locator('[data-privacy-action="accept-all"]');
const choose = async (page: Page, label: string, option: string) => {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
};

describe('Appearance page', () => {
  it.each(['light', 'dark'])('has no accessibility problem that axe can find, %s', async (theme) => {
    const { page, open, violations } = team.admin;
    await useScheme(page, theme);
    await open(address);
    await accept(page).waitFor();
    await accent(page).fill('#dddddd');
    await page.getByText(/pairs of colours have too little contrast/).waitFor();
    expect(await violations('main')).toEqual([]);
  });

  it('shows the real client in each language, device, mode, regime and part', async () => {
    const { page, open } = team.admin;
    await open(address);
    await accept(page).waitFor();
    await choose(page, 'Language of the pages', 'Arabic');
    await shown(page).locator('[data-privacy-part="banner"][dir="rtl"]').waitFor();
    await choose(page, 'Language of the pages', 'English');
    await choose(page, 'What is shown', 'Settings');
    await part(page, 'settings').waitFor();
    await choose(page, 'What is shown', 'Placeholder');
    await part(page, 'placeholder').waitFor();
    await choose(page, 'What is shown', 'Banner');
    await choose(page, 'Colours', 'Dark');
    await choose(page, 'Device', 'Phone');
    await accept(page).waitFor();
    await page.waitForFunction(
      () => document.querySelector<HTMLElement>('[data-preview="current"] iframe')?.style.width === '390px',
    );
    await choose(page, 'Law', 'Opt-out');
    await page.getByRole('checkbox', { name: /Global Privacy Control/ }).click();
    await part(page, 'gpc-status').waitFor();
  });

  it('warns of what cannot be read, saves what can, and the websites have it', async () => {
    const { page, open } = team.admin;
    await open(address);
    await accept(page).waitFor();
    await accent(page).fill('#ffdd00');
    await page.getByText(/Text on buttons, Light/).waitFor();
    await accent(page).fill('#7a2a8c');
    await page.getByText(/Everything can be read well/).waitFor();
    // Another text with each try, so that there is something to save.
    const label = `Yes, all of it ${Date.now()}`;
    await page.getByRole('textbox', { name: 'Button: accept all' }).fill(label);
    await accept(page).filter({ hasText: label }).waitFor();
    expect(await accept(page).evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(
      'rgb(122, 42, 140)',
    );
    await button(page, 'Save').click();
    await page.getByText('The appearance was saved.').waitFor();

    // On a page without a style of its own, as the demo's website overrules the colours.
    const head = `<script src="${team.demo.strapiUrl}/api/privacy-desk/client.js?site=default&locale=en"></script>`;
    const website = await startPages({ '/': { client: false, head } });
    const visitor = await (await team.browser.newContext()).newPage();
    const live = visitor.locator('[data-privacy-part="banner"] [data-privacy-action="accept-all"]');
    // Publishing follows a save within moments.
    for (let text = ''; text !== label; text = await live.innerText()) {
      await visitor.goto(website.origin);
      await live.waitFor();
    }
    expect(await live.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgb(122, 42, 140)');
    await visitor.context().close();
    await website.close();
  });

  it('keeps what is refused, says why at the field, and asks before it is lost', async () => {
    const { page, open } = team.admin;
    await open(address);
    const radius = page.getByRole('textbox', { name: 'Corners' });
    await radius.fill('1em; color: red');
    await button(page, 'Save').click();
    await page.getByText(/is not a plain CSS value/).waitFor();
    expect(await radius.inputValue()).toBe('1em; color: red');
    expect(await radius.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByRole('navigation', { name: 'Privacy Desk' }).getByRole('link', { name: 'Inventory' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Leave without saving' }).click();
    await page.getByRole('heading', { level: 1, name: 'Inventory' }).waitFor();
  });

  it('does not let two admins overwrite each other silently', async () => {
    const { admin, other } = team;
    for (const { open, page } of [admin, other]) {
      await open(address);
      await accent(page).waitFor();
    }
    const theirs = (await accent(admin.page).inputValue()) === '#123456' ? '#234567' : '#123456';
    await accent(admin.page).fill(theirs);
    await button(admin.page, 'Save').click();
    await admin.page.getByText('The appearance was saved.').waitFor();
    await accent(other.page).fill('#654321');
    await button(other.page, 'Save').click();
    await other.page.getByText('Somebody else has changed this meanwhile').waitFor();
    expect(await accent(other.page).inputValue()).toBe('#654321');
    await button(other.page, 'Take theirs').click();
    await other.page.waitForFunction(
      (value) => document.querySelector<HTMLInputElement>('input[name="theme.tokens.accent"]')?.value === value,
      theirs,
    );
  });

  it('lets an Editor who may only read look at it', async () => {
    const { page, open, violations } = team.reader;
    await open(address);
    await accept(page).waitFor();
    expect(await accent(page).isDisabled()).toBe(true);
    expect(await button(page, 'Save').count()).toBe(0);
    expect(await violations('main')).toEqual([]);
  });
});
