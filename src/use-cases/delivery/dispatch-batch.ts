import { selectSenderVersion } from '@/db/queries/delivery/content-version'
import { lockContestedLeads } from '@/db/queries/delivery/lock-contested-leads'
import { type LimitDays, type MarkedEmail, markSending } from '@/db/queries/delivery/mark-sending'
import { type RecordedDecision, recordDecisions } from '@/db/queries/delivery/record-decisions'
import { type DueEmail, selectEmailFacts } from '@/db/queries/delivery/select-due-emails'
import { holdSendGate } from '@/db/send-gate'
import type { SqlPool, Tx } from '@/db/sql'
import type { Deps } from '@/deps'
import { CONTACT_GAP_MS, decide } from '@/domain/delivery/decide'
import type { SmtpOutcome } from '@/domain/delivery/outcome'
import { nextSendAt } from '@/domain/delivery/pace'
import { timed } from '@/lib/timed'
import { inSpan } from '@/lib/tracing'
import type { EnsureLimitDays } from './daily-limits'
import { deliveryFactsOf } from './delivery-facts'
import { gateMs, leaseMs, untilBegun } from './lease'
import type { PreparedEmail } from './prepare-emails'
import { recordedDecisionOf } from './select-sendable'
import type { Sender } from './sender'

/** An email whose SMTP transaction was begun, and its outcome once that has ended. The token fences late results. */
export type DispatchedEmail = PreparedEmail & { fencingToken: number; outcome: Promise<SmtpOutcome> }

export type DispatchedBatch = {
  dispatched: DispatchedEmail[]
  /** The local dates on which the batch is reserved. */
  days: LimitDays
  /** Emails were to leave and were not claimed: something has changed since they were prepared. */
  refusedAny: boolean
  /** When they were marked, in milliseconds of the machine's clock. */
  markedAt: number
  /** False when no SMTP transaction began and no email was put off. */
  madeProgress: boolean
}

/**
 * Dispatcher of one mailbox's batches: claims prepared emails and begins their SMTP transactions under the send gate.
 */
export function createBatchDispatcher(deps: Deps, sender: Sender, ensureDays: EnsureLimitDays) {
  const { sql, clock } = deps
  const { mailbox } = sender
  let pacedUntil: Date | null = null

  async function dispatch(prepared: readonly PreparedEmail[]): Promise<DispatchedBatch> {
    const gate = await holdSendGate(sql, gateMs(deps))
    try {
      const now = clock.now()
      const { send, record } = await decideAgain(deps, sender, gate.tx, prepared, now)
      // Nothing is put off by a window or a failure that was saved away meanwhile.
      const stands = record.length > 0 && (await selectSenderVersion(sql, mailbox.id))?.version === sender.version
      if (stands) await recordDecisions(sql, record, now)
      const days = await ensureDays(
        send.map(({ email }) => email),
        now,
      )
      // The pace is kept before the transaction: a worker that dies in it must not let the next one hurry.
      const nextAt = nextSendAt(mailbox, now, deps.random())
      const marked = send.length > 0 ? await claim(deps, sender, send, days, { now, nextSendAt: nextAt }) : []
      if (marked.length > 0) pacedUntil = nextAt
      const markedAt = clock.realNow().getTime()
      const dispatched = await beginAll(deps, sender, send, marked, () => gate.isOpen())
      const refusedAny = dispatched.length < send.length
      return { dispatched, days, refusedAny, markedAt, madeProgress: dispatched.length > 0 || stands }
    } finally {
      await gate.release()
    }
  }

  return {
    dispatch: (prepared: readonly PreparedEmail[]) =>
      inSpan(
        'dispatch batch',
        () => ({ mailbox: mailbox.id, emails: prepared.length }),
        () => dispatch(prepared),
      ),
    /** When the mailbox may send its next email after the last batch; null where it keeps no pace, or nothing was claimed. */
    nextSendAt: () => pacedUntil,
  }
}

/**
 * Time has passed since the emails were prepared. And another worker may be mailing a contested lead for another campaign
 * right now: facts read under the lead's lock cannot have missed that; a lead whose lock is taken is left to a later batch.
 */
