import type { Random, Randomness } from './randomness';

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();

/** Letters of scripts without upper and lower case, or with others than Latin. */
const scripts: [RegExp, string][] = [
  [/\p{Script=Cyrillic}/u, 'абвгдежзиклмнопрстуфхцчшщыэюя'],
  [/\p{Script=Greek}/u, 'αβγδεζηθικλμνξοπρστυφχψω'],
  [/\p{Script=Arabic}/u, 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي'],
  [/\p{Script=Hebrew}/u, 'אבגדהוזחטיכלמנסעפצקרשת'],
  [/\p{Script=Hiragana}/u, 'あいうえおかきくけこさしすせそたちつてと'],
  [/\p{Script=Katakana}/u, 'アイウエオカキクケコサシスセソタチツテト'],
  [/\p{Script=Hangul}/u, '가나다라마바사아자차카타파하'],
  [/\p{Script=Han}/u, '一二三四五六七八九十山川田木水火土金日月'],
];

/** What a character can become, so that the text looks alike; null: it stays as it is. */
const classOf = (character: string): string | null => {
  if (character >= 'a' && character <= 'z') return LOWER;
  if (character >= 'A' && character <= 'Z') return UPPER;
  if (character >= '0' && character <= '9') return DIGITS;
  if (character < '\u0080') return null;
  if (/\p{Nd}/u.test(character)) return DIGITS;
  // Accents of their own follow a letter that changes.
  if (!/\p{L}/u.test(character)) return null;
  const letters = scripts.find(([script]) => script.test(character))?.[1];
  if (letters) return /\p{Lu}/u.test(character) ? letters.toUpperCase() : letters;
  return /\p{Lu}/u.test(character) ? UPPER : LOWER;
};

const pick = (from: string, random: Random): string => from[Math.floor(random.next() * from.length)]!;

const SAFE = 2 ** 53;

/**
 * Letters become other letters and digits other digits; everything else stays, and so does the length.
 * Short texts are permuted, so that different ones of the same shape stay different; long ones are as good as.
 */
export const scrambled = (text: string, what: string, randomness: Randomness): string => {
  const characters = [...text];
  const classes = characters.map(classOf);
  let size = 1;
  for (const letters of classes) if (letters) size *= letters.length;
  if (size < SAFE && classes.every((letters, index) => !letters || letters.includes(characters[index]!))) {
    let value = 0;
    for (const [index, letters] of classes.entries())
      if (letters) value = value * letters.length + letters.indexOf(characters[index]!);
    let rest = randomness.permute(`${what} ${classes.map((letters) => letters?.[0] ?? ' ').join('')}`, value, size);
    for (let index = characters.length - 1; index >= 0; index--) {
      const letters = classes[index];
      if (!letters) continue;
      characters[index] = letters[rest % letters.length]!;
      rest = Math.floor(rest / letters.length);
    }
    return characters.join('');
  }
  const random = randomness.of(what, text);
  return characters.map((character, index) => (classes[index] ? pick(classes[index], random) : character)).join('');
};

/** Puts characters where such stand in a text, for instance digits into `(030) 12-34`. */
export const laidOut = (layout: string, characters: string, places: RegExp): string => {
  let index = 0;
  return layout.replace(places, () => characters[index++]!);
};

/** Random lower-case letters and digits; twelve of them have 62 bits. */
export const token = (random: Random, length = 12): string => {
  let made = '';
  for (let index = 0; index < length; index++) made += pick(LOWER + DIGITS, random);
  return made;
};
