/** The content codings that bytes are prepared in, the smallest first. */
export const encodings = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof encodings)[number];

/**
 * The coding to answer with, by `Accept-Encoding` (RFC 9110, section 12.5.3): the one with the highest weight,
 * of equal ones the smallest. null if nothing we have is acceptable.
 */
export const acceptedEncoding = (header: string | undefined): Encoding | null => {
  if (header === undefined) return 'identity';
  const weights = new Map<string, number>();
  for (const member of header.toLowerCase().split(',')) {
    const [coding = '', ...parameters] = member.split(';').map((part) => part.trim());
    const q = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    if (coding) weights.set(coding === 'x-gzip' ? 'gzip' : coding, q === undefined ? 1 : Number(q) || 0);
  }
  const any = weights.get('*');
  // Identity is acceptable unless it is excluded, but what was asked for comes first.
  const weight = (encoding: Encoding) =>
    weights.get(encoding) ?? any ?? (encoding === 'identity' ? Number.MIN_VALUE : 0);
  const best = encodings.reduce((a, b) => (weight(b) > weight(a) ? b : a));
  return weight(best) > 0 ? best : null;
};
