import type { IncomingMessage } from 'node:http';
import type { Failure } from './failure';

export interface BodyLimits {
  maxBytes: number;
  /** A body that has not come as a whole within this time is given up. */
  timeoutMs: number;
}

/** After an early answer the rest of the body is not waited for. */
const CLOSE = { Connection: 'close' };

const decoder = new TextDecoder('utf-8', { fatal: true });
const mediaType = /^(application\/json|text\/plain)\s*(;\s*charset\s*=\s*"?utf-?8"?\s*)?;?\s*$/i;

const headerFailure = ({ headers }: IncomingMessage, maxBytes: number): Failure | null => {
  if (Number(headers['content-length']) > maxBytes) return tooLarge(maxBytes);
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    return { status: 400, message: 'The body must not be compressed', path: ['content-encoding'], headers: CLOSE };
  if (!mediaType.test(headers['content-type'] ?? ''))
    return {
      status: 400,
      message: 'The body must be application/json or text/plain, in UTF-8',
      path: ['content-type'],
      headers: CLOSE,
    };
  return null;
};

const tooLarge = (maxBytes: number): Failure => ({
  status: 413,
  message: `The body must have at most ${maxBytes} bytes`,
  headers: CLOSE,
});

/**
 * Reads a small JSON body: no more memory than the limit, no more time than the limit, whatever the client does.
 *
 * @returns the value; null if the client went away; what to answer if it is none
 */
export const readJsonBody = (
  request: IncomingMessage,
  { maxBytes, timeoutMs }: BodyLimits,
  done: (body: { value: unknown } | { failure: Failure } | null) => void,
): void => {
  const early = headerFailure(request, maxBytes);
  if (early) return done({ failure: early });
  const chunks: Buffer[] = [];
  let length = 0;
  let over = false;
  const finish = (body: Parameters<typeof done>[0]): void => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    request.off('data', onData);
    done(body);
  };
  const onData = (chunk: Buffer): void => {
    length += chunk.length;
    if (length > maxBytes) finish({ failure: tooLarge(maxBytes) });
    else chunks.push(chunk);
  };
  const timer = setTimeout(
    () => finish({ failure: { status: 408, message: 'The body did not come in time', headers: CLOSE } }),
    timeoutMs,
  );
  request.on('data', onData);
  request.once('end', () => finish(parse(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))));
  request.once('error', () => finish(null));
  request.once('close', () => finish(null));
};

const parse = (bytes: Buffer): { value: unknown } | { failure: Failure } => {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return { failure: { status: 400, message: 'The body is no valid UTF-8', path: ['body'] } };
  }
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return { failure: { status: 400, message: 'The body is no valid JSON', path: ['body'] } };
  }
};
