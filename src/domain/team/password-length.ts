/** The answer to a password that others would guess. */
export const COMMON_PASSWORD =
  'This password is too easy to guess: it is a common one, or made of your name. Nothing was saved. A few words that do not belong together do well.'

/** Characters of a password. */
export const PASSWORD_LENGTH = { min: 12, max: 256 } as const
