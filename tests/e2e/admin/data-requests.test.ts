import { randomUUID } from 'node:crypto';
import type { RequestDetails, RequestPage, RequestType } from '../../../contract';
import { button, startTeam, useScheme, type AdminTeam } from '../../support/admin-team';
import { requester } from '../../support/data-requests';
import { logIn } from '../../support/demo-editor';
import { eventually } from '../../support/eventually';

const address = '/plugins/privacy-desk/requests';

let team: AdminTeam;
/** Id of the request that was sent last: one address may send ten an hour. */
let latest: string;

const find = async (email: string): Promise<RequestDetails> => {
  const { editor } = team;
  const found = await editor.request<RequestPage>('POST', '/privacy-desk/requests/search', { search: email });
  return editor.request<RequestDetails>('GET', `/privacy-desk/requests/${found.rows[0]!.id}`);
};
/** What a person sends on the website. */
const received = async (type: RequestType, more: { message?: string; locale?: string } = {}) => {
  const email = `${randomUUID()}@example.com`;
  const { strapiUrl, websiteUrl } = team.demo;
  const answer = await requester(strapiUrl).send({ type, email, locale: 'en', ...more }, { origin: websiteUrl });
  if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`);
  const details = await find(email);
  latest = details.id;
  return details;
};
const confirmed = async (...asked: Parameters<typeof received>): Promise<RequestDetails> => {
  const { id, version } = await received(...asked);
  const reason = 'Known by phone';
  return team.editor.request<RequestDetails>('POST', `/privacy-desk/requests/${id}/confirm`, { version, reason });
};

beforeAll(async () => {
  team = await startTeam(['requests.read']);
}, 900_000);
afterAll(() => team?.stop());

describe('Data requests page', () => {
  it('leads from a request that came by the website to its answer', async () => {
    const { email, reference } = await received('access', { message: 'What do you know of me?' });
    const { page, open } = team.admin;
    await open(address);
    await page.getByText('Links in mails lead to').waitFor();
    await page.getByRole('row').filter({ hasText: email! }).getByRole('link', { name: reference }).click();
    await page.getByText('What do you know of me?').waitFor();

    await button(page, 'Confirm identity').click();
    await page.getByRole('textbox', { name: 'How you know who it is' }).fill('Called back at the number we have');
    await button(page, 'Confirm').click();
    await page.getByText('The person has proved who they are.').waitFor();
    await page.getByText('Called back at the number we have').waitFor();

    await button(page, 'Assign to me').click();
    await page
      .getByText(/^Assigned to (?!nobody)/)
      .last()
      .waitFor();
    await button(page, 'Begin work').click();
    await page.getByText('Work began').waitFor();
    await button(page, 'Answer').click();
    await page.getByRole('textbox', { name: 'Your answer' }).fill('We know your address, and nothing else.');
    await button(page, 'Send the answer').click();
    await page.getByText('Nothing more is to be done.').waitFor();

    const answered = await find(email!);
    expect(answered).toMatchObject({ state: 'answered', assignee: { id: expect.anything() } });
    expect(answered.events.find(({ kind }) => kind === 'answered')!.text).toBe(
      'We know your address, and nothing else.',
    );
    await page.getByRole('link', { name: 'Data requests', exact: true }).first().click();
    await page.getByRole('row').filter({ hasText: reference }).getByText('Answered').waitFor();
  });

  it('sends the link to the data with one click', async () => {
    const { id, email } = await confirmed('portability');
    const { page, open } = team.admin;
    await open(`${address}/${id}`);
    await button(page, 'Send their data').click();
    await button(page, 'Send the link').click();
    await page.getByText('Answered with the link to the data').waitFor();
    expect(await find(email!)).toMatchObject({ state: 'answered' });
  });

  it('erases after a dry run, for good', async () => {
    const { id, email } = await confirmed('erasure');
    const account = { username: email, email, password: 'Passw0rd!' };
    const call = (path: string, body: object) =>
      fetch(`${team.demo.strapiUrl}/api/auth/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await call('local/register', account)).status).toBe(200);
    const { page, open, violations } = team.admin;
    await open(`${address}/${id}`);
    await button(page, 'Erase their data').click();
    const dialog = page.getByRole('dialog', { name: 'Erase their data' });
    await dialog.getByText(`the account ${email}`).waitFor();
    await dialog.getByText('1 entry').first().waitFor();
    expect(await violations('[role="dialog"]')).toEqual([]);
    expect(await dialog.getByRole('button', { name: 'Erase for good' }).isDisabled()).toBe(true);
    await dialog.getByRole('checkbox').check();
    await dialog.getByRole('button', { name: 'Erase for good' }).click();
    await page.getByText('Data erased', { exact: true }).waitFor();
    expect((await call('local', { identifier: email, password: account.password })).status).toBe(400);
  });

  it('tells who was slower, and loses nothing that was typed', async () => {
    const { id, version } = await confirmed('objection');
    const { page, open, violations } = team.admin;
    await open(`${address}/${id}`);
    await button(page, 'Refuse').click();
    await page.getByRole('combobox', { name: 'Reason to begin with' }).click();
    await page.getByRole('option', { name: 'The right does not apply' }).click();
    const reason = page.getByRole('textbox', { name: 'Reason' });
    expect(await reason.inputValue()).toContain('The conditions of the right that you invoke');
    await reason.fill('Not applicable to invoices');
    expect(await violations('[role="dialog"]')).toEqual([]);
    await team.editor.request('POST', `/privacy-desk/requests/${id}/start`, { version });
    await button(page, 'Refuse the request').click();
    await page.getByText(/It is now: In progress/).waitFor();
    expect(await reason.inputValue()).toBe('Not applicable to invoices');
    await button(page, 'Refuse the request').click();
    await page.getByText('Nothing more is to be done.').waitFor();
  });

  it('finds by address without putting it in the address bar', async () => {
    const { email, reference } = await confirmed('restriction');
    const { page, open } = team.admin;
    // With the row of the headings.
    const onlyOne = () => eventually(async () => expect(await page.getByRole('row').count()).toBe(2));
    await open(address);
    await page.getByRole('searchbox', { name: 'Search the requests' }).fill(email!);
    await onlyOne();
    await page.getByRole('link', { name: reference }).click();
    await page.getByRole('heading', { name: reference }).waitFor();
    expect(page.url()).not.toContain('example.com');
    await page.goBack();
    await onlyOne();
  });

  it('has templates of one’s own, and the built-in ones again', async () => {
    const { page, open } = team.admin;
    await open(`${address}?part=templates&mail=confirm&locale=en`);
    const body = page.getByRole('textbox', { name: 'Text' });
    await body.fill('Without a link');
    await button(page, 'Save').click();
    await page.getByText('{until} must not be missing.').waitFor();
    await body.fill('Own words, until {until}: {link}');
    await button(page, 'Save').click();
    await page.getByText('The template is saved.').first().waitFor();
    await button(page, 'Take the built-in one again').click();
    await page.getByText('The built-in template is back.').first().waitFor();
    await eventually(async () => expect(await body.inputValue()).toContain('Hello,'));
  });

  it.each([
    ['light', 1440, '', 'Search the requests'],
    ['dark', 768, '', 'Search the requests'],
    ['dark', 1440, '?part=statistics', 'By month of receipt'],
    ['light', 768, '?part=statistics', 'By month of receipt'],
    ['light', 1440, '?part=templates', 'Please confirm'],
    ['dark', 768, '?part=templates', 'Please confirm'],
    ['light', 768, '/:id', 'History'],
    ['dark', 1440, '/:id', 'History'],
  ])('has no accessibility problem that axe can find: %s, %d pixels wide, %s', async (theme, width, rest, shown) => {
    const { page, open, violations } = team.admin;
    await useScheme(page, theme);
    await page.setViewportSize({ width, height: 1000 });
    await open(`${address}${rest.replace(':id', latest)}`);
    await (rest === '' ? page.getByRole('row').nth(1) : page.getByRole('heading', { name: shown })).waitFor();
    expect(await violations('main')).toEqual([]);
  });
});

