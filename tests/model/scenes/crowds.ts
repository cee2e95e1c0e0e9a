import fc from 'fast-check'
import { hear } from '../answer-asks'
import { addedTo, mailboxAddedTo, STATUSES, statusSet, takenOut } from '../asks'
import { Advance, Asked, type Command, Several, Tick } from '../happenings'
import { doneToMany, imported, massAct, rolledBack, takenBack } from '../lead-asks'
import { asked } from '../pieces'
import { none, scene, send, start, the } from './scene'

const some = (least: number, ...drawn: fc.Arbitrary<Command>[]) =>
  fc.array(fc.oneof(...drawn), { minLength: least, maxLength: 8 }).map((all) => new Several(all))
const passing = fc.constantFrom<Command>(new Advance(61, 'as long'), new Advance(1440, 'as long'), new Tick())
const few = fc.constantFrom(0, 3, 4, 5, 5)
const either = fc.constantFrom(0, 1)
const status = fc.constantFrom(...STATUSES)

/** Leads of one, two or more files, of whom some are planned for, emailed or changed before a file is rolled back. */
export const filed = scene(
  { batches: [[0, 1], [2]], campaigns: [{ days: [0, 1] }, { batches: [1] }] },
  asked(either.map((batch) => imported(5, batch))),
  some(
    0,
    asked(fc.tuple(few, either).map((drawn) => imported(...drawn))),
    asked(fc.tuple(few, status).map((drawn) => statusSet(...drawn))),
    passing,
  ),
  fc.oneof(start(0), start(0), passing),
  some(
    2,
    asked(fc.tuple(few, either).map((drawn) => imported(...drawn))),
    asked(fc.constantFrom(rolledBack(0), rolledBack(0), rolledBack(1), rolledBack(2))),
    asked(fc.constantFrom(rolledBack(0), rolledBack(1), addedTo(0, 0), addedTo(0, 1))),
    send(none),
    passing,
  ),
)

/** Acts on many leads while their emails are planned, on the wire and answered; and such acts taken back. */
export const crowded = fc
  .constantFrom<Command[][]>([], [new Asked(doneToMany({ kind: 'delete' }, {}))])
  .chain((last) =>
    scene(
      { box: { reads: true }, campaigns: [{ days: [0, 1, 1] }, { mailboxes: [1] }] },
      asked(
        fc.constantFrom('contacted', 'new', 'converted').map((to) => doneToMany({ kind: 'status', status: to }, {})),
      ),
      some(0, asked(massAct), passing, asked(fc.tuple(few, status).map((drawn) => statusSet(...drawn)))),
      asked(fc.constantFrom(takenBack(0), takenBack(0), takenBack(1))),
      start(0),
      send(none),
      some(
        2,
        asked(massAct),
        asked(hear),
        asked(fc.constantFrom(takenBack(0), takenBack(0), takenBack(1))),
        asked(fc.tuple(few, status).map((drawn) => statusSet(...drawn))),
        passing,
      ),
      the(new Advance(1440, 'as long')),
      send(none, { stage: 'answered' }),
      the(...last),
    ),
  )

/** A mailbox more, before leads come and after others have got their first email. */
export const shared = scene(
  {
    campaigns: [{ days: [0, 1], mailboxes: [0] }, { batches: [1] }],
    batches: [
      [0, 1],
      [2, 3, 4],
    ],
  },
  start(0),
  send(none),
  some(
    2,
    asked(either.map((box) => mailboxAddedTo(0, box))),
    asked(fc.constantFrom(addedTo(0, 1), takenOut(0, 0), mailboxAddedTo(0, 1))),
    passing,
  ),
  the(new Advance(1440, 'as long')),
  send(none, { mailbox: 1 }),
  send(none),
)
