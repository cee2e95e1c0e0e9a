import type { ReceivedKind } from './received-kind'

/**
 * What a person says that a message is. `reply`: a person answered; `stop_request`: a wish to get no further email; `nothing`:
 * neither, so that the sequence goes on.
 */
export const CORRECTIONS = ['reply', 'stop_request', 'nothing'] as const
export type Correction = (typeof CORRECTIONS)[number]

/** A message as it stands: what it was taken for, and whether that left a decision to a person. */
export type Correctable = { kind: ReceivedKind; asksPerson: boolean; isCorrected: boolean }

const OFFERED: Readonly<Record<ReceivedKind, readonly Correction[]>> = {
  human: ['stop_request', 'nothing'],
  stop_request: ['reply', 'nothing'],
  out_of_office: ['reply', 'stop_request', 'nothing'],
  automatic: ['reply', 'stop_request'],
  bounce: ['nothing'],
  complaint: ['nothing'],
  own: ['nothing'],
  unreadable: [],
}

/** What a message can be corrected to; a wish that was not sure can be confirmed, too. */
export function correctionsOf({ kind, asksPerson, isCorrected }: Correctable): readonly Correction[] {
  if (kind === 'stop_request' && asksPerson) return ['stop_request', 'reply', 'nothing']
  // One that stays what it is was corrected to just that.
  return OFFERED[kind].filter((to) => !(isCorrected && correctedKind(kind, to) === kind))
}

/** The kind of a corrected message: reports and what we wrote ourselves stay what they are, and only do nothing. */
export function correctedKind(kind: ReceivedKind, to: Correction): ReceivedKind {
  if (to === 'reply') return 'human'
  if (to === 'stop_request') return 'stop_request'
  return kind === 'own' || kind === 'bounce' || kind === 'complaint' ? kind : 'automatic'
}
