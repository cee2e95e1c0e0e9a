import fc from 'fast-check'
import { type Ask, byCampaign } from './asks'
import { Advance, Asked, type Command, Look, type Send, Sends, Settle, Several, Tick } from './happenings'
import { ANSWERS, type Answer, type Mode } from './wire'

// What commands and scenes are put together from.

export const sixOf = (...some: readonly Answer[]) => fc.array(fc.constantFrom(...some), { minLength: 6, maxLength: 6 })
const answers = fc.oneof(
  { weight: 4, arbitrary: sixOf('accept', 'accept', 'accept', 'accept', 'accept', ...ANSWERS) },
  { weight: 1, arbitrary: sixOf('accept', 'content', 'too_big') },
  { weight: 1, arbitrary: sixOf('accept', 'later', 'alike', 'alike') },
  { weight: 1, arbitrary: sixOf('accept', 'refuse', 'later', 'lost') },
)
const modes = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Mode>('normal') },
  { weight: 1, arbitrary: fc.constant<Mode>('lost_before') },
  { weight: 1, arbitrary: fc.constant<Mode>('login_refused') },
)
export const mailboxes = fc.constantFrom(0, 0, 1)
const turns = fc.array(fc.nat(5), { maxLength: 30 })
export const sending = (job: Partial<Send>) =>
  fc
    .record({
      mailbox: mailboxes,
      mode: modes,
      answers,
      turns,
      recordsLast: fc.constantFrom(false, false, false, true),
      stage: fc.constant('done' as const),
      between: fc.constant([]),
      race: fc.constant(null),
      unread: fc.constantFrom(false, false, false, false, true),
    })
    .map((drawn) => new Sends({ ...drawn, ...job }))
export const plain = sending({})
export const dying = fc
  .tuple(sending({}), fc.constantFrom('chosen' as const, 'claimed' as const, 'answered' as const, 'answered' as const))
  .map(([{ job }, stage]) => new Sends({ ...job, stage }))
export const asked = (asks: fc.Arbitrary<Ask>) => asks.map((ask) => new Asked(ask))
const minutes = fc.constantFrom(1, 15, 60, 61, 300, 720, 1439, 1440, 1441, 2880, 4380)
export const advance = fc
  .tuple(minutes, fc.constantFrom('as long' as const, 'as long' as const, 'a second' as const))
  .map(([m, real]) => new Advance(m, real))
export const tick = fc.constant(new Tick())
export const look = fc.constant(new Look())
export const settle = fc.constant(new Settle())
export const start = asked(byCampaign('start'))

export const several = (...all: fc.Arbitrary<Command>[]) => fc.tuple(...all).map((drawn) => new Several(drawn))
export const after = (minutes: number) => fc.constant(new Advance(minutes, 'as long'))

export const withAnswers = (job: Partial<Send>, said: readonly Answer[]) =>
  sending({ mode: 'normal', ...job, answers: said })
