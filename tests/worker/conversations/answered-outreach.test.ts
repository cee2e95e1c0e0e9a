import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reasonWords } from '@/components/campaigns/status/reason-text'
import { getProgress, type Progress } from '@/use-cases/progress/get-progress'
import { listCampaignEmails } from '@/use-cases/progress/list-campaign-emails'
import { COLLEAGUE, DOINGS, LEADS, type When } from '../../support/conversation/answering-leads'
import {
  type Delivered,
  type OutreachAtServers,
  startOutreachAtServers,
} from '../../support/conversation/outreach-at-servers'
import { readLedger } from '../../support/engine'
import { storedMessages } from '../../support/mail-servers/delivered'
import { missingMailServers } from '../../support/mail-servers/packages'

const FIRST = '2026-12-17'
const SECOND = '2026-12-21'
const THIRD = '2026-12-28'
const LAST = '2027-01-19'

type Away = { until: string; second: string; third: string }
/** When the second and third email leave to those who are away: on the mailbox's first day after it, and as long after that. */
const AWAY: Readonly<Record<number, Away>> = {
  11: { until: '2027-01-06', second: '2027-01-06', third: '2027-01-13' },
  12: { until: '2027-01-08', second: '2027-01-08', third: '2027-01-15' },
  63: { until: '2027-01-12', second: '2027-01-12', third: LAST },
  // Seven days after the 18th is a holiday, before a weekend.
  13: { until: THIRD, second: THIRD, third: '2027-01-04' },
  64: { until: THIRD, second: THIRD, third: '2027-01-04' },
  14: { until: '2026-12-29', second: SECOND, third: '2026-12-29' },
}
/** Both are away until the 4th; one of them gets her emails from the mailbox that is closed on the 5th. */
const UNTIL_THE_4TH = [10, 62]
const FROM_THE_5TH: Away = { until: '2027-01-05', second: '2027-01-05', third: '2027-01-12' }
const FROM_THE_6TH: Away = { until: '2027-01-06', second: '2027-01-06', third: '2027-01-13' }

const WORDS: Readonly<Record<string, string>> = {
  lead_replied: 'The lead has replied, which ends its sequence.',
  company_replied: 'Somebody at the same company has replied, which ends the sequence of all of them.',
  answered_by_hand: 'Somebody of us has answered the lead by hand.',
  lead_bounced: 'An email to the lead came back.',
  lead_unsubscribed: 'The lead asked for no more email.',
}

const ENDED = [
  ...DOINGS.filter(({ ends }) => ends !== null),
  { lead: COLLEAGUE, ends: 'company_replied', when: 'after first' },
]
/** How many emails of a lead leave. */
const sentTo = (lead: number): number => {
  const ended = ENDED.find((one) => one.lead === lead)
  return !ended ? 3 : ended.when === 'after second' ? 2 : 1
}

