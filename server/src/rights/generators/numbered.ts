import type { Randomness } from './randomness';
import { laidOut, scrambled } from './shape';

/** Calling codes with two digits (ITU-T E.164); +1 and +7 have one, all others three. */
const TWO_DIGITS = /^(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** How many digits in front stay: those of the country and of the kind of number. */
const keptDigits = (text: string, digits: string): number => {
  const international = /^\s*\(?\+/.test(text) ? 0 : digits.startsWith('00') ? 2 : null;
  if (international === null) return digits.startsWith('0') ? 3 : digits.length === 10 ? 4 : 1;
  const number = digits.slice(international);
  if (number.startsWith('1')) return international + 5;
  const code = number.startsWith('7') ? 1 : TWO_DIGITS.test(number) ? 2 : 3;
  return international + code + 2;
};

const FEWEST_CHANGED = 4;

/** Another phone number of the same country, written in the same way. */
export const phoneLike = (text: string, what: string, randomness: Randomness): string => {
  const digits = text.replace(/\D/g, '');
  if (digits.length < FEWEST_CHANGED) return scrambled(text, what, randomness);
  const kept = Math.min(keptDigits(text, digits), digits.length - FEWEST_CHANGED);
  // Letters, as of an extension, say something of a person, too.
  const changed = digits.slice(0, kept) + scrambled(digits.slice(kept), what, randomness);
  return laidOut(text, changed, /\d/g).replace(/\p{L}+/gu, (letters) => scrambled(letters, what, randomness));
};

/** Remainder of a long number, digit by digit. */
const modulo97 = (digits: string): number => {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
};

/** The check digits of an IBAN (ISO 13616): letters count as 10 to 35. */
const ibanCheck = (country: string, account: string): string => {
  const digits = `${account}${country}00`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return String(98 - modulo97(digits)).padStart(2, '0');
};

const IBAN = /^([A-Z]{2})\d{2}([A-Z0-9]{8,30})$/;

/** Another IBAN of the same country and length, with right check digits, written in the same way. */
export const ibanLike = (text: string, what: string, randomness: Randomness): string => {
  const [, country, account] = IBAN.exec(text.replace(/[\s-]/g, '').toUpperCase()) ?? [];
  if (!country || !account) return scrambled(text, what, randomness);
  const other = scrambled(account, what, randomness);
  return laidOut(text, `${country}${ibanCheck(country, other)}${other}`, /[A-Za-z0-9]/g);
};

/** The last digit of a card number (ISO/IEC 7812: Luhn). */
const luhnDigit = (digits: string): string => {
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return String((10 - (sum % 10)) % 10);
};

/** Another card number of the same length and issuer network, with a right check digit, written in the same way. */
export const cardLike = (text: string, what: string, randomness: Randomness): string => {
  const digits = text.replace(/\D/g, '');
  if (digits.length < 12 || digits.length > 19) return scrambled(text, what, randomness);
  const body = digits[0] + scrambled(digits.slice(1, -1), what, randomness);
  return laidOut(text, body + luhnDigit(body), /\d/g);
};

/** Another number: within the limits if there are such, else with as many digits before and after the point. */
export const numberLike = (
  value: string,
  what: string,
  randomness: Randomness,
  { min, max }: { min?: number | undefined; max?: number | undefined },
): string => {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  if (whole === '') return scrambled(value, what, randomness);
  const scale = 10 ** fraction.length;
  if (whole.length + fraction.length > 15)
    return sign + (whole[0] + scrambled(whole.slice(1), what, randomness)) + (fraction && `.${fraction}`);
  const least = whole.length > 1 ? 10 ** (whole.length - 1) : 0;
  const range = sign ? [-(10 ** whole.length) + 1 / scale, -least] : [least, 10 ** whole.length - 1 / scale];
  const from = Math.ceil(Math.max(range[0]!, min ?? -Infinity) * scale);
  const to = Math.floor(Math.min(range[1]!, max ?? Infinity) * scale);
  const now = Math.round(Number(value) * scale);
  // Out of its own limits: nothing to choose from.
  if (from > to || now < from || now > to) return value;
  const made = (from + randomness.permute(what, now - from, to - from + 1)) / scale;
  return made.toFixed(fraction.length);
};
