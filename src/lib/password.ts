import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'
import { hashPassword as hash } from 'better-auth/crypto'

/** The hash of a password as the sign-in compares it: scrypt, with a salt. */
export const hashPassword = (password: string): Promise<string> => hash(password)

// Attempts below this many would find it where nothing limits them (zxcvbn's "safely unguessable" begins here).
const FEWEST_GUESSES = 1e8
// Longer ones are compared by their beginning: the estimate takes longer and longer.
const LOOKED_AT = 64

let estimator: ZxcvbnFactory | undefined

/**
 * Whether a password stands in the list of common ones, is one with a few letters more or changed, a row of keys, a repetition or
 * a date; `own` are the person's name and address, which count as common too. Nothing is asked of anybody: the list comes along.
 */
export function isCommonPassword(password: string, own: readonly string[] = []): boolean {
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  const words = own.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]).filter((word) => word.length > 2)
  return estimator.check(password.slice(0, LOOKED_AT), words).guesses < FEWEST_GUESSES
}