describe('an Editor who may only read', () => {
  it('sees requests and cannot act; the server refuses it, too', async () => {
    const { id, email, version } = await confirmed('access', { message: 'Only to be read' });
    const { page, open } = team.reader;
    await open(address);
    await page.getByRole('row').filter({ hasText: email! }).getByRole('link').click();
    await page.getByText('Only to be read').waitFor();
    await page.getByText('Your role may read requests, but not handle them.').waitFor();
    expect(await page.locator('main').getByRole('button').allTextContents()).toEqual(['Load again']);
    await page.getByRole('link', { name: 'Data requests', exact: true }).first().click();
    await page.getByRole('tab').first().waitFor();
    expect(await page.getByRole('tab').allTextContents()).toEqual(['Inbox', 'Handling times']);

    const reader = await logIn({ ...team.demo, ...(await team.editor.colleague(['requests.read'])) });
    for (const action of ['answer', 'refuse', 'export', 'erase', 'assign'])
      await expect(reader.request('POST', `/privacy-desk/requests/${id}/${action}`, { version })).rejects.toThrow(
        ': 403',
      );
    await expect(reader.request('GET', `/privacy-desk/requests/${id}/erasure`)).rejects.toThrow(': 403');
    await expect(reader.request('GET', '/privacy-desk/request-templates')).rejects.toThrow(': 403');
  });
});
