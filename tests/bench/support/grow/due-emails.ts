import { type MarkedEmail, markSending } from '@/db/queries/delivery/mark-sending'
import { recordOutcomes } from '@/db/queries/delivery/record-outcomes'
import { type DueEmail, selectDueEmails } from '@/db/queries/delivery/select-due-emails'
import { CONTACT_GAP_MS } from '@/domain/delivery/decide'
import { createLimitDays } from '@/use-cases/delivery/daily-limits'
import type { Bench } from '../bench-deps'

const LEASE_MS = 180_000
const CAMPAIGN = 'Due now'
// Each at a time of its own, as planning lays them out.
const DUE_SINCE_SECONDS = 3_600

/** What one round of sending asks the database for. */
export type Step = 'due' | 'claim' | 'record'
/** Runs a step, measured or not. */
export type Measure = <T>(step: Step, work: () => Promise<T>) => Promise<T>

/** Ends what an earlier run has left: it would be due for ever. */
export const endDueCampaigns = ({ pool }: Pick<Bench, 'pool'>) =>
  pool.query(`UPDATE campaigns SET status = 'paused' WHERE name = $1 AND status = 'running'`, [CAMPAIGN])

/**
 * Plans a running campaign with `emails` first emails that are due, to leads whom another campaign has emailed before. Returns one round
 * of its sending, without a mail server: `size` emails are read, claimed and recorded as sent.
 */
export async function planDue({ deps, pool, seed }: Bench, emails: number) {
  const { sql, clock } = deps
  const mailboxId = await seed.mailbox(CAMPAIGN, 20)
  const [batchId, workflowId] = [await seed.batch(CAMPAIGN, emails), await seed.workflow(2)]
  const parts = { batchId, workflowId, mailboxId }
  await seed.plannedCampaign({ ...parts, name: 'Sent before', status: 'completed', sentShare: 1, dueInDays: -9 })
  await seed.plannedCampaign({
    ...parts,
    name: CAMPAIGN,
    status: 'running',
    sentShare: 0,
    dueInDays: 0,
    spreadSeconds: DUE_SINCE_SECONDS,
  })
  await pool.query('ANALYZE')
  const ensureDays = createLimitDays(sql, await deps.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } }))

  return async function round(size: number, measure: Measure): Promise<void> {
    const now = clock.now()
    const due = await measure('due', () => selectDueEmails(sql, { mailboxId, now, limit: size, except: [] }))
    const days = await ensureDays(due, now)
    const claim = {
      emails: due.map(({ id, email, contested, contentVersion }) => ({
        id,
        email,
        uncontested: !contested,
        contentVersion,
      })),
      senderVersion: due[0]?.senderVersion ?? '',
      ...days,
      nextSendAt: null,
      contactedBefore: new Date(now.getTime() - CONTACT_GAP_MS),
      now,
      leaseUntil: new Date(clock.realNow().getTime() + LEASE_MS),
    }
    const marked = await measure('claim', () => markSending(sql, claim))
    const outcomes = outcomesOf(due, marked)
    const recorded = await measure('record', () => recordOutcomes(sql, outcomes, days, now))
    if (recorded.length !== size) throw new Error(`${recorded.length} of ${size} emails were sent`)
  }
}

const TEXT = 'I wondered how you plan your deliveries today. '.repeat(12)

function outcomesOf(due: readonly DueEmail[], marked: readonly MarkedEmail[]) {
  const addresses = new Map(due.map(({ id, email }) => [id, email]))
  const sent = {
    status: 'sent',
    reason: '250 2.0.0 queued',
    dueAt: null,
    attemptUsed: false,
    addressInvalid: false,
  } as const
  return marked.map(({ id, claim }) => ({
    ...sent,
    id,
    fencingToken: claim,
    message: {
      from: 'due@nexa.example',
      to: addresses.get(id) ?? '',
      subject: 'A question',
      text: TEXT,
      html: `<p>${TEXT}</p>`,
    },
  }))
}
