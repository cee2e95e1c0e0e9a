import type fc from 'fast-check'
import type { Ask, Real } from './asks'
import { Broken, dueOf, keyOf } from './book'
import { compare } from './compare'
import { checkCounts } from './counts'
import { finish, JobRules, type Sending } from './job-rules'
import { end, tick } from './rules/campaigns'
import { canSend, decide } from './rules/sending'
import type { Model } from './state'

export type Command = fc.AsyncCommand<Model, Real>

export class Asked implements Command {
  constructor(readonly ask: Ask) {}
  check = () => true
  toString = () => this.ask.text
  async run(m: Model, real: Real): Promise<void> {
    const before = structuredClone(m)
    const done = await this.ask.real(real, m)
    const seen = await real.door.see()
    const allowed = this.ask.rules(m)
    if (done !== allowed)
      throw new Broken(`${this.ask.text}: ${done ? 'done' : 'refused'}, by the rules ${allowed ? 'done' : 'refused'}`)
    if (!done) compare(before, seen)
    compare(m, seen)
  }
}

export class Tick implements Command {
  check = () => true
  toString = () => 'tick'
  async run(m: Model, { door }: Real): Promise<void> {
    const woken = await door.tick()
    const seen = await door.see()
    tick(m)
    compare(m, seen)
    for (const box of m.boxes) {
      const due = dueOf(m, box).some(({ campaign }) => campaign.status === 'running')
      if (due && canSend(m, box) && !woken.includes(box.number))
        throw new Broken(`Mailbox ${box.number} has due emails and was not woken`)
    }
    for (const campaign of m.campaigns.values()) await checkCounts(m, campaign, door)
  }
}

/** Asks of each planned email why it has not left, and until when. */
export class Look implements Command {
  check = () => true
  toString = () => 'look'
  async run(m: Model, { door }: Real): Promise<void> {
    for (const campaign of m.campaigns.keys()) {
      const why = await door.why(campaign)
      for (const email of m.emails.filter((e) => e.campaign.number === campaign && e.status === 'pending')) {
        const { kind, reason, until = null } = decide(m, email)
        const [should, is] = [`${kind} ${reason} ${until ?? ''}`, why.get(keyOf(email))]
        if (is !== should) throw new Broken(`${keyOf(email)} is said to ${is}, by the rules ${should}`)
      }
    }
  }
}

export class Advance implements Command {
  constructor(
    readonly minutes: number,
    readonly real: 'as long' | 'a second',
  ) {}
  check = () => true
  toString = () =>
    `${this.minutes} min pass${this.real === 'a second' ? ', of which the machine notices a second' : ''}`
  async run(m: Model, { door: { time } }: Real): Promise<void> {
    const ms = this.minutes * 60_000
    m.now += ms
    m.real += this.real === 'as long' ? ms : 1000
    Object.assign(time, { now: m.now, real: m.real })
  }
}

/** `turns`: in which order what the worker does at once happens. */
export type Send = Sending & {
  turns: readonly number[]
  recordsLast: boolean
  between: readonly Command[]
  race: Ask | null
  /** Its answers were not read right before. */
  unread: boolean
}

export class Sends implements Command {
  constructor(readonly job: Send) {}
  check = (m: Readonly<Model>) => m.boxes[this.job.mailbox] !== undefined
  toString() {
    const { mailbox, mode, stage, answers, turns, recordsLast, between, race, unread } = this.job
    const said = answers.map((answer, lead) => (answer === 'accept' ? '' : ` ${lead} ${answer}`)).join('')
    const first = between.length > 0 ? `, before its claim: ${between.join('; ')}` : ''
    return `send ${mailbox}${unread ? ' unread' : ''}${mode === 'normal' ? '' : ` ${mode}`}${said}${stage === 'done' ? '' : `, ${stage}`}${first}${race ? `, while its first batch goes out: ${race.text}` : ''}${recordsLast ? ', recorded last' : ''}${turns.some(Boolean) ? `, in turns ${turns}` : ''}`
  }
  async run(m: Model, real: Real): Promise<void> {
    const { door } = real
    const { mailbox, stage, between, race, mode, turns, recordsLast } = this.job
    const box = m.boxes[mailbox]
    const read = box?.reads && !this.job.unread
    if (box && read) box.readAt = m.real
    let rules = new JobRules(m, this.job, real.world.mailboxes[mailbox]?.connections ?? 1)
    const raced: { overtook: boolean; done: Promise<boolean> }[] = []
    this.setAnswers(m, real)
    if (read) await door.read(mailbox)
    const { batches, reached, inDoubt, late } = await door.send(mailbox, {
      ...{ stage, turns, recordsLast },
      beforeClaim:
        between.length > 0 && mode !== 'login_refused'
          ? async () => {
              const seen = await door.see()
              rules.decisions(seen)
              compare(m, seen)
              for (const command of between) if (await command.check(m)) await command.run(m, real)
              rules = rules.again()
              this.setAnswers(m, real)
            }
          : undefined,
      beforeSmtp: race
        ? async (lockstep) => {
            const done = race.real(real, m)
            raced.push({ done, overtook: await lockstep.beside(done) })
          }
        : undefined,
    })
    const done = raced.length > 0 && (await raced[0]?.done)
    const seen = await door.see()
    const batch = rules.follow({ batches, reached, inDoubt }, seen, () => {
      if (raced.length === 0 || !race) return
      // It comes too late where the batch's results have ended the campaign first.
      const ended = [...m.campaigns].some(
        ([c, { status }]) => status === 'running' && isOver(seen.campaigns.get(c)?.status),
      )
      if (!done && ended) return
      if (race.rules(m) !== done) throw new Broken(`${race.text}: ${done ? 'done' : 'refused'}`)
      if (done && raced[0]?.overtook) throw new Broken(`${race.text} was over while a batch was still to go out`)
    })
    compare(m, seen)
    if (late && batch) real.late.push({ late, batch })
  }
  private setAnswers(m: Model, { door: { wire } }: Real): void {
    wire.mode = this.job.mode
    wire.answers.clear()
    for (const { number, email } of m.leads.values()) wire.answers.set(email, this.job.answers[number] ?? 'accept')
  }
}

const isOver = (status: string | undefined) => status === 'completed' || status === 'failed'

export class Settle implements Command {
  check = () => true
  toString = () => 'the oldest late result comes in'
  async run(m: Model, real: Real): Promise<void> {
    const first = real.late.shift()
    if (!first) return
    await first.late.settle()
    const seen = await real.door.see()
    finish(m, first.batch)
    for (const campaign of first.batch.campaigns) end(m, campaign)
    compare(m, seen)
  }
}

/** Happenings that belong together, as one. */
export class Several implements Command {
  constructor(readonly all: readonly Command[]) {}
  check = () => true
  toString = () => `(${this.all.join('; ')})`
  async run(m: Model, real: Real): Promise<void> {
    for (const one of this.all) if (await one.check(m)) await one.run(m, real)
  }
}
