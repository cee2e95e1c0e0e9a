import { formatCount } from '../numbers'

/** The text in the form that is kept, or why it is none. */
export type ReadToken = (text: string) => { value: string } | { problem: string }

export const readTrimmed: ReadToken = (text) => ({ value: text.trim() })

/** The texts in what was typed or pasted, one per line; semicolons part texts too, and commas where texts hold none. */
export const splitTokens = (typed: string, commas: boolean): string[] =>
  typed
    .split(commas ? /[\n\r\t;,]+/ : /[\n\r\t;]+/)
    .map((text) => text.trim())
    .filter((text) => text !== '')

/** The texts with further ones behind them, none twice. What is refused stays for the person to fix. */
export function addTokens(
  before: readonly string[],
  texts: readonly string[],
  { most, read }: { most: number; read: ReadToken },
): { tokens: string[]; refused: string[]; problem: string | null } {
  const tokens = [...before]
  const known = new Set(tokens.map((token) => token.toLowerCase()))
  const refused: string[] = []
  let problem: string | null = null
  for (const text of texts) {
    const result = read(text)
    if ('problem' in result) {
      refused.push(text)
      problem ??= result.problem
    } else if (known.has(result.value.toLowerCase())) {
      // Said twice is said once.
    } else if (tokens.length >= most) {
      refused.push(text)
      problem ??= `At most ${formatCount(most)} can be given.`
    } else {
      tokens.push(result.value)
      known.add(result.value.toLowerCase())
    }
  }
  return { tokens, refused, problem }
}