describe.skipIf(missingMailServers() !== null)('outreach to a hundred leads', () => {
  let stage: OutreachAtServers
  let delivered: Delivered[]
  const progress: Partial<Record<When, Progress>> = {}
  const changed: { before: string[]; after: string[] }[] = []
  beforeAll(async () => {
    stage = await startOutreachAtServers(LEADS)
    await stage.pass()
    await happen('after first', '2026-12-18T08:00:00Z', 1)
    await happen('before second', '2026-12-21T07:55:00Z', 1)
    await stage.morning(SECOND)
    await happen('after second', '2026-12-22T08:00:00Z', 2)
    while ((await stage.engine.db.campaign.findFirstOrThrow()).status === 'running') await nextDay()
    delivered = await stage.delivered()
  })
  afterAll(() => stage?.close())

  /** What leads do after an email; but for the night before the second one it is read at once. */
  async function happen(when: When, at: string, step: number) {
    const { engine, campaignId } = stage
    const emails = await stage.delivered()
    engine.clock.set(at)
    for (const { lead, act } of DOINGS.filter((doing) => doing.when === when)) {
      const email = emails.find((one) => one.to === LEADS[lead] && one.step === step)
      if (email) await act(stage, email)
    }
    const before = await storedMessages(stage.dovecot)
    if (when !== 'before second') await stage.pass()
    progress[when] = await getProgress(engine.deps, { campaignId })
    changed.push({ before, after: await storedMessages(stage.dovecot) })
  }

  async function nextDay() {
    stage.engine.clock.advanceDays(1)
    const day = stage.engine.clock.now().toISOString().slice(0, 10)
    if (day > LAST) throw new Error('The campaign goes on and on')
    await stage.morning(day)
  }

  function awayOf(lead: number): Away | undefined {
    if (!UNTIL_THE_4TH.includes(lead)) return AWAY[lead]
    const from = delivered.find(({ to }) => to === LEADS[lead])?.from
    return from === 'kim@nexa.dev' ? FROM_THE_6TH : FROM_THE_5TH
  }

  it('each lead gets the steps up to what ends its sequence, on their days, and after an absence in the first window', () => {
    const days = (lead: number) => {
      const { second, third } = awayOf(lead) ?? { second: SECOND, third: THIRD }
      return [FIRST, second, third].slice(0, sentTo(lead)).map((day, i) => `${i + 1} on ${day}`)
    }
    const expected = LEADS.map((email, lead) => [email, lead === 15 ? [] : days(lead)])
    const got = LEADS.map((email) => {
      const emails = delivered.filter(({ to }) => to === email)
      return [email, emails.map(({ step, at }) => `${step} on ${at.toISOString().slice(0, 10)}`)]
    })
    expect(Object.fromEntries(got)).toEqual(Object.fromEntries(expected))
    expect(new Set(delivered.map(({ messageId }) => messageId)).size).toBe(247)
    // As the windows open, or as soon after that as answers were read.
    expect([...new Set(delivered.map(({ at }) => at.toISOString().slice(11)))]).toEqual([
      '08:00:00.000Z',
      '08:06:00.000Z',
    ])
    expect(Object.keys(Object.groupBy(delivered, ({ from }) => from)).sort()).toEqual(['kim@nexa.dev', 'sam@nexa.dev'])
  })

  it('each skipped email says why, and nothing else was skipped', async () => {
    const { rows } = await listCampaignEmails(stage.engine.deps, {
      campaignId: stage.campaignId,
      status: 'skipped',
      pageSize: 100,
    })
    const skipped = rows.map(({ email, stepNumber, reason }) => `${email} ${stepNumber}: ${reasonWords(reason ?? '')}`)
    const expected = ENDED.flatMap(({ lead, ends }) =>
      [2, 3].filter((step) => step > sentTo(lead)).map((step) => `${LEADS[lead]} ${step}: ${WORDS[ends ?? '']}`),
    )
    expect(expected).toHaveLength(52)
    expect(skipped.toSorted()).toEqual(expected.toSorted())
  })

  it('gives each lead its status, and those who are away their date', async () => {
    const leads = await stage.engine.db.lead.findMany()
    const expected = LEADS.map((email, lead) => {
      const follows = ['contacted', 'follow_up_1', 'follow_up_2'][sentTo(lead) - 1]
      const until = awayOf(lead)?.until
      return [
        email,
        DOINGS.find((doing) => doing.lead === lead)?.status ?? follows,
        until ? `${until}T08:00:00.000Z` : null,
      ]
    })
    const found = leads.map(({ email, status, awayUntil }) => [email, status, awayUntil?.toISOString() ?? null])
    expect(found.toSorted()).toEqual(expected.toSorted())
  })

  it('puts on the suppression list who bounced or asked, and from where they asked', async () => {
    const list = await stage.engine.db.suppression.findMany()
    const of = (status: string, reason: string) =>
      DOINGS.filter((doing) => doing.status === status).map(
        ({ lead, source = 'answer' }) => `${LEADS[lead]} ${reason} by ${source}`,
      )
    const others = ['ute.private@gmail.com', 'claire.petit@company25.example'].map(
      (from) => `${from} unsubscribed by answer`,
    )
    const expected = [...of('bounced', 'bounced'), ...of('unsubscribed', 'unsubscribed'), ...others]
    expect(list.map(({ value, reason, source }) => `${value} ${reason} by ${source}`).sort()).toEqual(expected.sort())
  })

  it('balances its ledger, and is complete', async () => {
    const { engine, campaignId } = stage
    const ledger = { planned: 300, pending: 0, sending: 0, held: 0, sent: 248, failed: 0, skipped: 52, cancelled: 0 }
    expect(await readLedger(engine, campaignId)).toEqual(ledger)
    const { status, ledger: shown } = await getProgress(engine.deps, { campaignId })
    expect([status, shown]).toEqual(['completed', ledger])
    const { emailsScheduledCount, emailsSentCount, emailsFailedCount } = await engine.db.campaign.findFirstOrThrow()
    expect([emailsScheduledCount, emailsSentCount, emailsFailedCount]).toEqual([300, 248, 0])
  })

  it('counts who replied, bounced, unsubscribed and is away, each once', async () => {
    const reading = { mailboxes: 2, read: 2, elsewhere: [], asOf: expect.any(Date) }
    const numbers = (of: Progress | undefined) => of?.answers
    expect(numbers(progress['after first'])).toEqual({
      replied: 7,
      bounced: 4,
      unsubscribed: 7,
      away: 7,
      contacted: 100,
      reading,
    })
    expect(numbers(progress['after second'])).toEqual({
      replied: 10,
      bounced: 5,
      unsubscribed: 10,
      away: 8,
      contacted: 100,
      reading,
    })
    expect(numbers(await getProgress(stage.engine.deps, { campaignId: stage.campaignId }))).toEqual({
      ...{ replied: 10, bounced: 5, unsubscribed: 10, away: 0, contacted: 100, reading },
    })
    const { _sum } = await stage.engine.db.mailboxHour.aggregate({ _sum: { bounces: true } })
    expect(_sum.bounces).toBe(5)
    const unmatched = await stage.engine.db.receivedMessage.findMany({ where: { leadId: null, kind: 'human' } })
    expect(unmatched.map(({ fromEmail }) => fromEmail)).toEqual(['eva@elsewhere.example'])
  })

  it('changes no message, flag or place in the mailboxes', async () => {
    for (const { before, after } of changed) expect(after).toEqual(before)
    expect(await storedMessages(stage.dovecot)).toEqual(changed.at(-1)?.after)
    expect(changed.map(({ after }) => after.length)).toEqual([35, 37, 44])
  })
})
