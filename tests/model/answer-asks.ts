import fc from 'fast-check'
import type { Ask } from './asks'
import { keyOf } from './book'
import { dateAfter, localDay } from './calendar'
import { MESSAGES, type MessageType } from './messages'
import * as answers from './rules/answers'
import { addressOf } from './rules/held-back'
import type { Model } from './state'

/** Something comes about one of the emails that have left or may have, from an address of its lead, and is read. */
export const heard = (type: MessageType, nth: number, { isOld = false, elsewhere = false, days = 2 } = {}): Ask => {
  let coming: answers.Heard | null = null
  return {
    text: `${type} about email ${nth}${isOld ? ' from the old address' : ''}${elsewhere ? ' comes elsewhere' : ''}`,
    real: async ({ door }, m) => {
      const left = m.emails.filter(({ claim, box }) => claim > 0 && box.reads)
      const email = left[nth % left.length]
      const other = m.boxes.find((box) => box !== email?.box && box.reads)
      const from = email && (isOld ? addressOf(email) : email.lead.email)
      coming = null
      if (!email || from === undefined) return false
      const box = elsewhere && other ? other : email.box
      coming = { type, email, box, from, until: dateAfter(localDay(m.now, 'UTC'), days).day }
      const { until } = coming
      const to = addressOf(email)
      await door.receive({ type, key: keyOf(email), mailbox: box.number, from, to, until })
      return true
    },
    rules: (m) => coming !== null && answers.hear(m, coming),
  }
}
const nth = fc.nat(30)
const circumstances = fc.record({
  isOld: fc.constantFrom(false, false, true),
  elsewhere: fc.constantFrom(false, false, false, true),
  days: fc.integer({ min: 1, max: 9 }),
})
export const hear = fc.tuple(fc.constantFrom(...MESSAGES), nth, circumstances).map((drawn) => heard(...drawn))
/** What a copy does forbids nothing. */
const FORBID = MESSAGES.filter((type) => type !== 'copy')
export const hearNo = fc.tuple(fc.constantFrom(...FORBID), nth).map((drawn) => heard(...drawn))
export const corrected = (nth: number, to: answers.Correction, why = true): Ask => {
  const chosen = (m: Model) => {
    const there = m.messages.filter(({ email: { lead } }) => m.leads.get(lead.number) === lead)
    const message = there.at(-1 - (nth % (there.length || 1)))
    return message && { message, number: m.messages.indexOf(message) }
  }
  return {
    text: `message ${nth} from the last one is ${to}${why ? '' : ', nobody says why'}`,
    real: async ({ door }, m) => {
      const found = chosen(m)
      return found ? door.correct(found.number, to, why ? 'She asked for it by phone.' : ' ') : false
    },
    rules: (m) => {
      const found = chosen(m)
      return found !== undefined && answers.correct(m, found.message, to, why)
    },
  }
}
export const correct = fc
  .tuple(
    fc.constantFrom(0, 0, 0, 1, 2, 3),
    fc.constantFrom('reply' as const, 'stop_request' as const, 'nothing' as const, 'nothing' as const),
    fc.constantFrom(true, true, true, false),
  )
  .map((drawn) => corrected(...drawn))
