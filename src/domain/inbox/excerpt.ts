// Two lines of a list.
const LENGTH = 200

/** The beginning of a message on one line, for lists. */
export const excerptOf = (text: string): string =>
  [
    ...text
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 2 * LENGTH),
  ]
    .slice(0, LENGTH)
    .join('')
    .trim()
