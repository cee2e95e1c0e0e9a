import fc from 'fast-check'
import {
  type Ask,
  byCampaign,
  campaigns,
  changeAddress,
  doTo,
  edit,
  importRow,
  remove,
  resolvedHeld,
  resolveHeld,
  saved,
  saveMailbox,
  schedule,
  setStatus,
  silenced,
  suppress,
  takeBack,
  unsubscribe,
} from './asks'
import { Advance, Asked, type Command, type Send, Sends, Settle, Several, Tick } from './happenings'
import { ANSWERS, type Answer, type Mode } from './wire'

const sixOf = (...some: readonly Answer[]) => fc.array(fc.constantFrom(...some), { minLength: 6, maxLength: 6 })
const answers = fc.oneof(
  { weight: 4, arbitrary: sixOf('accept', 'accept', 'accept', 'accept', 'accept', ...ANSWERS) },
  { weight: 1, arbitrary: sixOf('accept', 'content') },
  { weight: 1, arbitrary: sixOf('accept', 'refuse', 'later', 'lost') },
)
const modes = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Mode>('normal') },
  { weight: 1, arbitrary: fc.constant<Mode>('lost_before') },
  { weight: 1, arbitrary: fc.constant<Mode>('login_refused') },
)
const mailboxes = fc.constantFrom(0, 0, 1)
const turns = fc.array(fc.nat(5), { maxLength: 30 })
const sending = (job: Partial<Send>) =>
  fc
    .record({
      mailbox: mailboxes,
      mode: modes,
      answers,
      turns,
      stage: fc.constant('done' as const),
      between: fc.constant([]),
      race: fc.constant(null),
    })
    .map((drawn) => new Sends({ ...drawn, ...job }))
const plain = sending({})
const dying = fc
  .tuple(sending({}), fc.constantFrom('chosen' as const, 'claimed' as const, 'answered' as const, 'answered' as const))
  .map(([{ job }, stage]) => new Sends({ ...job, stage }))
const asked = (asks: fc.Arbitrary<Ask>) => asks.map((ask) => new Asked(ask))
const beside = fc.oneof(
  asked(byCampaign('start')),
  asked(byCampaign('pause')),
  asked(byCampaign('stop')),
  asked(setStatus),
  asked(suppress),
  asked(changeAddress),
  dying.map(({ job }) => new Sends({ ...job, mode: 'normal' })),
)
const interrupted = fc
  .tuple(sending({ mode: 'normal' }), fc.array(beside, { minLength: 1, maxLength: 3 }))
  .map(([{ job }, between]) => new Sends({ ...job, between }))
const raced = fc
  .tuple(
    sending({ mode: 'normal', answers: [] }),
    fc.oneof(byCampaign('pause'), byCampaign('stop'), silenced, suppress, unsubscribe, unsubscribe),
  )
  .map(([{ job }, race]) => new Sends({ ...job, race }))
const minutes = fc.constantFrom(1, 15, 60, 61, 300, 720, 1439, 1440, 1441, 2880, 4380)
const advance = fc
  .tuple(minutes, fc.constantFrom('as long' as const, 'as long' as const, 'a second' as const))
  .map(([m, real]) => new Advance(m, real))
const tick = fc.constant(new Tick())
const settle = fc.constant(new Settle())
const start = asked(byCampaign('start'))

const several = (...all: fc.Arbitrary<Command>[]) => fc.tuple(...all).map((drawn) => new Several(drawn))
const after = (minutes: number) => fc.constant(new Advance(minutes, 'as long'))

/** A day's work of all mailboxes, as often as it takes to come to an end. */
const day = several(after(1440), tick, sending({ mailbox: 0 }), sending({ mailbox: 1 }))
const days = fc.array(day, { minLength: 1, maxLength: 4 }).map((all) => new Several(all))
/** A worker that is frozen until what it had on the wire is planned again and on the wire of another. */
const thawing = fc
  .tuple(mailboxes, sending({ mode: 'normal' }), dying)
  .chain(([mailbox, first, second]) =>
    several(
      start,
      fc.constant(new Sends({ ...first.job, mailbox, stage: 'answered' })),
      after(61),
      tick,
      asked(fc.constantFrom(resolvedHeld(0, 'again'), resolvedHeld(0, 'delivered'))),
      asked(fc.constant(resolvedHeld(1, 'again'))),
      fc.constant(new Sends({ ...second.job, mailbox, mode: 'normal' })),
      settle,
    ),
  )
