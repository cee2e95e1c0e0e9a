import { numberOf } from '@/components/ui/numbers'
import type { Mailbox } from '../api-types'

/** How a mailbox begins, as typed. */
export type RampValues = {
  /** Begins with fewer emails a day. */
  rampUp: boolean
  rampStart: string
  rampStep: string
  /** Its first day, as in "2026-12-25"; empty: the day on which it is saved. */
  rampFrom: string
}

/** What most providers advise; off until it is chosen. */
export const NO_RAMP: RampValues = { rampUp: false, rampStart: '10', rampStep: '5', rampFrom: '' }

export const rampValues = ({
  rampStart,
  rampStep,
  rampFrom,
}: Pick<Mailbox, 'rampStart' | 'rampStep' | 'rampFrom'>): RampValues =>
  rampStart === null
    ? NO_RAMP
    : {
        rampUp: true,
        rampStart: String(rampStart),
        rampStep: String(rampStep),
        rampFrom: rampFrom?.toISOString().slice(0, 10) ?? '',
      }

/** The ramp-up to save; null: none. */
export const rampInput = ({ rampUp, rampStart, rampStep, rampFrom }: RampValues) =>
  rampUp
    ? { start: numberOf(rampStart), step: numberOf(rampStep), ...(rampFrom.trim() ? { from: rampFrom.trim() } : {}) }
    : null

export const RAMP_SAID = {
  rampStart: () => 'A whole number from 1 to the daily limit, which a ramp-up needs.',
  rampStep: () => 'A whole number from 1 to 100,000.',
  rampFrom: () => 'A date, or empty for today.',
}
