import fc from 'fast-check'
import { correct, heard } from '../answer-asks'
import { STATUSES, statusSet, unsubscribed } from '../asks'
import { Advance, Asked, Look, Settle, Tick } from '../happenings'
import { MESSAGES } from '../messages'
import { asked, sixOf } from '../pieces'
import { none, scene, send, start, the } from './scene'

const few = fc.constantFrom(0, 0, 0, 1)
const words = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .tuple(fc.constantFrom(...MESSAGES), few, fc.record({ elsewhere: fc.constantFrom(false, false, false, true) }))
        .map(([type, nth, where]) => new Asked(heard(type, nth, where))),
    },
    { weight: 5, arbitrary: asked(correct) },
    { weight: 1, arbitrary: few.map((lead) => new Asked(unsubscribed(lead, 0))) },
    { weight: 1, arbitrary: asked(fc.tuple(few, fc.constantFrom(...STATUSES)).map((drawn) => statusSet(...drawn))) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(new Advance(61, 'as long'), new Advance(2880, 'as long'), new Tick(), new Look()),
    },
  ),
  { minLength: 4, maxLength: 10 },
)

/** Two leads of whom much is heard, what a person says that it is, and what others say meanwhile. */
export const talked = fc
  .tuple(sixOf('accept', 'accept', 'lost', 'later'), words, fc.boolean())
  .chain(([said, all, stopCompany]) =>
    scene(
      { box: { reads: true }, campaigns: [{ days: [0, 1, 1], stopCompany }, { mailboxes: [1] }] },
      start(0),
      send(said),
      the(...all, new Advance(1440, 'as long'), new Tick()),
      send(none),
    ),
  )

/** Leads of whom something is heard while their next emails are on the wire, where some come back. */
export const overheard = fc
  .tuple(sixOf('later', 'slow_down', 'lost', 'content', 'full'), words, words, fc.boolean())
  .chain(([said, first, then, stopCompany]) =>
    scene(
      { box: { reads: true }, campaigns: [{ days: [0, 1, 1], stopCompany }, { mailboxes: [1] }] },
      start(0),
      send(none),
      the(new Advance(1440, 'as long'), new Asked(heard('receipt', 0))),
      send(said, { stage: 'answered' }),
      the(...first, new Settle(), ...then, new Advance(1440, 'as long'), new Tick(), new Asked(heard('receipt', 0))),
      send(none),
    ),
  )
