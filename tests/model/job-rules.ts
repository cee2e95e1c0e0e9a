import { Broken, dueOf, isUnderWay, keyOf, stepBefore, stepsAfter } from './book'
import { DAY } from './calendar'
import { end } from './rules/campaigns'
import { isTrouble, MEANINGS, moveTo, record, updateHealth } from './rules/outcomes'
import { skip } from './rules/people'
import { settle } from './rules/refusals'
import { canSend, claim, type Decision, decide } from './rules/sending'
import type { Seen } from './snapshot'
import type { Batch, Campaign, Email, Mailbox, Model } from './state'
import type { Answer, Mode } from './wire'
import type { Stage } from './worker'

type SeenEmail = Seen['emails'] extends Map<string, infer E> ? E : never

/** The next batch of a job begins while what follows from the results of one is written. */
type Meanwhile = {
  /** What may leave now. */
  look(): void
  /** The email was on the wire again before it could be given back. */
  isBeyond(email: Email): boolean
}
const NOTHING: Meanwhile = { look: () => undefined, isBeyond: () => false }

/** The results of a batch, and what follows from them beside what the server refused before. */
export function finish(m: Model, batch: Batch, meanwhile = NOTHING): void {
  const afterwards = settle(m, batch)
  record(m, batch)
  meanwhile.look()
  afterwards(meanwhile.isBeyond)
  meanwhile.look()
  updateHealth(m, batch)
}

/** While some of what counts against a limit is on the wire, it may get a place back, and nothing is put off for it. */
function isForOpenLimit(m: Model, email: Email, { reason }: Decision): boolean {
  const isOpen = (of: 'box' | 'campaign') => m.emails.some((e) => e.status === 'sending' && e[of] === email[of])
  return (reason === 'mailbox_limit' && isOpen('box')) || (reason === 'campaign_limit' && isOpen('campaign'))
}

export type Sending = {
  mailbox: number
  stage: Stage
  mode: Mode
  /** By the number of the lead; `accept` for the rest. */
  answers: readonly Answer[]
}
/** What was seen of a send job: the recipients of its batches, whether it came as far as its stage, and how many emails it had in doubt. */
export type Trace = { batches: readonly (readonly string[])[]; reached: boolean; inDoubt: number }

/** The rules of one send job. Which of the emails that may leave are taken is seen; that no other is, and none is left, is asked. */
export class JobRules {
  private readonly wanted: Email[]
  /** Campaigns of emails that were due: the job decides whether they are over. */
  private looked: Campaign[]
  private readonly box: Mailbox
  private readonly running: Set<Campaign>
  private readonly memory: Batch['memory']
  private readonly attempted = new Set<Email>()
  /** What might leave when the results of a batch were not recorded yet: the next ones may have begun by then. */
  private readonly ready = new Set<Email>()

  constructor(
    private readonly m: Model,
    private readonly job: Sending,
    private readonly connections: number,
  ) {
    const box = m.boxes[job.mailbox]
    if (!box) throw new Broken(`There is no mailbox ${job.mailbox}`)
    this.box = box
    const { health, failures, saves, refused } = box
    const there = [...refused].filter(([email]) => m.emails.includes(email))
    const read = { health, failures, saves, refused: new Map(there), settings: m.settings.saves }
    this.memory = { ...read, culprits: [], passed: health === 'ready' && failures === 0, trouble: null }
    this.running = new Set(this.runningNow())
    this.looked = [...new Set(this.due().map(({ campaign }) => campaign))].filter((c) => this.running.has(c))
    this.wanted = this.due().filter((email) => decide(m, email).kind === 'send')
  }

  /** The same job, after somebody has done something meanwhile; a mailbox that was saved is read anew. */
  again(): JobRules {
    const rules = new JobRules(this.m, this.job, this.connections)
    rules.looked = [...new Set([...this.looked, ...rules.looked])]
    const { saves, settings } = this.memory
    if (rules.memory.saves === saves && rules.memory.settings === settings) Object.assign(rules.memory, this.memory)
    return rules
  }

  private runningNow(): Campaign[] {
    return [...this.m.campaigns.values()].filter(({ status }) => status === 'running')
  }

  /** The due emails of the mailbox, follow-ups before first ones. */
  private due(): Email[] {
    const isOpen = (email: Email | undefined) => email !== undefined && isUnderWay(email)
    return dueOf(this.m, this.box)
      .filter((email) => !isOpen(stepBefore(this.m, email)))
      .sort((a, b) => Number(a.step === 1) - Number(b.step === 1) || a.due - b.due)
  }

  /** Skips and puts off what was seen to be, where the rules say so. */
  decisions(seen: Seen): void {
    for (let moved = true; moved; ) {
      moved = this.due().some((email) => this.decideOne(email, seen.emails.get(keyOf(email))))
    }
  }

