/** Requests per second that a URL is answered with, by wrk where it is installed, else by autocannon. */
import { spawnSync } from 'node:child_process';
import autocannon from 'autocannon';

const CONNECTIONS = 32;
const hasWrk = spawnSync('wrk', ['-v']).error === undefined;
export const generator = hasWrk ? 'wrk' : 'autocannon';

const withWrk = (url, seconds) => {
  const { stdout } = spawnSync('wrk', ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, url], { encoding: 'utf8' });
  const rate = Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
  if (!rate || /Non-2xx/.test(stdout)) throw new Error(`The load on ${url} failed:\n${stdout}`);
  return rate;
};

const withAutocannon = async (url, seconds) => {
  const result = await autocannon({ url, connections: CONNECTIONS, duration: seconds });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`The load on ${url} failed`);
  return result.requests.average;
};

export const requestsPerSecond = (url, seconds) => (hasWrk ? withWrk : withAutocannon)(url, seconds);

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Ratio of what was measured in turns, within each turn: a machine that others use, too, is not as fast in one as in the next. */
export const medianRatio = (values, others) => median(values.map((value, turn) => value / others[turn]));
