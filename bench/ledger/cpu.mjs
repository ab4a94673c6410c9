/** Which processes used the processors; on Linux, elsewhere nothing is known. */
import fs from 'node:fs';
import os from 'node:os';

const TICK_SECONDS = 0.01;

const statOf = (pid) => {
  const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  const end = text.lastIndexOf(')');
  const fields = text.slice(end + 2).split(' ');
  return { name: text.slice(text.indexOf('(') + 1, end), fields };
};
const secondsOf = (fields, from) => (Number(fields[from]) + Number(fields[from + 1])) * TICK_SECONDS;

/** Seconds that a process has used, 0 if there is none. */
const ofProcess = (pid) => {
  try {
    return secondsOf(statOf(pid).fields, 11);
  } catch {
    return 0;
  }
};

/** Seconds that all processes of PostgreSQL have used, also those that have ended: they count to the one that started them. */
const ofDatabase = () => {
  let sum = 0;
  for (const pid of fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const { name, fields } = statOf(pid);
      if (name === 'postgres') sum += secondsOf(fields, 11);
    } catch {
      // It has ended.
    }
  return sum;
};

/** @returns seconds so far of these servers, the database, this process' children that have ended, and everything */
const used = (servers) => ({
  server: servers.reduce((sum, pid) => sum + ofProcess(pid), 0),
  database: ofDatabase(),
  load: secondsOf(statOf('self').fields, 13),
  all: os.cpus().reduce((sum, { times }) => sum + (times.user + times.nice + times.sys + times.irq) / 1000, 0),
});

/**
 * @param servers process ids
 * @param work resolves with how many requests were answered
 * @returns microseconds per request of servers, database and load generator, and which share of all processors was busy; null
 *   where that is not known
 */
export const cpuPerRequest = async (servers, work) => {
  const known = process.platform === 'linux';
  const before = known && used(servers);
  const from = performance.now();
  const count = await work();
  const seconds = (performance.now() - from) / 1000;
  if (!known) return null;
  const after = used(servers);
  const micros = (part) => Math.round(((after[part] - before[part]) * 1e6) / count);
  return {
    server: micros('server'),
    database: micros('database'),
    load: micros('load'),
    busy: (after.all - before.all) / (seconds * os.cpus().length),
  };
};

export const cpuText = (cpu, processors = os.cpus().length) =>
  cpu && `${cpu.server} + ${cpu.database} + ${cpu.load}; ${processors} processors ${Math.round(cpu.busy * 100)} % busy`;
