import { shareOf } from '../support/random'

/**
 * Points where an SMTP transaction can go wrong: at the connection, at a command, once the `message` was received and
 * before it is recorded, once it was `accepted` (recorded for good) and before the reply 250, or `after` that reply.
 */
export type SinkPhase = 'connect' | 'mail' | 'rcpt' | 'data' | 'message' | 'accepted' | 'after'

export type Rule = {
  at: SinkPhase
  /** Ends the connection, replies something else, or waits so many milliseconds (drawn between the two). */
  act: { drop: true } | { code: number; text: string } | { delayMs: readonly [number, number] }
  /** Only these recipients: a slice of all of them, chosen by the seed. The phases before `rcpt` know no recipient. */
  share?: readonly [number, number]
  /** Only the first so many times for each recipient. */
  times?: number
}

/** Whether the seed puts this recipient into the rule's slice. */
export function concerns({ share }: Rule, seed: number, recipient: string): boolean {
  if (!share) return true
  const place = shareOf(seed, recipient)
  return place >= share[0] && place < share[1]
}
