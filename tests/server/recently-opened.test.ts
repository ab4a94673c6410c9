import { createRecentlyOpened } from '../../server/src/fields/recently-opened';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('keeps what was opened, and forgets what nobody asks for any more', () => {
  const recent = createRecentlyOpened();
  expect(recent.get('sealed')).toBeUndefined();
  recent.keep('sealed', 'plain');
  recent.keep('other', 'text');
  jest.advanceTimersByTime(61_000);
  expect(recent.get('sealed')).toBe('plain');
  jest.advanceTimersByTime(60_000);
  expect(recent.get('other')).toBeUndefined();
  expect(recent.get('sealed')).toBe('plain');
  jest.advanceTimersByTime(180_000);
  expect(recent.get('sealed')).toBeUndefined();
  expect(jest.getTimerCount()).toBe(0);
});

it('keeps no more than fits, and nothing very long', () => {
  const recent = createRecentlyOpened();
  recent.keep('long', 'x'.repeat(30_000));
  expect(recent.get('long')).toBeUndefined();
  recent.keep('first', 'plain');
  for (let index = 0; index < 1000; index++) recent.keep(`sealed ${index}`, 'x'.repeat(10_000));
  expect(recent.get('first')).toBeUndefined();
  expect(recent.get('sealed 999')).toHaveLength(10_000);
});
