import type fc from 'fast-check'
import type { Ask, Real } from './asks'
import { compare } from './compare'
import { checkCounts } from './counts'
import { end, tick } from './moves'
import { Broken, campaignIn, canSend, conclude, dueOf, hasGapPassed, record } from './rules'
import { JobRules, type Sending } from './sending'
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
    const allowed = this.ask.rules(m, seen)
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
    tick(m, seen)
    compare(m, seen)
    for (const index of m.mailboxes.keys()) {
      const due = dueOf(m, index).some(({ campaign }) => campaignIn(m, campaign, 'running'))
      if (due && canSend(m, index) && hasGapPassed(m, index) && !woken.includes(index))
        throw new Broken(`Mailbox ${index} has due emails and was not woken`)
    }
    for (const index of m.campaigns.keys()) await checkCounts(m, index, door)
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
export type Send = Sending & { turns: readonly number[]; between: readonly Command[]; race: Ask | null }

export class Sends implements Command {
  constructor(readonly job: Send) {}
  check = (m: Readonly<Model>) => m.mailboxes[this.job.mailbox] !== undefined
  toString() {
    const { mailbox, mode, stage, answers, turns, between, race } = this.job
    const said = answers.map((answer, lead) => (answer === 'accept' ? '' : ` ${lead} ${answer}`)).join('')
    const first = between.length > 0 ? `, before its claim: ${between.join('; ')}` : ''
    return `send ${mailbox}${mode === 'normal' ? '' : ` ${mode}`}${said}${stage === 'done' ? '' : `, ${stage}`}${first}${race ? `, while its first batch goes out: ${race.text}` : ''}${turns.some(Boolean) ? `, in turns ${turns}` : ''}`
  }
  async run(m: Model, real: Real): Promise<void> {
    const { door } = real
    const { mailbox, stage, between, race, mode, turns } = this.job
    let rules = new JobRules(m, this.job, real.world.mailboxes[mailbox]?.connections === 1)
    const raced: { overtook: boolean; done: Promise<boolean> }[] = []
    this.setAnswers(m, real)
    const { batches, reached, late } = await door.send(mailbox, {
      stage,
      turns,
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
    const batch = rules.follow({ batches, reached }, seen, () => {
      if (raced.length === 0 || !race) return
      // It comes too late where the batch's results have ended the campaign first.
      const ended = [...m.campaigns].some(
        ([c, { status }]) => status === 'running' && isOver(seen.campaigns.get(c)?.status),
      )
      if (!done && ended) return
      if (race.rules(m, seen) !== done) throw new Broken(`${race.text}: ${done ? 'done' : 'refused'}`)
      if (done && raced[0]?.overtook) throw new Broken(`${race.text} was over while a batch was still to go out`)
    })
    compare(m, seen)
    if (late && batch) real.late.push({ late, batch })
  }
  private setAnswers(m: Model, { door: { wire } }: Real): void {
    wire.mode = this.job.mode
    wire.answers.clear()
    for (const [lead, { email }] of m.leads) wire.answers.set(email, this.job.answers[lead] ?? 'accept')
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
    record(m, first.batch)
    conclude(m, first.batch)
    end(m, first.batch.campaigns)
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
