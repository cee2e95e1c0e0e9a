const numbers = new Intl.NumberFormat('en-US')

/** A number with its noun: "1 lead", "1,240 leads", "3 batches"; another plural than the regular one is passed. */
export const counted = (count: number, noun: string, plural = pluralOf(noun)): string =>
  `${numbers.format(count)} ${count === 1 ? noun : plural}`

const pluralOf = (noun: string): string => (/(ch|sh|s|x)$/.test(noun) ? `${noun}es` : `${noun}s`)
