// Latin letters that no decomposition takes apart.
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
}
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g')

/**
 * Lower case, Latin and Greek letters without their accents: "Größe" is "grosse". Letters of other scripts keep their marks, which
 * there tell one letter from another.
 */
export const foldLatin = (text: string): string => (ASCII.test(text) ? text.toLowerCase() : folded(text))

// Most text is so, and imports fold it by the million.
const ASCII = /^[ -~]*$/

// UAX 15 asks for it as well ("stream-safe text"): no writing has more, and sorting a run of them takes the square of its length.
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu

/** A text in a Unicode form, in the time that its length takes: of marks that follow each other 30 are kept. */
export const normalised = (text: string, form: 'NFC' | 'NFKC' | 'NFKD'): string =>
  text.replace(TOO_MANY_MARKS, '$1').normalize(form)

const folded = (text: string) =>
  normalised(text, 'NFKD')
    .replace(/([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    // The capital İ leaves its dot behind.
    .replace(/i\u0307/g, 'i')
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
