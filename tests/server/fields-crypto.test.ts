import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { encryptedAttributesOf, type Schema } from '../../server/src/fields/encrypted-attribute';
import { createFieldCipher, isStored, normalised, splitStored, storedText } from '../../server/src/fields/sealed-value';
import { problemOf } from '../../server/src/fields/validation';
import { open, seal, sealingKey } from '../../server/src/keys/seal';

const key = sealingKey(randomBytes(32));
const keyRing = {
  seal: (plain: Buffer | string, context: string) => seal(key, plain, context),
  opener: (context: string) => (sealed: string) => open(key, sealed, context),
};
const cipher = createFieldCipher(keyRing, randomBytes(32));
const schema: Schema = {
  uid: 'api::patient.patient',
  modelType: 'contentType',
  attributes: Object.fromEntries(
    [
      ['text', 'encrypted-text'],
      ['other', 'encrypted-text'],
      ['email', 'encrypted-email'],
      ['notes', 'encrypted-long-text'],
      ['json', 'encrypted-json'],
    ].map(([name, kind]) => [
      name,
      { type: 'customField', customField: `plugin::privacy-desk.${kind}`, options: { blindIndex: true } },
    ]),
  ),
};
const [text, other, email, notes, json] = encryptedAttributesOf(schema) as [never, never, never, never, never];
const texts = fc.string({ unit: 'binary' });

describe('a stored value', () => {
  it('opens to what was sealed, and says nothing of it', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(text, email, notes), (plain, attribute) => {
        const stored = cipher.seal(attribute, plain);
        expect(isStored(stored)).toBe(true);
        expect(cipher.open(attribute, stored)).toBe(plain);
        if (plain.length > 5) expect(JSON.stringify(stored)).not.toContain(plain);
        expect(cipher.seal(attribute, plain)).not.toBe(stored);
      }),
    );
    fc.assert(
      fc.property(
        fc.jsonValue().filter((value) => value !== null),
        (value) => {
          const stored = cipher.seal(json, value);
          expect(cipher.open(json, JSON.parse(JSON.stringify(stored)))).toEqual(JSON.parse(JSON.stringify(value)));
        },
      ),
    );
  });

  it('opens in no other field, with no other key, and not when a byte was changed', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (plain, at) => {
        const stored = cipher.seal(text, plain) as string;
        expect(() => cipher.open(other, stored)).toThrow();
        const elsewhere = sealingKey(randomBytes(32));
        const stranger = createFieldCipher(
          { seal: keyRing.seal, opener: (context) => (sealed) => open(elsewhere, sealed, context) },
          randomBytes(32),
        );
        expect(() => stranger.open(text, stored)).toThrow('another key');
        const { index, sealed } = splitStored(stored);
        const bytes = Buffer.from(sealed.slice(13), 'base64url');
        bytes[at % bytes.length]! ^= 1;
        expect(() => cipher.open(text, `${index}${sealed.slice(0, 13)}${bytes.toString('base64url')}`)).toThrow();
      }),
    );
  });

  it('is told from plain text', () => {
    fc.assert(fc.property(texts, (plain) => expect(storedText(plain)).toBeNull()));
    for (const value of [null, 1, {}, { sealed: 1 }, { sealed: 'x' }, '1.abc', 'b.00.1.abc'])
      expect(isStored(value)).toBe(false);
  });
});

describe('a blind index', () => {
  it('is equal for equal values only, whatever surrounds them, and of one field only', () => {
    fc.assert(
      fc.property(texts, texts, (one, two) => {
        const index = cipher.blindIndex(text, one);
        expect(index).toMatch(/^b\.[0-9a-f]{32}\.$/);
        expect(cipher.blindIndex(text, ` ${one}\n`)).toBe(index);
        expect(cipher.blindIndex(text, two) === index).toBe(normalised(text, one) === normalised(text, two));
        expect(cipher.blindIndex(other, one)).not.toBe(index);
        expect((cipher.seal(text, one) as string).startsWith(index)).toBe(true);
      }),
    );
  });

  it('does not see the case of e-mail addresses, and that of texts it does', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        expect(cipher.blindIndex(email, address.toUpperCase())).toBe(cipher.blindIndex(email, address.toLowerCase()));
        expect(problemOf(email, address)).toBeNull();
      }),
    );
    expect(cipher.blindIndex(text, 'A')).not.toBe(cipher.blindIndex(text, 'a'));
  });

  it('normalising twice is normalising once', () => {
    fc.assert(
      fc.property(texts, (value) => {
        for (const attribute of [text, email])
          expect(normalised(attribute, normalised(attribute, value))).toBe(normalised(attribute, value));
      }),
    );
  });

  it('is not made for long texts and JSON', () => {
    expect(splitStored(cipher.seal(notes, 'x') as string).index).toBe('');
    expect(splitStored(storedText(cipher.seal(json, 'x'))!).index).toBe('');
  });
});
