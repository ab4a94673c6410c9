import {
  MAX_EMAIL_LENGTH,
  MAX_MESSAGE_LENGTH,
  REQUEST_TYPES,
  type RequestPost,
  type RequestType,
} from '../../../../contract';
import { isLanguageTag, isSiteKey } from '../../publishing/public-request';

/** A request as it was sent, read and checked. */
export interface ReadRequest {
  type: RequestType;
  email: string;
  message: string;
  site: string;
  /** null: not said. */
  locale: string | null;
  altcha: unknown;
}

interface Problem {
  path: string[];
  message: string;
}

/**
 * One address, as a mail server takes it. It goes into a header of a mail, so no control characters, no spaces, no list, and
 * nothing that is a name with an address.
 */
const EMAIL = /^[^\s@<>(),;:"\\[\]\p{Cc}]{1,64}@[^\s@<>(),;:"\\[\]\p{Cc}]+\.[^\s@<>(),;:"\\[\].\p{Cc}]{2,}$/u;

// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

type Fields = { [Field in keyof RequestPost]?: unknown };

/** Reads the body of `POST …/requests`. */
export const readRequest = (body: unknown): { request: ReadRequest } | { problems: Problem[] } => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return { problems: [{ path: ['body'], message: 'The body must be a JSON object' }] };
  const { type, email, message = '', site = 'default', locale = null, altcha } = body as Fields;
  const problems: Problem[] = [];
  const expect = (holds: boolean, field: keyof RequestPost, text: string): void => {
    if (!holds) problems.push({ path: [field], message: `${field} ${text}` });
  };
  expect((REQUEST_TYPES as readonly unknown[]).includes(type), 'type', `must be one of ${REQUEST_TYPES.join(', ')}`);
  const address = typeof email === 'string' ? email.trim() : '';
  expect(address.length <= MAX_EMAIL_LENGTH && EMAIL.test(address), 'email', 'must be one e-mail address');
  const text = typeof message === 'string' ? message.replace(/\r\n?/g, '\n').trim() : null;
  expect(text !== null && !CONTROL.test(text), 'message', 'must be a text');
  expect((text?.length ?? 0) <= MAX_MESSAGE_LENGTH, 'message', `must have at most ${MAX_MESSAGE_LENGTH} characters`);
  expect(typeof site === 'string' && isSiteKey(site), 'site', 'must be the key of a site');
  expect(
    locale === null || (typeof locale === 'string' && isLanguageTag(locale)),
    'locale',
    'must be a language tag (BCP 47)',
  );
  if (problems.length > 0) return { problems };
  return {
    request: {
      type: type as RequestType,
      email: address,
      message: text!,
      site: site as string,
      locale: locale as string | null,
      altcha,
    },
  };
};
