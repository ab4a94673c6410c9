import { NextResponse, type NextRequest } from 'next/server';

/** A strict Content Security Policy with a nonce per answer; Next.js gives it to its own scripts, and Privacy Desk needs no more. */
export const proxy = (request: NextRequest) => {
  const nonce = btoa(crypto.randomUUID());
  const policy = [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    'frame-src https://www.youtube-nocookie.com',
    "object-src 'none'",
    "base-uri 'none'",
  ].join('; ');
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
};

export const config = { matcher: '/((?!api/|_next/|.*\\.).*)' };
