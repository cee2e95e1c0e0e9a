import fc from 'fast-check'
import { correct, hear, hearNo } from './answer-asks'
import {
  byCampaign,
  campaigns,
  change,
  changeAddress,
  doTo,
  edit,
  remove,
  resolvedHeld,
  resolveHeld,
  saveAddress,
  saveMailbox,
  schedule,
  setStatus,
  silenced,
  suppress,
  takeBack,
  unsubscribe,
} from './asks'
import { Asked, type Command, Sends, Several } from './happenings'
import { importRow, massAct, rollBackImport, undoAct } from './lead-asks'
import {
  advance,
  after,
  asked,
  dying,
  look,
  mailboxes,
  plain,
  sending,
  settle,
  several,
  sixOf,
  start,
  tick,
  withAnswers,
} from './pieces'

const beside = fc.oneof(
  asked(byCampaign('start')),
  asked(byCampaign('pause')),
  asked(byCampaign('stop')),
  asked(setStatus),
  asked(suppress),
  asked(changeAddress),
  asked(hear),
  asked(correct),
  asked(change),
  asked(massAct),
  dying.map(({ job }) => new Sends({ ...job, mode: 'normal' })),
)
const interrupted = fc
  .tuple(sending({ mode: 'normal' }), fc.array(beside, { minLength: 1, maxLength: 3 }))
  .map(([{ job }, between]) => new Sends({ ...job, between }))
const raced = fc
  .tuple(
    sending({ mode: 'normal', answers: [] }),
    fc.oneof(byCampaign('pause'), byCampaign('stop'), silenced, suppress, unsubscribe, unsubscribe, hearNo, hearNo),
  )
  .map(([{ job }, race]) => new Sends({ ...job, race }))
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
/** A campaign that is stopped with emails of unknown delivery, which the setting decides. */
const abandoned = fc.tuple(campaigns, mailboxes).chain(([c, mailbox]) =>
  several(
    fc.constant(new Asked(doTo('start', c))),
    sixOf('accept', 'lost').chain((said) => withAnswers({ mailbox }, said)),
    fc.constant(new Asked(doTo('stop', c))),
    after(4380),
    tick,
  ),
)

/** Messages, and what a person says that they are. */
const talking = fc
  .tuple(
    asked(hear),
    fc.array(fc.oneof(asked(hear), asked(correct), asked(correct), advance), { minLength: 1, maxLength: 4 }),
  )
  .map(([first, others]) => new Several([first, ...others]))

/** A campaign that runs, and changes more than once while its emails leave. */
const changing = fc
  .tuple(start, fc.array(fc.oneof(asked(change), asked(change), day, advance), { minLength: 2, maxLength: 6 }))
  .map(([first, others]) => new Several([first, ...others]))

/** Many leads at once, and that taken back: at once, or after something else. */
const undoing = fc
  .tuple(
    asked(massAct),
    fc.array(fc.oneof(asked(setStatus), asked(hear), asked(massAct), advance), { maxLength: 2 }),
    asked(undoAct),
  )
  .map(([first, others, last]) => new Several([first, ...others, last]))

/** Rows of files, one or more about the same leads, and some of them rolled back. */
const importing = fc
  .array(fc.oneof(asked(importRow), asked(importRow), asked(rollBackImport), asked(setStatus), asked(change), plain), {
    minLength: 2,
    maxLength: 6,
  })
  .map((all) => new Several(all))

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
    asked(saveAddress),
    asked(remove),
  ],
  ...[asked(hear), asked(hear), asked(hear), asked(correct), asked(correct), talking],
  ...[asked(change), asked(change), asked(change), changing],
  ...[asked(massAct), undoing, importing],
  ...[plain, plain, plain, plain, plain, plain, dying, dying, dying, interrupted, interrupted, raced],
  ...[days, days, days, thawing, thawing, rivalling, rivalling, overtaken, overtaken, overtaken, abandoned],
  ...[
    settle,
    settle,
    look,
    look,
    tick,
    tick,
    tick,
    tick,
    advance,
    advance,
    advance,
    advance,
    advance,
    advance,
    advance,
  ],
]
