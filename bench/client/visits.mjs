/* global window, document, performance, PerformanceObserver, requestAnimationFrame, getComputedStyle, innerWidth, innerHeight */
/** One visitor with one consent manager: what a first visit, a decision and a return cost. Times in ms, memory in KB. */

const SETTLE_MS = 700;
const PATIENCE_MS = 15_000;

/**
 * Runs in the page before all else: layout shifts, long tasks, clicks, and when something became visible. Nobody may ask the
 * page while a time is running: being asked takes the main thread as much work as some of what is measured.
 */
const observe = (banner) => {
  const seen = (window.seen = { shift: 0, tasks: [], clicked: undefined });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.tasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  window.addEventListener('click', () => (seen.clicked = performance.now()), true);
  const opacity = (element) =>
    element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1;
  window.isVisible = (selector) =>
    [...document.querySelectorAll(selector)].some((element) => {
      const { top, left, bottom, right, width, height } = element.getBoundingClientRect();
      const onScreen = width > 0 && height > 0 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
      return onScreen && getComputedStyle(element).visibility === 'visible' && opacity(element) > 0.5;
    });
  /** The time of the first frame in which it is visible. */
  window.whenVisible = (selector) =>
    new Promise((resolve) => {
      const look = () => (window.isVisible(selector) ? resolve(performance.now()) : requestAnimationFrame(look));
      requestAnimationFrame(look);
    });
  if (banner) seen.banner = window.whenVisible(banner);
  window.whenRan = (purpose) =>
    new Promise((resolve) => {
      const look = () => (window.ran?.[purpose] ? resolve(window.ran[purpose]) : setTimeout(look, 5));
      look();
    });
};

const bytesOf = (requests) => requests.reduce((sum, { bytes }) => sum + bytes, 0);

const within = (promise, what) => {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not happen within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
};

/** @param banner selector of what to look out for from the start */
export const openPage = async (browser, rate, { storageState, banner } = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, storageState });
  const page = await context.newPage();
  await page.addInitScript(observe, banner);
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
  // Time that the main thread worked, not that it waited for a processor: what else runs on the machine does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const metrics = async () =>
    Object.fromEntries((await session.send('Performance.getMetrics')).metrics.map(({ name, value }) => [name, value]));
  return { context, page, session, metrics };
};

/** A hand rests on what it is about to press; the shortest such pause of people is about that long. */
const HOVER_MS = 100;

/** A real click in the middle of the element. */
export const click = async (page, selector) => {
  const box = await page.locator(selector).first().boundingBox();
  const middle = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(...middle);
  await page.waitForTimeout(HOVER_MS);
  await page.mouse.click(...middle);
};

/** When the gated script of the visited page ran. */
const ranAt = async (page, name) => {
  await page.waitForTimeout(SETTLE_MS);
  return within(
    page.evaluate(() => window.whenRan('STATISTICS')),
    `${name}: gated script`,
  );
};

/** All visits of one visitor. `server.log` says what was requested. */
export const visitAll = async (browser, server, name, subject, rate) => {
  const result = {};
  const own = () => server.log.splice(0).filter(({ path }) => path.startsWith(`/${name}/`) && path !== `/${name}/`);
  const url = `${server.origin}/${name}/`;

  server.log.length = 0;
  const first = await openPage(browser, rate, { banner: subject.banner });
  await first.page.goto(url);
  await first.page.waitForTimeout(SETTLE_MS);
  if (subject.banner)
    result.banner = await within(
      first.page.evaluate(() => window.seen.banner),
      `${name}: banner`,
    );
  // What a late banner does when it is there belongs to it.
  await first.page.waitForTimeout(SETTLE_MS);
  const { ScriptDuration, TaskDuration } = await first.metrics();
  result.script = ScriptDuration * 1000;
  result.mainThread = TaskDuration * 1000;
  const { shift, tasks } = await first.page.evaluate(() => window.seen);
  result.shift = shift;
  result.longTasks = tasks.length;
  result.blocking = tasks.reduce((sum, duration) => sum + Math.max(0, duration - 50), 0);
  await first.session.send('HeapProfiler.collectGarbage');
  result.heap = (await first.metrics()).JSHeapUsedSize / 1024;
  const requests = own();
  result.requests = requests.length;
  result.bytesToBanner = bytesOf(requests) + server.inline[name];
  if (subject.open) {
    const visible = first.page.evaluate((selector) => window.whenVisible(selector), subject.dialog);
    await click(first.page, subject.open);
    const shown = await within(visible, `${name}: dialog`);
    result.dialog = shown - (await first.page.evaluate(() => window.seen.clicked));
    await first.page.waitForTimeout(SETTLE_MS);
    result.bytesToDialog = result.bytesToBanner + bytesOf(own());
  }
  await first.context.close();

  if (!subject.accept) return result;
  const second = await openPage(browser, rate);
  await second.page.goto(url);
  await within(
    second.page.evaluate((selector) => window.whenVisible(selector), subject.banner ?? subject.accept),
    `${name}: banner`,
  );
  await second.page.waitForTimeout(SETTLE_MS);
  await click(second.page, subject.accept);
  const ran = await ranAt(second.page, name);
  result.accept = ran - (await second.page.evaluate(() => window.seen.clicked));
  const storageState = await second.context.storageState();

  server.log.length = 0;
  await second.page.goto(url);
  result.returningWarm = await ranAt(second.page, name);
  await second.context.close();

  server.log.length = 0;
  const third = await openPage(browser, rate, { storageState });
  await third.page.goto(url);
  result.returningCold = await ranAt(third.page, name);
  result.bytesReturning = bytesOf(own()) + server.inline[name];
  await third.context.close();
  return result;
};
