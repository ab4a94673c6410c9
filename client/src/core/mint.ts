import { isGranted, type Choice } from '../../../contract/choice';

/**
 * Gives a choice its subject at the first grant: 22 random characters of base64url, which is more than 128 bits, although
 * two of its 64 characters are left out. Every part of the UI brings it; after decisions by API it follows at once.
 */
export const mint = (choice: Choice): void => {
  if (choice.subject === '-' && Object.values(choice.entries).some(isGranted))
    choice.subject = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))
      .replace(/\W/g, '')
      .slice(0, 22);
};
