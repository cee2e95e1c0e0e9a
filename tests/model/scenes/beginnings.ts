import fc from 'fast-check'
import {
  byCampaign,
  doTo,
  type STATUSES,
  saved,
  silenced,
  statusSet,
  suppress,
  unsubscribed,
  withAddress,
} from '../asks'
import { Advance, Asked, Look, Sends, Settle, Several, Tick } from '../happenings'
import { after, dying, sending, several, sixOf } from '../pieces'
import type { Answer } from '../wire'
import { worlds } from '../world'
import { crowded, filed, shared } from './crowds'
import { growing } from './growth'
import { ALL, ask, type Beginning, LAST, none, scene, send, start, the } from './scene'
import { overheard, talked } from './talk'

/** A second campaign that starts, and emails the same leads from another mailbox, while the first is about to claim. */
const rivals = fc
  .tuple(sending({ mode: 'normal', mailbox: 0, answers: none }), dying)
  .chain(([{ job }, { job: other }]) => {
    const beside = new Sends({ ...other, mailbox: 1, mode: 'normal', stage: 'answered' })
    const rival = new Sends({ ...job, between: [...ask(doTo('start', 1)), beside] })
    return scene({ campaigns: [{}, { mailboxes: [1] }] }, start(0), the(rival))
  })

/**
 * A limit that turns out short at the claim: another worker has sent for the other campaign meanwhile. One follow-up is in line
 * with first emails that are overdue.
 */
const squeezed = fc
  .tuple(
    fc.constantFrom(2, 2, 1, 0),
    sending({ mode: 'normal', mailbox: 0, answers: none }),
    sending({ mode: 'normal', mailbox: 0, answers: none }),
  )
  .chain(([accepted, { job }, { job: other }]) => {
    const said = ALL.map((lead): Answer => (lead === accepted ? 'accept' : 'later'))
    const between = [
      ...ask(doTo('resume', 1), doTo('pause', 0)),
      new Sends({ ...other, stage: 'answered' }),
      ...ask(doTo('resume', 0)),
    ]
    return scene(
      {
        campaigns: [{ days: [0, 1, 1] }, {}],
        batches: [
          [0, 1, 2],
          [3, 4],
        ],
      },
      the(...ask(doTo('start', 0), doTo('start', 1), doTo('pause', 1))),
      send(said),
      the(...ask(saved(0, 3)), new Advance(1440, 'as long'), new Sends({ ...job, between }), new Settle()),
    )
  })

/** Leads that answer, or of whom somebody says something, while the server says that their address does not exist. */
const meanwhile = scene(
  {},
  start(0),
  sixOf('unknown', 'unknown', 'accept', 'later').chain((said) => send(said, { stage: 'answered' })),
  fc
    .array(
      fc.tuple(
        fc.constantFrom(...ALL),
        fc.constantFrom<(typeof STATUSES)[number]>('interested', 'replied', 'converted', 'unsubscribed'),
      ),
      { minLength: 3, maxLength: 6 },
    )
    .map((all) => new Several(ask(...all.map(([lead, status]) => statusSet(lead, status))))),
  the(new Settle()),
)

/** Emails that are refused for their content among others that are accepted, which is no row of them; over one connection. */
const oneByOne = fc
  .oneof(
    fc.constantFrom<Answer[]>(
      ['accept', 'content', 'accept', 'accept', 'accept'],
      ['accept', 'content', 'accept', 'content', 'accept'],
      ['accept', 'accept', 'content', 'accept', 'accept'],
      ['content', 'content', 'content', 'accept', 'accept'],
    ),
    sixOf('accept', 'content', 'content'),
    sixOf('accept', 'lost', 'refuse', 'later'),
  )
  .chain((said) => scene({ box: { connections: 1 } }, start(0), send(said), after(16), send(said)))

/** Results that are recorded late, over one connection: when nothing else is left to do, the last one first or last. */
const behind = fc
  .tuple(
    sixOf('accept', 'accept', 'accept', 'refuse', 'later', 'alike'),
    fc.constantFrom([], Array<number>(80).fill(LAST)),
  )
  .chain(([said, turns]) => scene({ box: { connections: 1 } }, start(0), send(said, { turns, recordsLast: true })))

/** A campaign that most addresses refuse, so that it fails with some of it overdue, and is tried again, with an address and without. */
const failing = fc
  .tuple(fc.constantFrom(...ALL), fc.boolean(), fc.constantFrom(1500, 2161, 3000))
  .chain(([accepted, isBare, minutes]) => {
    const said = ALL.map((lead): Answer => (lead === accepted ? 'accept' : 'refuse'))
    const bare = isBare
      ? ask(withAddress(false), doTo('resume', 0), doTo('retryFailed', 0), doTo('start', 1), withAddress(true))
      : []
    return scene(
      { campaigns: [{ days: [0, 1, 1] }, {}] },
      start(0),
      send(said),
      the(new Advance(minutes, 'as long'), ...bare),
      fc
        .constantFrom('resume' as const, 'retryFailed' as const, 'retryFailed' as const)
        .map((verb) => new Asked(doTo(verb, 0))),
      send(none),
    )
  })

