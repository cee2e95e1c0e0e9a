// Characters between blanks and the marks that part values.
const WORD = /[^\s,;|"<>()/@]+/gu
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII is meant
const FOREIGN = /[^\u0000-\u007f]/u

/** The words of a text that have a letter beyond ASCII. */
export const foreignWords = (text: string): string[] => (text.match(WORD) ?? []).filter((word) => FOREIGN.test(word))
