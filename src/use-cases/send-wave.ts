import type { Mailbox } from '@/db/generated/client'
import { lockContestedLeads } from '@/db/queries/lock-contested-leads'
import { type MarkedMail, markSending } from '@/db/queries/mark-sending'
import { type RecordedDecision, recordDecisions } from '@/db/queries/record-decisions'
import { type DueMail, selectMailFacts } from '@/db/queries/select-due-mail'
import { holdSendGate } from '@/db/send-gate'
import type { Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { CONTACT_GAP_MS, decide } from '@/domain/delivery/decide'
import { type EnsureDays, factsOf, recordOf } from './choose-mail'
import { createSettlement, type Settled } from './settle-wave'
import { type Dispatched, gateMs, leaseMs, type PreparedMail, type Sender } from './wave'

export type StartedWave = {
  /** True when something changed: a dialogue began, or a mail was put off. */
  moved: boolean
  /** Each resolves when its dialogue has ended. */
  dialogues: Promise<unknown>[]
  /** Resolves when the results are recorded, too. */
  settled: Promise<Settled>
}

// How long the gate waits for servers that are slow to answer MAIL FROM.
const BEGIN_PATIENCE_MS = 5_000

/** Waves of one mailbox: claim prepared mails and begin their dialogues under the gate; then settle in the background. */
export function createWave(deps: Deps, sender: Sender, ensure: EnsureDays) {
  const { sql, clock, mailer, log } = deps
  const { mailbox, window } = sender
  const { settle, settleUnfit } = createSettlement(deps, sender)
  let nextSendAt: Date | null = null

  async function start(prepared: readonly PreparedMail[]): Promise<StartedWave> {
    const gate = await holdSendGate(sql, gateMs(deps))
    try {
      const now = clock.now()
      const { send, record } = await askAgain(gate.tx, prepared, now)
      if (record.length > 0) await recordDecisions(sql, record, now)
      const days = await ensure(
        send.map(({ mail }) => mail),
        now,
      )
      const after = paceAfter(mailbox, now)
      const marked = send.length > 0 ? await mark(send, days, { now, nextSendAt: after }) : []
      if (marked.length > 0) nextSendAt = after
      const dispatched = await beginAll(send, marked, () => gate.isOpen())
      const dialogues = dispatched.map(({ outcome }) => outcome)
      return { moved: dispatched.length + record.length > 0, dialogues, settled: settle({ dispatched, days }) }
    } finally {
      await gate.release()
    }
  }

  /**
   * Time has passed since the mails were prepared. And another worker may be mailing a contested lead for another
   * campaign right now: facts read under the lead's lock cannot have missed that; a lead whose lock is taken is asked
   * again in a later wave.
   */
  async function askAgain(gate: Tx, prepared: readonly PreparedMail[], now: Date) {
    const contested = await readUnderLock(
      gate,
      prepared.map(({ mail }) => mail).filter((mail) => mail.contested),
    )
    const send: PreparedMail[] = []
    const record: RecordedDecision[] = []
    for (const one of prepared) {
      const mail = one.mail.contested ? contested.get(one.mail.id) : one.mail
      if (!mail) continue
      const decision = decide(factsOf(mail, mailbox, window, new Map()), now)
      const left = recordOf(mail, decision)
      if (left) record.push(left)
      if (decision.kind === 'send') send.push(one)
    }
    if (record.length > 0) log.debug({ mailbox: mailbox.id, decisions: record }, 'mails not sent now')
    return { send, record }
  }

  async function readUnderLock(gate: Tx, contested: DueMail[]): Promise<Map<string, DueMail>> {
    if (contested.length === 0) return new Map()
    const leadIds = [...new Set(contested.map(({ leadId }) => leadId))]
    const locked = await lockContestedLeads(gate, leadIds)
    const ours = new Set(locked.map(({ id }) => id))
    const ids = contested.filter(({ leadId }) => ours.has(leadId)).map(({ id }) => id)
    const facts = ids.length > 0 ? await selectMailFacts(sql, ids) : []
    return new Map(facts.map((mail) => [mail.id, mail]))
  }

  // The pace is kept before the dialogue: a worker that dies in it must not let the next one hurry.
  const mark = (
    send: readonly PreparedMail[],
    days: Awaited<ReturnType<EnsureDays>>,
    { now, nextSendAt }: { now: Date; nextSendAt: Date | null },
  ) =>
    markSending(sql, {
      mails: send.map(({ mail }) => ({ id: mail.id, email: mail.email, uncontested: !mail.contested })),
      ...days,
      nextSendAt,
      contactedBefore: new Date(now.getTime() - CONTACT_GAP_MS),
      now,
      leaseUntil: new Date(clock.realNow().getTime() + leaseMs(deps)),
    })

  /** Begins a dialogue for each marked mail and waits until all have begun: only then may the gate be left. */
  async function beginAll(
    prepared: readonly PreparedMail[],
    marked: MarkedMail[],
    mayBegin: () => boolean,
  ): Promise<Dispatched[]> {
    const claims = new Map(marked.map(({ id, claim }) => [id, claim]))
    const begun: Promise<void>[] = []
    const dispatched = prepared.flatMap(({ mail, composed }) => {
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

  return { start, settleUnfit, nextSendAt: () => nextSendAt }
}

/** When the mailbox may send its next mail: minimum gap plus up to `gapJitterSeconds`. Null without a gap. */
function paceAfter(mailbox: Mailbox, now: Date): Date | null {
  if (mailbox.minGapSeconds <= 0) return null
  const jitter = Math.random() * mailbox.gapJitterSeconds
  return new Date(now.getTime() + (mailbox.minGapSeconds + jitter) * 1000)
}
