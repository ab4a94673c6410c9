import type { Browser, Page } from 'playwright-core';
import { openAdminPanel, type AdminPanel } from '../../support/admin-panel';
import { useScheme } from '../../support/admin-team';
import { launchBrowser } from '../../support/browser';
import { startDemo, type Demo } from '../../support/demo';
import { logIn, type Editor } from '../../support/demo-editor';

const list = '/content-manager/collection-types/plugin::privacy-desk.tracking-item';
const field = '[role="group"]:has([data-target="add"])';

let demo: Demo;
let browser: Browser;
let panel: AdminPanel;
let page: Page;
let editor: Editor;
let documentId: string;

beforeAll(async () => {
  demo = await startDemo();
  editor = await logIn(demo);
  ({ documentId } = await editor.create('tracking-item', {
    key: 'admin-test',
    name: 'Admin test',
    storage: [{ name: 'first', match: 'exact', kind: 'cookie', lifetime: 'session', purpose: 'Comes first.' }],
  }));
  browser = await launchBrowser();
  panel = await openAdminPanel(browser, demo);
  page = panel.page;
  page.on('dialog', (dialog) => void dialog.accept());
}, 900_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

const edit = async (locale: string) => {
  await panel.open(`${list}/${documentId}?plugins[i18n][locale]=${locale}`);
  await page.waitForSelector('[data-row]');
  // The Content Manager builds its form anew when it has all it asked for; on a slow machine that is later.
  await page.waitForLoadState('networkidle');
  await page.waitForSelector('[data-row]');
};
const save = async () => {
  const answer = page.waitForResponse((response) => response.request().method() === 'PUT');
  await page.getByRole('button', { name: 'Save' }).click();
  return (await answer).status();
};
/** Opens the list that has the focus, goes to an option and takes it, by keyboard. */
const chooseByKeyboard = async (option: string, arrow: 'ArrowDown' | 'ArrowUp' = 'ArrowDown') => {
  const focused = page.locator('[role="option"]:focus');
  // A key that comes while a list is still opening or closing is lost on a slow machine: then it is pressed again.
  for (let tries = 0; tries < 10 && (await focused.count()) === 0; tries++) {
    await page.keyboard.press('Enter');
    await focused.waitFor({ timeout: 2000 }).catch(() => {});
  }
  for (let text = await focused.innerText(), tries = 0; text !== option && tries < 30; tries++) {
    await page.keyboard.press(arrow);
    await page
      .waitForFunction((before) => document.activeElement?.textContent !== before, text, { timeout: 1000 })
      .catch(() => {});
    text = await focused.innerText();
  }
  await page.keyboard.press('Enter');
  await page.waitForSelector('[role="option"]', { state: 'detached' });
  // Where "Tab" goes on from.
  await page.waitForSelector('[role="combobox"]:focus');
};
const input = (label: string) => page.getByLabel(label, { exact: true });

describe('Side panel of the Content Manager', () => {
  it('says how an entry stands, and shows what visitors see of it in the language that is edited', async () => {
    await edit('de');
    const side = page.getByRole('complementary').or(page.locator('aside'));
    await side.getByText('Live on the websites').waitFor();
    await side.getByRole('button', { name: 'Preview' }).click();
    const dialog = page.getByRole('dialog', { name: 'Preview' });
    const frame = dialog.frameLocator('iframe');
    await frame.locator('dialog[data-privacy-part="settings"]').getByText('Auswahl speichern').waitFor();
    await dialog.getByRole('button', { name: 'Close modal' }).click(); // The keyboard is with the settings in the frame.
    await dialog.waitFor({ state: 'detached' });
    expect(await panel.violations('div:has(> a[href*="inventory?item="])')).toEqual([]);
  });
});

describe('Settings section', () => {
  it.each(['dark', 'light'])(
    'tells what the server was started with, without accessibility problems, %s',
    async (theme) => {
      await useScheme(page, theme);
      await panel.open('/settings/privacy-desk');
      await page.getByRole('heading', { level: 1, name: 'Privacy Desk' }).waitFor();
      await page.getByRole('region', { name: 'Keys' }).getByText('Former master key').waitFor();
      expect(await panel.violations('main')).toEqual([]);
      await panel.open('/');
    },
  );
});

describe('Homepage widget', () => {
  it('says what is live, what visitors decided and what needs attention, as the menu does', async () => {
    await panel.open('/');
    await page.getByText('Northlight Coffee', { exact: true }).first().waitFor();
    await page.getByRole('link', { name: '1 tracking item has no category' }).waitFor();
    await page.locator('nav a[href$="/plugins/privacy-desk"]').getByText('1', { exact: true }).waitFor();
    expect(await panel.violations('div:has(> a[href*="inventory?category=none"])')).toEqual([]);
  });
});

describe('Overview page', () => {
  it('is reached from the menu and shows what is live', async () => {
    await page.getByRole('link', { name: 'Privacy Desk' }).click();
    await page.getByRole('heading', { level: 1, name: 'Privacy Desk' }).waitFor();
    const live = page.getByRole('region', { name: 'On the website' });
    await live.getByText('Live', { exact: true }).waitFor();
    expect(await page.getByRole('region', { name: 'Statistics' }).getByRole('row').count()).toBeGreaterThan(1);
    const tag = await page.getByRole('region', { name: 'Script tag' }).innerText();
    expect(tag).toContain(
      `<script src="${demo.strapiUrl}/api/privacy-desk/client.js?site=default&locale=en"></script>`,
    );
  });

  it.each(['light', 'dark'])('has no accessibility problem that axe can find, %s', async (theme) => {
    await page.evaluate((name) => localStorage.setItem('STRAPI_THEME', name), theme);
    await panel.open('/plugins/privacy-desk');
    await page.getByRole('region', { name: 'On the website' }).waitFor();
    expect(await panel.violations('main')).toEqual([]);
  });

  it('asks visitors again about a category', async () => {
    const marketing = page.getByRole('region', { name: 'Marketing' });
    const revision = async () => Number(/Revision (\d+)/.exec(await marketing.innerText())?.[1]);
    const before = await revision();
    await marketing.getByRole('button', { name: 'Ask again' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Confirm' }).click();
    await marketing.getByText(`Revision ${before + 1}`).waitFor();
  });
});

describe('an Editor who may only read the overview', () => {
  it('sees it and is offered nothing else, by no address and by no route of the server', async () => {
    const reader = await openAdminPanel(browser, demo, await editor.colleague(['overview.read']));
    const main = reader.page.getByRole('main');
    await reader.open('/plugins/privacy-desk');
    await main.getByRole('region', { name: 'On the website' }).waitFor();
    expect(await reader.violations('main')).toEqual([]);
    const pages = reader.page.getByRole('navigation', { name: 'Privacy Desk' }).getByRole('link');
    expect(await pages.allInnerTexts()).toEqual(['Overview']);
    expect(await main.getByRole('link', { name: 'Set-up assistant' }).count()).toBe(0);
    expect(await main.getByRole('button', { name: 'Ask again' }).count()).toBe(0);
    for (const path of ['inventory', 'translations', 'appearance', 'publishing', 'ledger', 'install', 'setup']) {
      await reader.open(`/plugins/privacy-desk/${path}`);
      await main.getByText(/Your role does not include this page/).waitFor();
    }
    await reader.page.context().close();
  });
});

describe('table editor for storage entries', () => {
  it('is filled in, ordered and saved by keyboard alone', async () => {
    await edit('en');
    await page.getByRole('button', { name: 'Add a storage entry' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('second');
    await page.keyboard.press('Tab');
    await chooseByKeyboard('Prefix');
    await page.keyboard.press('Tab');
    await chooseByKeyboard('Local storage');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await chooseByKeyboard('days', 'ArrowUp');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.type('90');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Comes second.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowUp');
    expect(await input('Name, entry 1').inputValue()).toBe('second');
    expect(await save()).toBe(200);

    await edit('en');
    const { storage } = await editor.find('tracking-item', 'admin-test');
    expect(storage).toEqual([
      {
        id: expect.any(String),
        name: 'second',
        match: 'prefix',
        kind: 'localStorage',
        lifetime: 90 * 86_400,
        purpose: 'Comes second.',
      },
      expect.objectContaining({ name: 'first', lifetime: 'session', purpose: 'Comes first.' }),
    ]);
    expect(await input('Name, entry 1').inputValue()).toBe('second');
  });

  it('keeps what the server refuses, and says why at the cell', async () => {
    await edit('en');
    await input('Purpose in English, entry 2').fill('Is not lost.');
    // What the table cannot send: something that only the server refuses.
    await page.route(`**/${documentId}?*`, (route, request) =>
      request.method() === 'PUT'
        ? route.continue({ postData: request.postData()!.replace('"kind":"cookie"', '"kind":"crumb"') })
        : route.continue(),
    );
    const purpose = input('Purpose in English, entry 2');
    const painted = await purpose.evaluateHandle((textarea) => {
      const values = new Set<string>();
      const look = () => {
        values.add((textarea as HTMLTextAreaElement).value);
        requestAnimationFrame(look);
      };
      look();
      return values;
    });
    expect(await save()).toBe(400);
    await page.unroute(`**/${documentId}?*`);
    const row = page.locator('[data-row]').nth(1);
    await row.getByText('"crumb" is not one of').waitFor();
    // The Content Manager takes the edit back; when there is something to save again, it has been given back.
    await page.getByRole('button', { name: 'Save', disabled: false }).waitFor();
    expect(await painted.evaluate((values) => [...values])).toEqual(['Is not lost.']);
    expect(await purpose.inputValue()).toBe('Is not lost.');
    expect(await save()).toBe(200);
  });

  it('has a purpose per language, and the facts in all of them', async () => {
    await edit('de');
    await page.locator(field).getByText('Comes second.').waitFor();
    await page.locator('input[name="name"]').fill('Admin-Test');
    await input('Purpose in German, entry 1').fill('Kommt als Zweites.');
    expect(await save()).toBe(200);
    await edit('en');
    expect(await input('Purpose in English, entry 1').inputValue()).toBe('Comes second.');
    await edit('de');
    expect(await input('Name, entry 2').inputValue()).toBe('first');
    expect(await input('Purpose in German, entry 1').inputValue()).toBe('Kommt als Zweites.');
  });

  it.each([1440, 768])('has no accessibility problem that axe can find, %d pixels wide', async (width) => {
    await page.setViewportSize({ width, height: 1000 });
    await edit('de');
    await input('Name, entry 1').fill('');
    await input('Name, entry 1').blur();
    expect(await panel.violations(field)).toEqual([]);
  });
});