/** A second campaign that starts, and emails from the other mailbox, while the first is about to claim. */
const rivalling = fc.tuple(campaigns, sending({ mode: 'normal' }), dying).map(([c, { job }, other]) => {
  const beside = new Sends({ ...other.job, mailbox: 1 - job.mailbox, stage: 'answered', mode: 'normal' })
  const begun = new Sends({ ...job, between: [new Asked(doTo('start', c)), beside] })
  return new Several([new Asked(doTo('start', 1 - c)), begun])
})
/** Others who are faster than a worker that is about to claim what has just become due. */
const overtaken = fc
  .tuple(campaigns, sending({ mode: 'normal' }), fc.array(beside, { minLength: 1, maxLength: 3 }))
  .map(([c, { job }, between]) => new Several([new Asked(doTo('start', c)), new Sends({ ...job, between })]))
/** A limit that is lowered when more emails than it admits are written: follow-ups of one campaign, first ones of the other. */
const narrowing = fc.tuple(campaigns, sending({ mode: 'normal' }), fc.constantFrom(1, 2)).map(([c, { job }, limit]) => {
  const works = [0, 1].map((mailbox) => new Sends({ ...job, mailbox, answers: [] }))
  const narrowed = new Sends({ ...job, between: [new Asked(saved(job.mailbox, limit))] })
  const before = [doTo('start', c), doTo('pause', c), doTo('start', 1 - c)].map((ask) => new Asked(ask))
  return new Several([...before, ...works, new Advance(1440, 'as long'), new Asked(doTo('resume', c)), narrowed])
})

const withAnswers = (job: Partial<Send>, said: fc.Arbitrary<Answer[]>) =>
  fc.tuple(sending({ mode: 'normal', ...job }), said).map(([one, some]) => new Sends({ ...one.job, answers: some }))
/** A campaign that most addresses refuse, so that it fails with some of it overdue, and is tried again. */
const failing = fc
  .tuple(campaigns, sixOf('refuse', 'refuse', 'refuse', 'accept'))
  .chain(([c, said]) =>
    several(
      fc.constant(new Asked(doTo('start', c))),
      withAnswers({ mailbox: 0 }, fc.constant(said)),
      withAnswers({ mailbox: 1 }, fc.constant(said)),
      after(2161),
      fc.constant(new Asked(doTo('retryFailed', c))),
    ),
  )
/** One email that is refused for its content among others that are accepted, which is no row of them. */
const between = fc.tuple(campaigns, mailboxes, fc.integer({ min: 0, max: 4 })).chain(([c, mailbox, at]) => {
  const said = Array.from({ length: 6 }, (_, lead): Answer => (lead === at ? 'content' : 'accept'))
  return several(fc.constant(new Asked(doTo('start', c))), withAnswers({ mailbox }, fc.constant(said)))
})
/** A campaign that is stopped with emails of unknown delivery, which the setting decides. */
const abandoned = fc
  .tuple(campaigns, mailboxes)
  .chain(([c, mailbox]) =>
    several(
      fc.constant(new Asked(doTo('start', c))),
      withAnswers({ mailbox }, sixOf('accept', 'lost')),
      fc.constant(new Asked(doTo('stop', c))),
      after(4380),
      tick,
    ),
  )

/** What can happen in a campaign's life; what happens often stands here more than once. */
export const commands: fc.Arbitrary<Command>[] = [
  ...[start, start, start, asked(schedule), asked(takeBack), asked(edit)],
  ...[asked(byCampaign('pause')), asked(byCampaign('resume')), asked(byCampaign('resume')), asked(byCampaign('stop'))],
  ...[asked(byCampaign('retryFailed')), asked(byCampaign('retryFailed')), asked(resolveHeld), asked(resolveHeld)],
  ...[
    asked(setStatus),
    asked(suppress),
    asked(unsubscribe),
    asked(changeAddress),
    asked(importRow),
    asked(saveMailbox),
    asked(remove),
  ],
  ...[plain, plain, plain, plain, plain, plain, dying, dying, dying, interrupted, interrupted, raced],
  ...[
    days,
    days,
    days,
    thawing,
    thawing,
    rivalling,
    rivalling,
    overtaken,
    overtaken,
    overtaken,
    narrowing,
    failing,
    failing,
    failing,
    between,
    between,
    abandoned,
  ],
  ...[settle, settle, tick, tick, tick, tick, advance, advance, advance, advance, advance, advance, advance],
]
