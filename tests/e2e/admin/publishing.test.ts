import type { Page } from 'playwright-core';
import { answerTo, button, startTeam, useScheme, type AdminTeam } from '../../support/admin-team';

const address = '/plugins/privacy-desk/publishing';

let team: AdminTeam;

beforeAll(async () => {
  team = await startTeam(['publishing.read']);
}, 900_000);
afterAll(() => team?.stop());

const setMode = (mode: 'auto' | 'manual') =>
  team.editor.request('PUT', '/privacy-desk/sites/default/publishing/mode', { mode });
const changeProvider = async (provider: string) => {
  const { documentId } = await team.editor.find('tracking-item', 'matomo');
  await team.editor.update('tracking-item', documentId, { provider });
};
const draft = (page: Page) => page.getByRole('region', { name: 'Not published yet' });
const history = (page: Page) => page.getByRole('region', { name: 'History' });
/** Fills in why each warning is published all the same, as far as nobody has done so. */
const acknowledge = async (page: Page) => {
  for (const reason of await draft(page)
    .getByRole('textbox', { name: /Why it is published/ })
    .all())
    if (!(await reason.inputValue())) await reason.fill('Known, and mended soon.');
};

describe('Publishing page', () => {
  it('is switched to publishing by hand', async () => {
    await setMode('auto');
    const { page, open } = team.admin;
    await open(address);
    await button(page, 'Publish by hand').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('Saved changes wait until somebody publishes them here.').waitFor();
  });

  describe('by hand', () => {
    beforeAll(() => setMode('manual'));

    it.each(['light', 'dark'])('has no accessibility problem that axe can find, %s', async (theme) => {
      const { page, open, violations } = team.admin;
      await changeProvider(`Provider, ${theme}`);
      await useScheme(page, theme);
      await open(address);
      await draft(page).getByText(`Provider, ${theme}`).first().waitFor();
      expect(await violations('main')).toEqual([]);
    });

    it('shows what would change, publishes it with reasons, and what visitors saw', async () => {
      const { page, open, violations } = team.admin;
      await changeProvider('InnoCraft');
      await open(address);
      await draft(page).getByRole('listitem').filter({ hasText: 'Matomo' }).getByText('InnoCraft').first().waitFor();
      await acknowledge(page);
      await page.getByRole('textbox', { name: 'Note' }).fill('Matomo has another provider');
      await button(page, 'Publish now').click();
      await draft(page).getByText('There is nothing to publish.').waitFor();
      await history(page).getByText('Matomo has another provider').first().waitFor();
      await history(page).getByRole('button', { name: 'What visitors saw' }).first().click();
      const seen = page.frameLocator('[data-preview="current"] iframe').locator('[data-privacy-part="banner"]');
      await seen.waitFor();
      expect(await violations('[role="dialog"]')).toEqual([]);
    });

    it('does not publish what another admin has changed meanwhile', async () => {
      const { page, open } = team.admin;
      await changeProvider('Reviewed');
      await open(address);
      await draft(page).getByText('Reviewed').first().waitFor();
      await acknowledge(page);
      await changeProvider('Slipped in');
      const refused = answerTo(page, 'POST', '/publish');
      await button(page, 'Publish now').click();
      expect((await refused).status()).toBe(409);
      await page.getByText('Something changed since you looked').waitFor();
      await draft(page).getByText('Slipped in').first().waitFor();
    });

    it('rolls back, and an Editor who may only read can do none of it', async () => {
      const { page, open } = team.admin;
      await changeProvider('Waits');
      await open(address);
      await history(page).getByRole('button', { name: 'Roll back' }).first().click();
      const rolledBack = answerTo(page, 'POST', '/roll-back');
      await page.getByRole('alertdialog').getByRole('button', { name: 'Roll back' }).click();
      expect((await rolledBack).status()).toBe(200);
      const entry = (of: Page) =>
        history(of)
          .getByText(/Rolled back to no\./)
          .first()
          .waitFor();
      await entry(page);

      const { reader } = team;
      await reader.open(address);
      await entry(reader.page);
      await draft(reader.page).getByText('Waits').first().waitFor();
      for (const name of ['Publish now', 'Publish at once', 'Roll back'])
        expect(await button(reader.page, name).count()).toBe(0);
    });
  });
});
