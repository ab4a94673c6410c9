const SPACE = 32;

/** What a character counts as: itself in lower case, or a space. */
const others = new Map<number, string>();
const plain = (point: number): string => {
  let made = others.get(point);
  if (made === undefined) {
    const character = String.fromCodePoint(point);
    made = /[\p{L}\p{N}\p{M}]/u.test(character) ? character.normalize('NFKC').toLowerCase() : ' ';
    if (others.size < 50_000) others.set(point, made);
  }
  return made;
};

/**
 * A text as it is compared: letters and digits in lower case, anything else a single space. So `anna.schmidt@example.net` is
 * found in `<ANNA.SCHMIDT@example.net>`, and `+49 151-123` as `+49 (151) 123`.
 * One of these is used for many texts, as making room for each would cost more than reading it.
 */
export class PlainText {
  codes = new Uint16Array(4096);
  /** Where each character stands in the text. */
  places = new Int32Array(4096);
  length = 0;

  private add(code: number, place: number): void {
    if (code === SPACE && (this.length === 0 || this.codes[this.length - 1] === SPACE)) return;
    if (this.length === this.codes.length) {
      const { codes, places } = this;
      this.codes = new Uint16Array(codes.length * 2);
      this.places = new Int32Array(codes.length * 2);
      this.codes.set(codes);
      this.places.set(places);
    }
    this.codes[this.length] = code;
    this.places[this.length] = place;
    this.length += 1;
  }

  /** @param text composed (NFC) */
  read(text: string): this {
    this.length = 0;
    for (let place = 0; place < text.length; place++) {
      const code = text.charCodeAt(place);
      if (code < 128) {
        if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57)) this.add(code, place);
        else if (code >= 65 && code <= 90) this.add(code + 32, place);
        else this.add(SPACE, place);
        continue;
      }
      const point = text.codePointAt(place)!;
      const made = plain(point);
      for (let index = 0; index < made.length; index++) this.add(made.charCodeAt(index), place);
      if (point > 0xffff) place += 1;
    }
    if (this.length > 0 && this.codes[this.length - 1] === SPACE) this.length -= 1;
    return this;
  }

  /** Whether a word can begin or end before this character; scripts without spaces have words everywhere. */
  isEdge(index: number): boolean {
    if (index <= 0 || index >= this.length) return true;
    const [before, after] = [this.codes[index - 1]!, this.codes[index]!];
    return before === SPACE || after === SPACE || before >= 0x2e80 || after >= 0x2e80;
  }
}

/** Digits of a number however it is grouped, with where it stands. */
const NUMBER = /\d(?:[ ().\-/]{0,2}\d){6,39}/g;
export const numbersIn = (text: string): { digits: string; from: number; to: number }[] =>
  [...text.matchAll(NUMBER)].map(({ 0: found, index }) => ({
    digits: found.replace(/\D/g, ''),
    from: index,
    to: index + found.length,
  }));
