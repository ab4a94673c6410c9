import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { VerifyReport } from '../../server/src/ledger/verify';
import type { createPublishingService } from '../../server/src/publishing/service';
import type { TestDatabase } from './strapi';

type Publishing = ReturnType<typeof createPublishingService>;
type Method = 'refresh' | 'askAgain' | 'status';

/** Another instance of Strapi: one process can hold but one, and SQLite locks whole processes out. */
export interface StrapiProcess {
  /** For instance `http://127.0.0.1:41234`. */
  url: string;
  /** Calls a method of its publishing service. */
  publishing<M extends Method>(
    method: M,
    ...parameters: Parameters<Publishing[M]>
  ): Promise<Awaited<ReturnType<Publishing[M]>>>;
  /** Verifies its ledger. */
  verify(): Promise<VerifyReport>;
  /** Ends it at once, as a failing machine does. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export const startStrapiProcess = async (
  database: TestDatabase,
  config: Record<string, unknown> = {},
  /** Another application than tests/fixtures/strapi-app. */
  appDir?: string,
): Promise<StrapiProcess> => {
  const child = fork(path.join(__dirname, 'strapi-child.cjs'), {
    env: {
      ...process.env,
      ...database.env,
      NODE_ENV: 'test',
      STRAPI_TELEMETRY_DISABLED: 'true',
      PRIVACY_DESK_CONFIG: JSON.stringify(config),
      ...(appDir && { TEST_APP_DIR: appDir }),
    },
    execArgv: [],
  });
  const [first] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('The other Strapi did not start'))),
  ])) as [{ port: number }];
  let last = 0;
  const call = <Result>(service: string, method: string, parameters: unknown[]): Promise<Result> =>
    new Promise((resolve, reject) => {
      const id = (last += 1);
      const listen = (answer: { id: number; result?: never; error?: string }) => {
        if (answer.id !== id) return;
        child.off('message', listen);
        if (answer.error === undefined) resolve(answer.result!);
        else reject(new Error(answer.error));
      };
      child.on('message', listen);
      child.send({ id, service, method, parameters });
    });
  return {
    url: `http://127.0.0.1:${first.port}`,
    publishing: (method, ...parameters) => call('publishing', method, parameters),
    verify: () => call('ledger', 'verify', []),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    stop: async () => {
      child.send({ method: 'exit' });
      await once(child, 'exit');
    },
  };
};
