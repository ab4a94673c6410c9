import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { acceptedEncoding, type Encoding } from './accepted-encoding';
import { sendFailure } from './failure';
import { matchesEtag } from './matches-etag';

const gzip = promisify(zlib.gzip);
const brotli = promisify<Buffer, zlib.BrotliOptions, Buffer>(zlib.brotliCompress);

const brotliOptions = (quality: number, size: number): zlib.BrotliOptions => ({
  params: { [zlib.constants.BROTLI_PARAM_QUALITY]: quality, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: size },
});

/**
 * Larger bodies are kept compressed only; the rare client that wants them plain gets them unpacked as they are sent.
 * They are compressed once, moderately: brotli 11 takes a second for half a megabyte, times sites and locales.
 */
const LARGE_BYTES = 128 * 1024;
const quick = { gzip: 1, brotli: 4 };
const moderate = { gzip: 6, brotli: 5 };
const best = { gzip: 9, brotli: 11 };

interface Representation {
  /** null: unpacked when sent. */
  body: Buffer | null;
  /** Flat list of names and values, as `writeHead` takes it without further work. */
  headers: string[];
  /** Those of a 304. */
  notModified: string[];
}

/** An answer whose bytes were made beforehand: sending it takes no serialising, no compression, no hashing. */
export interface Prepared {
  /** Entity tag without quotes. */
  readonly tag: string;
  /** gzip of the body, for storing. */
  readonly gzip: Buffer;
  /** Replaces the quickly compressed bytes by the best ones; the work is done in zlib's threads. */
  improve(): Promise<void>;
  send(request: IncomingMessage, response: ServerResponse): void;
  /** Sends the same to this visitor alone: it depends on more than the URL, so nobody may keep it. */
  sendPrivately(request: IncomingMessage, response: ServerResponse): void;
}

export interface PreparedOptions {
  contentType: string;
  cacheControl: string;
  tag: string;
}

const PRIVATE = 'private, no-store';

/** The same headers, but nobody may keep the answer. */
const privateHeaders = (headers: readonly string[]): string[] => {
  const copy = [...headers];
  copy[copy.indexOf('Cache-Control') + 1] = PRIVATE;
  return copy;
};

/** Compresses `identity` quickly; call `improve` when there is time. */
export const prepare = async (
  identity: Buffer,
  { contentType, cacheControl, tag }: PreparedOptions,
): Promise<Prepared> => {
  const common = [
    'Cache-Control',
    cacheControl,
    'Vary',
    'Accept-Encoding',
    'Access-Control-Allow-Origin',
    '*',
    'Cross-Origin-Resource-Policy',
    'cross-origin',
  ];
  const represent = (encoding: Encoding, length: number, body: Buffer | null): Representation => {
    // Compressed bytes are replaced by better ones under the same tag, so only the plain ones can have a strong one.
    const etag = encoding === 'identity' ? `"${tag}"` : `W/"${tag}"`;
    return {
      body,
      headers: [
        'Content-Type',
        contentType,
        'Content-Length',
        String(length),
        ...(encoding === 'identity' ? [] : ['Content-Encoding', encoding]),
        'ETag',
        etag,
        'X-Content-Type-Options',
        'nosniff',
        ...common,
      ],
      notModified: ['ETag', etag, ...common],
    };
  };
  const { length } = identity;
  const large = length > LARGE_BYTES;
  const quality = large ? moderate : quick;
  const [quickGzip, quickBrotli] = await Promise.all([
    gzip(identity, { level: quality.gzip }),
    brotli(identity, brotliOptions(quality.brotli, length)),
  ]);
  const representations: Record<Encoding, Representation> = {
    identity: represent('identity', length, large ? null : identity),
    gzip: represent('gzip', quickGzip.length, quickGzip),
    br: represent('br', quickBrotli.length, quickBrotli),
  };
  let improved = large;

  const zipped = (): Buffer => representations.gzip.body!;

  const sendUnpacked = (response: ServerResponse): void => {
    const unpack = zlib.createGunzip();
    // A client that goes away is no error of ours; the pipeline closes what is left open.
    pipeline(unpack, response, () => {});
    unpack.end(zipped());
  };

  const answer = (request: IncomingMessage, response: ServerResponse, isPrivate: boolean): void => {
    const encoding = acceptedEncodingOf(request.headers['accept-encoding']);
    if (!encoding) {
      sendFailure(response, {
        status: 406,
        message: 'None of the content codings that are accepted is available: br, gzip, identity',
        headers: { Vary: 'Accept-Encoding' },
      });
      return;
    }
    const { body, headers, notModified } = representations[encoding];
    const known = request.headers['if-none-match'];
    if (known !== undefined && matchesEtag(known, tag)) {
      response.writeHead(304, isPrivate ? privateHeaders(notModified) : notModified);
      response.end();
      return;
    }
    response.writeHead(200, isPrivate ? privateHeaders(headers) : headers);
    if (request.method === 'HEAD') response.end();
    else if (body === null) sendUnpacked(response);
    else response.end(body);
  };

  return {
    tag,
    get gzip() {
      return zipped();
    },
    async improve() {
      if (improved) return;
      improved = true;
      const plain = representations.identity.body!;
      const smaller = await brotli(plain, brotliOptions(best.brotli, length));
      representations.br = represent('br', smaller.length, smaller);
      const zippedSmaller = await gzip(plain, { level: best.gzip });
      representations.gzip = represent('gzip', zippedSmaller.length, zippedSmaller);
    },
    send: (request, response) => answer(request, response, false),
    sendPrivately: (request, response) => answer(request, response, true),
  };
};

const REMEMBERED_HEADERS = 200;
const negotiated = new Map<string | undefined, Encoding | null>();

/** Browsers send a handful of different `Accept-Encoding` headers, so their meaning is remembered. */
const acceptedEncodingOf = (header: string | undefined): Encoding | null => {
  let encoding = negotiated.get(header);
  if (encoding === undefined) {
    encoding = acceptedEncoding(header);
    if (negotiated.size >= REMEMBERED_HEADERS) negotiated.clear();
    if (!header || header.length < 200) negotiated.set(header, encoding);
  }
  return encoding;
};
