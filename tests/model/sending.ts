import { end } from './moves'
import {
  type Batch,
  Broken,
  boxOf,
  campaignOf,
  canSend,
  claim,
  conclude,
  DAY,
  type Decision,
  decide,
  dueOf,
  emailsOf,
  failsMailbox,
  hasGapPassed,
  leadOf,
  limitsOf,
  moveTo,
  record,
  skip,
  type Verdict,
} from './rules'
import { type Email, keyOf, type Model, type Seen } from './state'
import type { Answer, Mode } from './wire'
import type { Stage } from './worker'

export type Sending = {
  mailbox: number
  stage: Stage
  mode: Mode
  /** By the number of the lead; `accept` for the rest. */
  answers: readonly Answer[]
}
/** What was seen of a send job: the recipients of its batches, and whether it came as far as its stage. */
export type Trace = { batches: readonly (readonly string[])[]; reached: boolean }

/** The rules of one send job. Which of the emails that may leave are taken is seen; that no other is, and none is left, is asked. */
export class JobRules {
  private readonly wanted: Email[]
  /** Campaigns of emails that were due: the job decides whether they are over. */
  private looked: number[]
  private readonly running: ReadonlySet<number>
  private readonly read: Batch['read']
  private readonly attempted = new Set<Email>()
  /** What might leave when the results of a batch were not recorded yet: the next ones may have begun by then. */
  private readonly ready = new Set<Email>()

  constructor(
    private readonly m: Model,
    private readonly job: Sending,
    /** The mailbox has one connection. */
    private readonly oneByOne: boolean,
  ) {
    const { health, failures, saves } = boxOf(m, job.mailbox)
    this.read = { health, failures, saves }
    this.running = new Set([...m.campaigns].flatMap(([index, { status }]) => (status === 'running' ? [index] : [])))
    this.looked = [...new Set(this.due().map(({ campaign }) => campaign))].filter((c) => this.running.has(c))
    this.wanted = this.due().filter((email) => decide(m, email).kind === 'send')
  }

  /** The same job, after somebody has done something meanwhile; a mailbox that was saved is read anew. */
  again(): JobRules {
    const rules = new JobRules(this.m, this.job, this.oneByOne)
    rules.looked = [...new Set([...this.looked, ...rules.looked])]
    if (rules.read.saves === this.read.saves) Object.assign(rules.read, this.read)
    return rules
  }

  /** The due emails of the mailbox, follow-ups before first ones. */
  private due(): Email[] {
    return dueOf(this.m, this.job.mailbox).sort((a, b) => Number(a.step === 1) - Number(b.step === 1) || a.due - b.due)
  }

  /** Skips and puts off what was seen to be, where the rules say so. */
  decisions(seen: Seen): void {
    for (let moved = true; moved; ) {
      moved = this.due().some((email) => this.decideOne(email, seen.emails.get(keyOf(email))))
    }
  }

  private decideOne(email: Email, is: Email | undefined): boolean {
    const { m } = this
    if (!is || is.claim > email.claim) return false
    const decision = this.decideAsBegun(email)
    if (decision.kind === 'skip' && is.status === 'skipped' && is.reason === (email.reason ?? decision.reason)) {
      for (const other of emailsOf(m, email.campaign))
        if (other.lead === email.lead && other.step >= email.step && other.status === 'pending')
          skip(m, other, decision.reason)
      return true
    }
    for (const { reason, until } of this.reasonsToWait(email)) {
      if (is.due !== until || is.due <= m.now || (is.status === 'pending' && is.wait !== reason)) continue
      moveTo(m, email, until)
      email.wait = reason
      return true
    }
    return false
  }

  /** What is decided of an email in a campaign that ran when the job began: a look may just come before a pause. */
  private decideAsBegun(email: Email): Decision {
    const campaign = campaignOf(this.m, email.campaign)
    const { status } = campaign
    if (this.running.has(email.campaign)) campaign.status = 'running'
    const decision = decide(this.m, email)
    campaign.status = status
    return decision
  }

  private reasonsToWait(email: Email) {
    const { m } = this
    if (!this.running.has(email.campaign)) return []
    const beside = [...this.attempted].some(({ lead, campaign }) => lead === email.lead && campaign !== email.campaign)
    const wire = beside ? [{ kind: 'defer' as const, reason: 'contacted_recently', until: m.now + DAY }] : []
    return [this.decideAsBegun(email), ...wire].filter((d) => d.kind === 'defer')
  }