  private decideOne(email: Email, is: SeenEmail | undefined): boolean {
    const { m } = this
    if (!is || is.claim > email.claim) return false
    const decision = this.decideAsBegun(email)
    if (decision.kind === 'skip' && is.status === 'skipped' && is.reason === (email.reason ?? decision.reason)) {
      for (const other of [email, ...stepsAfter(m, email, 'pending')]) skip(m, other, decision.reason)
      return true
    }
    for (const { reason, until } of this.reasonsToWait(email)) {
      if (!until || is.due !== until || is.due <= m.now || (is.status === 'pending' && is.wait !== reason)) continue
      moveTo(m, email, until)
      email.wait = reason
      return true
    }
    return false
  }

  /** What is decided of an email in a campaign that ran when the job began: a look may just come before a pause. */
  private decideAsBegun(email: Email): Decision {
    const { campaign } = email
    const { status } = campaign
    if (this.running.has(campaign)) campaign.status = 'running'
    const decision = decide(this.m, email)
    campaign.status = status
    return isForOpenLimit(this.m, email, decision) ? { kind: 'wait', reason: 'open limit' } : decision
  }

  private reasonsToWait(email: Email) {
    const { m } = this
    if (!this.running.has(email.campaign)) return []
    const beside = [...this.attempted].some(({ lead, campaign }) => lead === email.lead && campaign !== email.campaign)
    const wire = beside ? [{ kind: 'defer' as const, reason: 'contacted_recently', until: m.now + DAY }] : []
    return [this.decideAsBegun(email), ...wire].filter((d) => d.kind === 'defer')
  }

  /** Follows the job to where it ended. `race` is what committed while the first batch was about to begin. Answers a batch that waits. */
  follow({ batches, reached, inDoubt }: Trace, seen: Seen, race?: () => void): Batch | null {
    const { m, job, box } = this
    if (job.mode === 'login_refused') {
      if (canSend(m, box)) Object.assign(box, { health: 'stopped', coolUntil: null })
      return null
    }
    if (inDoubt > 2 * this.connections)
      throw new Broken(`${inDoubt} emails in doubt over ${this.connections} connections: twice as many may be`)
    const couldSend = canSend(m, box)
    let trouble = false
    for (const [i, recipients] of batches.filter((batch) => batch.length > 0).entries()) {
      this.decisions(seen)
      const batch = this.claimAll(recipients, seen)
      this.decisions(seen)
      if (i === 0) race?.()
      for (const campaign of this.runningNow()) this.running.add(campaign)
      if (job.stage === 'claimed') return null
      for (const { email, verdict } of batch.emails) if (verdict === 'accept' || verdict === 'lost') email.arrived++
      if (job.stage === 'answered') return batch
      this.noteReady()
      finish(m, batch, { look: () => this.noteReady(), isBeyond: (email) => this.isBeyond(email, seen) })
      trouble ||= batch.emails.some(isTrouble)
    }
    this.decisions(seen)
    if (!reached && couldSend) for (const campaign of this.looked) end(m, campaign)
    const ran = !reached && couldSend && !trouble
    if (ran && !(box.gap > 0 && this.attempted.size > 0)) this.nothingLeft()
    if (ran) this.followUpsFirst()
    return null
  }

  /** Given back it would have one attempt less; what its next answer adds is the same. */
  private isBeyond(email: Email, seen: Seen): boolean {
    const is = seen.emails.get(keyOf(email))
    const means = MEANINGS[this.job.answers[email.lead.number] ?? 'accept']
    const used = this.job.mode === 'normal' && (means === 'failed' || means === 'retry') ? 1 : 0
    return this.ready.has(email) && is !== undefined && is.claim > email.claim && is.tries > email.tries - 1 + used
  }

  private noteReady(): void {
    for (const email of this.due()) if (decide(this.m, email).kind === 'send') this.ready.add(email)
  }

  private claimAll(recipients: readonly string[], seen: Seen): Batch {
    const { m, job } = this
    const batch: Batch = { box: this.box, campaigns: this.looked, emails: [], memory: this.memory }
    const chosen: Email[] = []
    for (const to of recipients) {
      const isClaimed = (e: Email) => (seen.emails.get(keyOf(e))?.claim ?? 0) > e.claim
      const email = this.due().find((e) => e.lead.email === to && isClaimed(e) && !chosen.includes(e))
      if (!email) throw new Broken(`An email went to ${to}, for whom none is due`)
      chosen.push(email)
    }
    for (const email of chosen) {
      const decision = decide(m, email)
      if (decision.kind !== 'send' && !this.ready.has(email))
        throw new Broken(`${keyOf(email)} was sent although: ${JSON.stringify(decision)}`)
    }
    for (const email of chosen) {
      claim(m, email)
      this.attempted.add(email)
      const verdict = job.mode === 'lost_before' ? 'lost_before' : (job.answers[email.lead.number] ?? 'accept')
      batch.emails.push({ email, token: email.claim, verdict, means: MEANINGS[verdict], reason: verdict })
    }
    return batch
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
        m.emails.includes(email) &&
        email.campaign.status === 'running' &&
        email.campaign.limit === null,
    )
    if (passedOver) throw new Broken(`${keyOf(passedOver)} is a follow-up, and a first email took its place`)
  }
}