async function decideAgain(
  { sql, clock, log }: Deps,
  { mailbox, window }: Sender,
  gate: Tx,
  prepared: readonly PreparedEmail[],
  now: Date,
): Promise<{ send: PreparedEmail[]; record: RecordedDecision[] }> {
  const contested = await readUnderLock(
    sql,
    gate,
    prepared.map(({ email }) => email).filter((email) => email.contested),
  )
  const send: PreparedEmail[] = []
  const record: RecordedDecision[] = []
  for (const one of prepared) {
    const email = one.email.contested ? contested.get(one.email.id) : one.email
    if (!email) continue
    const decision = decide(deliveryFactsOf(email, mailbox, window, new Map(), clock.realNow()), now)
    const recorded = recordedDecisionOf(email, decision)
    // What cancels waits for the lock of the campaign, whose holder may be waiting for the gate: the next look does it.
    if (recorded && recorded.kind !== 'cancel') record.push(recorded)
    if (decision.kind === 'send') send.push(one)
  }
  if (record.length > 0) log.debug({ mailbox: mailbox.id, decisions: record }, 'emails not sent now')
  return { send, record }
}

/** The contested emails whose leads could be locked until the gate is left, with facts read after that. */
async function readUnderLock(sql: SqlPool, gate: Tx, contested: DueEmail[]): Promise<Map<string, DueEmail>> {
  if (contested.length === 0) return new Map()
  const leadIds = [...new Set(contested.map(({ leadId }) => leadId))]
  const locked = await lockContestedLeads(gate, leadIds)
  const ours = new Set(locked.map(({ id }) => id))
  const ids = contested.filter(({ leadId }) => ours.has(leadId)).map(({ id }) => id)
  const facts = ids.length > 0 ? await selectEmailFacts(sql, ids) : []
  return new Map(facts.map((email) => [email.id, email]))
}

/** Marks the emails `sending`, as many as may leave: see `mark-sending`. */
const claim = (
  deps: Deps,
  sender: Sender,
  send: readonly PreparedEmail[],
  days: LimitDays,
  { now, nextSendAt: nextAt }: { now: Date; nextSendAt: Date | null },
) => {
  const claimed = {
    emails: send.map(({ email: { id, email, contested, contentVersion } }) => ({
      id,
      email,
      uncontested: !contested,
      contentVersion,
    })),
    senderVersion: sender.version,
    ...days,
    nextSendAt: nextAt,
    contactedBefore: new Date(now.getTime() - CONTACT_GAP_MS),
    now,
    leaseUntil: new Date(deps.clock.realNow().getTime() + leaseMs(deps)),
  }
  const mark = () => markSending(deps.sql, claimed)
  return timed(() => inSpan('claim emails', () => ({ emails: send.length }), mark), deps.measures?.claimTook)
}

/** Begins an SMTP transaction for each marked email and waits until all have begun: only then may the gate be left. */
async function beginAll(
  { mailer }: Deps,
  { account }: Sender,
  prepared: readonly PreparedEmail[],
  marked: readonly MarkedEmail[],
  mayBegin: () => boolean,
): Promise<DispatchedEmail[]> {
  const fencingTokens = new Map(marked.map(({ id, claim }) => [id, claim]))
  const begun: Promise<void>[] = []
  const dispatched = prepared.flatMap(({ email, composed, bytes }) => {
    const fencingToken = fencingTokens.get(email.id)
    if (fencingToken === undefined) return []
    const { promise, resolve: onBegun } = Promise.withResolvers<void>()
    begun.push(promise)
    const send = () => mailer.send(account, composed.outgoing, { mayBegin, onBegun })
    const outcome = traced({ email, account, bytes: composed.outgoing.raw.length }, send)
    return [{ email, fencingToken, composed, bytes, outcome }]
  })
  await untilBegun(begun)
  return dispatched
}

type TracedEmail = { email: DueEmail; account: Sender['account']; bytes: number }

/** The SMTP transaction as a trace shows it: which email over which server, and how it ended. */
const traced = ({ email, account, bytes }: TracedEmail, send: () => Promise<SmtpOutcome>): Promise<SmtpOutcome> =>
  inSpan(
    'smtp transaction',
    () => ({ email: email.id, campaign: email.campaignId, 'server.address': account.host, bytes }),
    async (span) => {
      const outcome = await send()
      span.setAttributes({ outcome: outcome.kind, ...('code' in outcome && { code: outcome.code }) })
      return outcome
    },
  )