  /** Follows the job to where it ended. `race` is what committed while the first batch was about to begin. Answers a batch that waits. */
  follow({ batches, reached }: Trace, seen: Seen, race?: () => void): Batch | null {
    const { m, job } = this
    const box = boxOf(m, job.mailbox)
    if (job.mode === 'login_refused') {
      if (canSend(m, job.mailbox) && hasGapPassed(m, job.mailbox))
        Object.assign(box, { health: 'stopped', coolUntil: null })
      return null
    }
    const couldSend = canSend(m, job.mailbox) && hasGapPassed(m, job.mailbox)
    let trouble = false
    const recorded: Batch[] = []
    for (const [i, recipients] of batches.filter((batch) => batch.length > 0).entries()) {
      this.decisions(seen)
      const batch = this.claimAll(recipients, seen)
      this.decisions(seen)
      if (i === 0) race?.()
      if (job.stage === 'claimed') return null
      for (const { key, verdict } of batch.emails) {
        const email = m.emails.get(key)
        if (email && (verdict === 'accept' || verdict === 'lost')) email.arrived++
      }
      if (job.stage === 'answered') return batch
      recorded.push(batch)
      trouble ||= failsMailbox(batch)
      this.noteReady()
      record(m, batch)
      this.noteReady()
      conclude(m, batch)
    }
    this.decisions(seen)
    this.takeRefusals(recorded, seen)
    if (!reached && couldSend) end(m, this.looked)
    const ran = !reached && couldSend && !trouble
    if (ran && !(box.gap > 0 && this.attempted.size > 0)) this.nothingLeft()
    if (ran) this.followUpsFirst()
    return null
  }

  private noteReady(): void {
    for (const email of this.due()) if (decide(this.m, email).kind === 'send') this.ready.add(email)
  }

  private claimAll(recipients: readonly string[], seen: Seen): Batch {
    const { m, job } = this
    const batch: Batch = { mailbox: job.mailbox, campaigns: this.looked, days: new Map(), emails: [], read: this.read }
    const chosen = recipients.map((to) => {
      const email = this.due().find(
        (e) =>
          leadOf(m, e.lead).email === to &&
          (seen.emails.get(keyOf(e))?.claim ?? 0) > e.claim &&
          !batch.days.has(keyOf(e)),
      )
      if (!email) throw new Broken(`An email went to ${to}, for whom none is due`)
      const limits = limitsOf(m, email, m.now)
      batch.days.set(
        keyOf(email),
        limits.map(({ day }) => day),
      )
      return email
    })
    for (const email of chosen) {
      const decision = decide(m, email)
      if (decision.kind !== 'send' && !this.ready.has(email))
        throw new Broken(`${keyOf(email)} was sent although: ${JSON.stringify(decision)}`)
      claim(m, email)
      this.attempted.add(email)
      const verdict: Verdict = job.mode === 'lost_before' ? 'lost_before' : (job.answers[email.lead] ?? 'accept')
      batch.emails.push({ key: keyOf(email), claim: email.claim, verdict })
    }
    return batch
  }

  /**
   * Results of batches that are on the wire together are recorded in no order: whether a refusal for its content or an acceptance beside it came
   * first is seen. One that two batches or more divide from a later acceptance, over one connection, is forgotten.
   */
  private takeRefusals(recorded: readonly Batch[], seen: Seen): void {
    for (const [index, campaign] of this.m.campaigns) {
      const batchesOf = (verdict: Verdict) =>
        recorded.flatMap(({ emails }, i) =>
          emails.some((e) => e.verdict === verdict && e.key.startsWith(`${index}/`)) ? [i] : [],
        )
      const accepted = batchesOf('accept')
      if (recorded.length < 2 || batchesOf('content').length === 0) continue
      const is = seen.campaigns.get(index)
      if (!is) continue
      const batchOf = (key: string) =>
        recorded.findIndex(({ emails }) => emails.some((e) => e.key === key && e.verdict === 'content'))
      const isForgotten = (key: string) => this.oneByOne && accepted.some((i) => i >= batchOf(key) + 2)
      if (is.refused.some(isForgotten)) continue
      campaign.refused = is.refused
      if (is.status === 'running' && campaign.status === 'paused') campaign.status = is.status
      if (is.status === 'paused' && campaign.status === 'running' && batchesOf('content').length > 2)
        campaign.status = is.status
    }
  }

  private nothingLeft(): void {
    const left = this.due().find((email) => decide(this.m, email).kind === 'send')
    if (left) throw new Broken(`${keyOf(left)} was due, might have left, and stayed`)
  }

  private followUpsFirst(): void {
    const { m, attempted } = this
    const leads = new Set([...attempted].map(({ lead }) => lead))
    if (![...attempted].some(({ step }) => step === 1)) return
    const passedOver = this.wanted.find(
      (email) =>
        email.step > 1 &&
        !leads.has(email.lead) &&
        email.status === 'pending' &&
        m.leads.has(email.lead) &&
        campaignOf(m, email.campaign).status === 'running' &&
        campaignOf(m, email.campaign).limit === null,
    )
    if (passedOver) throw new Broken(`${keyOf(passedOver)} is a follow-up, and a first email took its place`)
  }
}
