import fs from 'node:fs';
import type { Page } from 'playwright-core';
import { answerTo, button, startTeam, useScheme, type AdminTeam } from '../../support/admin-team';

const address = '/plugins/privacy-desk/audit';
let team: AdminTeam;
let page: Page;

beforeAll(async () => {
  team = await startTeam(['overview.read']);
  page = team.admin.page;
  const { editor } = team;
  const { documentId } = await editor.find('category', 'MARKETING');
  await editor.update('category', documentId, { mode: 'opt-out' });
  await editor.request('POST', '/privacy-desk/personal-data/find', { person: { email: 'grace@example.com' } });
}, 900_000);
afterAll(() => team?.stop());

describe('Audit page', () => {
  it('says what happened, and all of an entry', async () => {
    await team.admin.open(address);
    await page.getByText(/changed “Marketing” \(Category\)/).waitFor();
    // Persons are named to whoever opens the entry, which is recorded.
    await page.getByText(/looked up the data of a person/).waitFor();
    expect(await page.getByText('grace@example.com').count()).toBe(0);
    const row = page.getByRole('row').filter({ hasText: 'looked up the data of' });
    await row.getByRole('button', { name: /^Details of/ }).click();
    const drawer = page.getByRole('dialog', { name: 'Entry of the audit trail' });
    await drawer.getByText('grace@example.com').first().waitFor();
    await drawer.getByText('As it was written, and signed').waitFor();
    expect(await team.admin.violations('[role=dialog]')).toEqual([]);
    await button(page, 'Close').first().click();
    await page.reload();
    await page
      .getByText(/opened an entry of the audit trail that names a person/)
      .first()
      .waitFor();
  });

  it('is narrowed, and the address says by what', async () => {
    await page.getByRole('combobox', { name: 'Everything' }).click();
    await page.getByRole('option', { name: 'Categories, items, sites' }).click();
    await page.getByText(/looked up the data of/).waitFor({ state: 'detached' });
    expect(page.url()).toContain('action=catalogue');
    await page.reload();
    await page.getByText(/changed “Marketing” \(Category\)/).waitFor();
    expect(await page.getByText(/looked up the data of/).count()).toBe(0);
    await button(page, 'Clear filters').click();
    await page.getByText(/looked up the data of/).waitFor();
  });

  it('is verified, and exported', async () => {
    await button(page, 'Verify now').click();
    await page.getByText(/^Everything is as it was written:/).waitFor({ timeout: 30_000 });
    const [download] = await Promise.all([page.waitForEvent('download'), button(page, 'Export CSV').click()]);
    const csv = fs.readFileSync(await download.path(), 'utf8');
    expect(csv).toMatch(/^id,recorded_at,action,/);
    expect(csv).toContain('catalogue.update');
    const answered = answerTo(page, 'GET', '/audit/checkpoints');
    await button(page, 'Checkpoints').click();
    expect((await answered).status()).toBe(200);
  });

  it.each(['light', 'dark'])('has no accessibility violations (%s)', async (theme) => {
    await useScheme(page, theme);
    await team.admin.open(address);
    await page.getByText(/changed “Marketing” \(Category\)/).waitFor();
    expect(await team.admin.violations('main')).toEqual([]);
    const folder = process.env.SCREENSHOTS;
    if (!folder) return;
    for (const width of [1440, 768]) {
      await page.setViewportSize({ width, height: 1000 });
      await page.screenshot({ path: `${folder}/audit-${theme}-${width}.png`, fullPage: true });
    }
    await page
      .getByRole('row')
      .filter({ hasText: 'changed “Marketing”' })
      .first()
      .getByRole('button', { name: /^Details of/ })
      .click();
    await page.getByText('As it was written, and signed').waitFor();
    await page.screenshot({ path: `${folder}/audit-entry-${theme}.png` });
    await page.setViewportSize({ width: 1440, height: 1000 });
  });

  it('is not there for somebody without the permission, on the server either', async () => {
    const { reader } = team;
    await reader.open(address);
    await reader.page.getByText('Your role does not include this page.').waitFor();
    expect(await reader.page.getByRole('link', { name: 'Audit trail' }).count()).toBe(0);
    const status = await reader.page.evaluate(async () => {
      const answer = await fetch('/privacy-desk/audit/search', { method: 'POST' });
      return answer.status;
    });
    expect(status).toBeGreaterThanOrEqual(401);
  });
});