/** Somebody who forbids emails, or plans some, while the first ones are about to go out. */
const atTheGate = fc
  .tuple(
    sending({ mode: 'normal', mailbox: 0, answers: none }),
    fc.oneof(
      byCampaign('pause'),
      byCampaign('stop'),
      silenced,
      suppress,
      ...[0, 1, 2].map((lead) => fc.constant(unsubscribed(lead, 0))),
      fc.constant(doTo('start', 1)),
    ),
  )
  .chain(([{ job }, race]) => scene({}, start(0), the(new Sends({ ...job, race }))))

/** A mailbox with a gap that is in trouble, or at its limit, before the gap is over. */
const paced = scene(
  { box: { gap: 120_000 } },
  start(0),
  fc.constantFrom<Answer[]>(none as Answer[], ['slow_down'], ['quota'], ['denied']).chain((said) => send(said)),
  the(new Look(), ...ask(saved(0, 1)), new Look(), new Advance(1, 'as long'), new Look()),
)

/** A server that refuses everybody with the same words, or all but somebody. */
const alike = fc
  .tuple(fc.constantFrom<Answer>('alike', 'later'), fc.constantFrom(-1, -1, 0, 2, 4), fc.constantFrom(1, 8))
  .chain(([words, accepted, connections]) => {
    const said = ALL.map((lead) => (lead === accepted ? 'accept' : words))
    return scene(
      { box: { connections } },
      start(0),
      send(said),
      the(new Look(), new Advance(61, 'as long')),
      send(said),
      start(1),
      the(new Tick()),
    )
  })

/** Campaigns whose content or size is refused, by one mailbox or two: of one alone, of both, or among some that is accepted. */
const contents = fc
  .tuple(
    fc.constantFrom<Answer>('content', 'content', 'too_big'),
    fc.constantFrom(-1, -1, 0, 3),
    fc.constantFrom(1, 8),
    fc.constantFrom(5, 4, 2),
    fc.constantFrom([0], [0, 1]),
  )
  .chain(([words, accepted, connections, first, boxes]) => {
    const said = ALL.map((lead) => (lead === accepted ? 'accept' : words))
    const batches = first === ALL.length ? [ALL, ALL] : [ALL.slice(0, first), ALL.slice(first)]
    return scene(
      { box: { connections }, campaigns: [{ mailboxes: boxes }, {}], batches },
      start(0),
      fc.constantFrom(new Several(ask(doTo('start', 1))), new Look()),
      send(said, { mailbox: 1 }),
      send(said),
      the(new Look(), new Advance(16, 'as long'), ...ask(doTo('resume', 0))),
      send(said),
      fc.constantFrom(none, said).chain((next) => send(next, { mailbox: 1 })),
    )
  })

/** One recipient's server that puts its email off each day, on which an email to somebody else leaves. */
const neverTaken = fc.tuple(fc.integer({ min: 10, max: 13 }), fc.constantFrom(1, 8)).chain(([rounds, connections]) => {
  const round = several(send(['slow_down'], { turns: [] }), after(1440))
  const days = [0, ...Array<number>(12).fill(1)]
  return scene(
    { box: { connections }, campaigns: [{ days }, {}], batches: [[0, 1], ALL] },
    start(0),
    ...Array<typeof round>(rounds).fill(round),
  )
})

/** A campaign that starts a few minutes before its day ends, and so would end in the next. */
const lateAtNight = fc
  .tuple(
    fc.constantFrom(899, 898, 897, 894),
    fc.constantFrom([0, 1, 1], [0, 1], [0, 1, 3]),
    fc.constantFrom(0, 120_000),
  )
  .chain(([minutes, days, gap]) =>
    scene(
      { startsAt: Date.parse('2026-03-02T09:00:00Z'), box: { gap }, campaigns: [{ zone: 'UTC', days }, {}] },
      after(minutes),
      start(0),
      send(none),
    ),
  )

const anyWorld = worlds.map((world): Beginning => ({ world, scene: null }))
/** Two lives of three begin with a scene that chance would seldom bring about. */
export const beginnings: fc.Arbitrary<Beginning> = fc.oneof(
  { withCrossShrink: true },
  { weight: 10, arbitrary: anyWorld },
  ...[
    rivals,
    squeezed,
    meanwhile,
    oneByOne,
    behind,
    failing,
    atTheGate,
    paced,
    alike,
    contents,
    lateAtNight,
    growing,
    talked,
    talked,
    overheard,
    overheard,
    filed,
    crowded,
    shared,
  ].map((arbitrary) => ({
    weight: 2,
    arbitrary,
  })),
  { weight: 1, arbitrary: neverTaken },
)
