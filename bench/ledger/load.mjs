/**
 * Posts consents over keep-alive connections, each waiting for its answer before the next; in a process of its own. Plain
 * sockets and prepared bytes, so that it takes as little of the machine as can be.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Requests a second that are prepared beforehand, so that making them is no part of what is measured. */
const PREPARED = 12_000;

const requestOf = ({ path, version }) => {
  const id = randomUUID();
  const body = JSON.stringify({
    id,
    site: 'default',
    locale: 'en',
    configVersion: version,
    subject: randomBytes(16).toString('base64url'),
    choices: { MARKETING: false, STATISTICS: true },
    source: 'save',
    decidedAt: new Date().toISOString(),
  });
  const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  return { id, text: head + body };
};

const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** One connection; `next` sends a request and resolves with its status. */
const connect = (port) =>
  new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    let received = '';
    let waiting = null;
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      received += chunk;
      const end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(received)?.[1] ?? 0);
      if (received.length < end + 4 + length) return;
      const status = Number(received.slice(9, 12));
      received = '';
      waiting?.(status);
    });
    const broken = () => waiting?.(0);
    socket.on('close', broken);
    socket.once('error', (error) => (broken(), reject(error)));
    socket.once('connect', () =>
      resolve({
        next: (text) =>
          new Promise((answered) => {
            waiting = answered;
            if (socket.destroyed) answered(0);
            else socket.write(text);
          }),
        close: () => socket.destroy(),
      }),
    );
  });

/** @param rate requests per second over all connections; 0: as many as are answered */
const run = async ({ port, path, version, connections, seconds, rate = 0, keepIds = false }) => {
  const stock = Array.from({ length: rate > 0 || keepIds ? PREPARED : PREPARED * seconds }, () =>
    requestOf({ path, version }),
  );
  const latencies = [];
  const acknowledged = [];
  const statuses = {};
  process.send('started');
  const start = performance.now();
  const end = start + seconds * 1000;
  let sent = 0;
  let alive = true;
  const work = async () => {
    const connection = await connect(port).catch(() => null);
    while (connection && alive && performance.now() < end) {
      if (rate > 0) {
        const due = start + (sent * 1000) / rate;
        sent += 1;
        const wait = due - performance.now();
        if (wait > 0) await pause(wait);
      }
      const { id, text } = stock.pop() ?? requestOf({ path, version });
      const from = performance.now();
      const status = await connection.next(text);
      if (status === 0) {
        alive = keepIds ? false : alive;
        break;
      }
      latencies.push(performance.now() - from);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (keepIds && status === 201) acknowledged.push(id);
    }
    connection?.close();
  };
  await Promise.all(Array.from({ length: connections }, work));
  const elapsed = (performance.now() - start) / 1000;
  latencies.sort((a, b) => a - b);
  return {
    perSecond: (statuses[201] ?? 0) / elapsed,
    statuses,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    acknowledged,
  };
};

process.on('message', async (task) => process.send(await run(task)));
process.send('ready');
