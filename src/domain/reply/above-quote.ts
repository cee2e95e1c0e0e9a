const FORWARDED = /(?:^|\n\n)-{10} Forwarded message\nFrom: /
const ANSWERED = /(?:^|\n\n)[^\n]+ wrote:(?:\n>[^\n]*)+\s*$/

/** The text of a reply without the quote below it, as `quoteText` puts it there: what a person wrote, with the signature. */
export function aboveQuote(text: string): string {
  const at = FORWARDED.exec(text)?.index ?? ANSWERED.exec(text)?.index ?? text.length
  return text.slice(0, at).trim()
}
