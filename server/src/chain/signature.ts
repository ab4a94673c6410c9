/**
 * The bytes of a signature in base64url; null where it is not written as it would be from them. The last character holds
 * bits that say nothing, and decoders skip what is no base64url: such a change must not go unnoticed.
 */
export const signatureBytes = (text: string): Buffer | null => {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : null;
};
