import type { Mailbox } from '@/db/generated/client'
import { type LimitDays, type MarkedMail, markSending } from '@/db/queries/mark-sending'
import { recordDecisions } from '@/db/queries/record-decisions'
import type { DueMail } from '@/db/queries/select-due-mail'
import { queryRows } from '@/db/query'
import type { Deps } from '@/deps'
import { chooseMail } from './choose-mail'
import { type Composed, createComposer } from './compose-campaign-mail'
import { passGate } from './dialogue-gate'
import { createSettlement, type Settled } from './settle-wave'
import { type Dispatched, gateMs, leaseMs, type Sender } from './wave'

export type StartedWave = {
  campaigns: Set<string>
  /** True when another wave may find something to do. */
  more: boolean
  /** Resolves when every dialogue of the wave has ended and its results are recorded; null when none began. */
  settled: Promise<Settled> | null
}

// How long the gate waits for servers that are slow to answer MAIL FROM.
const BEGIN_PATIENCE_MS = 5_000
const LOOK_AHEAD = 500

/** Waves of one mailbox: choose, claim, begin under the dialogue gate; then settle in the background. */
export function createWave(deps: Deps, sender: Sender) {
  const { db, pool, clock, mailer, log } = deps
  const compose = createComposer(deps, sender.mailbox, sender.settings)
  const settle = createSettlement(deps, sender)
  let nextSendAt: Date | null = null
  let idleWaves = 0
  const ensured = new Set<string>()

  async function start(size: number): Promise<StartedWave> {
    const gate = await passGate(pool, gateMs(deps))
    try {
      // A wave that sent nothing looks further ahead, so that many mails to defer don't take many waves.
      const limit = idleWaves > 0 ? LOOK_AHEAD : size
      const choice = await chooseMail(deps, sender, { gate: gate.connection, limit, size, ensured })
      const campaigns = new Set(choice.days.campaignDays.map(({ campaignId }) => campaignId))
      if (choice.record.length > 0) {
        await queryRows(pool, recordDecisions(choice.record, clock.now()))
        log.debug({ mailbox: sender.mailbox.id, decisions: choice.record }, 'mails not sent now')
      }
      const { ready, unfit } = await composeAll(choice.send)
      const leaseUntil = new Date(clock.realNow().getTime() + leaseMs(deps))
      const marked = ready.length > 0 ? await mark(ready, choice.days, leaseUntil) : []
      if (marked.length > 0) await keepNextSendAt()
      const dispatched = await beginAll(ready, marked, () => gate.isOpen())
      idleWaves = dispatched.length > 0 ? 0 : idleWaves + 1
      const more = choice.seen > 0 && choice.record.length + dispatched.length + unfit.length > 0
      const settled = dispatched.length + unfit.length > 0 ? settle({ dispatched, unfit, days: choice.days }) : null
      return { campaigns, more, settled }
    } finally {
      await gate.release()
    }
  }

  // Before the dialogue: a worker that dies in it must not let the next one hurry.
  async function keepNextSendAt(): Promise<void> {
    nextSendAt = paceAfter(sender.mailbox, clock.now())
    if (nextSendAt) await db.mailbox.update({ where: { id: sender.mailbox.id }, data: { nextSendAt } })
  }

  async function composeAll(mails: DueMail[]) {
    const ready: { mail: DueMail; composed: Extract<Composed, { ok: true }> }[] = []
    const unfit: { mail: DueMail; reason: string }[] = []
    for (const mail of mails) {
      const composed = await compose(mail)
      if (composed.ok) ready.push({ mail, composed })
      else unfit.push({ mail, reason: composed.reason })
    }
    return { ready, unfit }
  }

  const mark = (ready: { mail: DueMail }[], days: LimitDays, leaseUntil: Date) =>
    queryRows<MarkedMail>(
      pool,
      markSending({
        ids: ready.map(({ mail }) => mail.id),
        ...days,
        mailboxLimit: sender.mailbox.dailyLimit,
        now: clock.now(),
        leaseUntil,
      }),
    )

  /** Begins a dialogue for each marked mail and waits until all have begun: only then may the gate be left. */
  async function beginAll(
    ready: { mail: DueMail; composed: Extract<Composed, { ok: true }> }[],
    marked: MarkedMail[],
    mayBegin: () => boolean,
  ): Promise<Dispatched[]> {
    const claims = new Map(marked.map(({ id, claim }) => [id, claim]))
    const begun: Promise<void>[] = []
    const dispatched = ready.flatMap(({ mail, composed }) => {
      const claim = claims.get(mail.id)
      if (claim === undefined) return []
      const { promise, resolve: onBegun } = Promise.withResolvers<void>()
      begun.push(promise)
      const outcome = mailer.send(sender.account, composed.outgoing, { mayBegin, onBegun })
      return [{ mail, claim, composed, outcome }]
    })
    const { promise: patience, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, BEGIN_PATIENCE_MS)
    await Promise.race([Promise.all(begun), patience])
    clearTimeout(timer)
    return dispatched
  }

  return { start, nextSendAt: () => nextSendAt }
}

/** When the mailbox may send its next mail: minimum gap plus up to `gapJitterSeconds`. Null without a gap. */
function paceAfter(mailbox: Mailbox, now: Date): Date | null {
  if (mailbox.minGapSeconds <= 0) return null
  const jitter = Math.random() * mailbox.gapJitterSeconds
  return new Date(now.getTime() + (mailbox.minGapSeconds + jitter) * 1000)
}
