import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import type { SandboxAnswer } from '../../../src/domain/conversation/sandbox-answer'
import { Problem } from '../problem'
import type { ApiClient } from './api-client'

const TIMEZONE = 'Europe/Berlin'
const DAYS_AWAY = 1

/** Who gets the emails, and what each answers to the first one. */
const PEOPLE = [
  { name: 'Ines Moreau', company: 'Moreau Lighting', email: 'ines@moreau-lighting.example', answers: 'reply' },
  { name: 'Tomas Berg', company: 'Berg Timber', email: 'tomas@berg-timber.example', answers: 'reply' },
  { name: 'Old Address', company: 'Closed Doors', email: 'nobody@closed-doors.example', answers: 'bounce' },
  { name: 'Vera Falk', company: 'Falk Optics', email: 'vera@falk-optics.example', answers: 'out_of_office' },
  { name: 'Paul Reiter', company: 'Reiter Foods', email: 'paul@reiter-foods.example', answers: null },
] as const

type LeadReport = {
  name: string
  answered: (typeof PEOPLE)[number]['answers']
  /** What the reader took the answer for. */
  readAs: string | null
  leadStatus: string
  awayUntil: string | null
  sent: number
  /** Days on which its emails left, in the campaign's zone. */
  days: string[]
  skipped: number
  skippedBecause: string | null
  open: number
}

export type AnswersReport = {
  leads: LeadReport[]
  ledger: { planned: number; sent: number; skipped: number; open: number; other: number }
  balanced: boolean
}

/** A campaign of its own, whose leads answer: nothing of it touches the other one. */
export async function startAnswersCampaign(api: ApiClient): Promise<string> {
  const { workflowId } = await api.settings.loadSampleData.mutate()
  const lines = PEOPLE.map(({ name, company, email }) => `${name},${company},${email}`)
  const text = ['Name,Company,Email', ...lines].join('\n')
  const { batchId } = await api.batches.importCsv.mutate({
    fileName: 'answers.csv',
    text,
    batchName: 'Leads that answer',
  })
  if (!batchId || !workflowId) throw new Problem('The leads that answer could not be loaded.')
  const { id: campaignId } = await api.campaigns.create.mutate({
    name: 'Demo: leads that answer',
    batchIds: [batchId],
    workflowId,
    timezone: TIMEZONE,
  })
  await api.campaigns.start.mutate({ campaignId })
  return campaignId
}

/** Answers the first emails in the sandbox, and waits until the reader has done what each asks; `onRead` is called then. */
export async function giveAnswers(
  api: ApiClient,
  campaignId: string,
  { until, onRead }: { until: number; onRead: (name: string) => Promise<void> },
): Promise<void> {
  await eventually(until, 'The first emails did not leave in time.', async () => {
    const { steps } = await api.campaigns.progress.query({ campaignId })
    return steps[0]?.ledger.sent === PEOPLE.length
  })
  const { asOf } = await api.campaigns.progress.query({ campaignId })
  for (const { name, email, answers } of PEOPLE) {
    if (answers === null) continue
    const [message] = (await api.sandbox.list.query({ search: email })).rows
    if (!message) throw new Problem(`The sandbox received nothing for ${email}.`)
    const { id } = message
    await api.sandbox.answer.mutate({ id, answer: answerOf(answers, asOf) })
    await eventually(until, `The answer of ${email} was not read in time.`, async () =>
      (await api.sandbox.answers.query({ id })).rows.every(({ read }) => read !== null),
    )
    await onRead(name)
  }
}

/** Waits until whoever was away got the next email. */
export const afterReturn = (api: ApiClient, campaignId: string, { until }: { until: number }): Promise<void> =>
  eventually(until, 'Nothing left after the return.', async () => {
    const { rows } = await api.campaigns.emails.query({ campaignId, pageSize: 100 })
    const away = PEOPLE.find(({ answers }) => answers === 'out_of_office')
    return rows.filter(({ email, status }) => email === away?.email && status === 'sent').length > 1
  })

function answerOf(kind: 'reply' | 'bounce' | 'out_of_office', now: Date): SandboxAnswer {
  if (kind === 'bounce') return { kind }
  if (kind === 'reply') return { kind, text: 'Thank you, that sounds interesting. Could we talk next week?' }
  const last = new Date(now.getTime() + DAYS_AWAY * 86_400_000)
  return { kind, until: new Intl.DateTimeFormat('en-CA', { timeZone: TIMEZONE }).format(last) }
}

async function eventually(until: number, problem: string, isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) {
    if (Date.now() > until) throw new Problem(problem)
    await sleep(500)
  }
}

const LEADS = `
  SELECT l.email, l.status AS "leadStatus", to_char(l.away_until AT TIME ZONE $2, 'YYYY-MM-DD') AS "awayUntil",
         count(*)::int AS planned, count(*) FILTER (WHERE se.status = 'sent')::int AS sent,
         count(*) FILTER (WHERE se.status = 'skipped')::int AS skipped,
         count(*) FILTER (WHERE se.status IN ('pending', 'sending', 'held'))::int AS open,
         min(se.failure_reason) FILTER (WHERE se.status = 'skipped') AS "skippedBecause",
         COALESCE(array_agg(to_char(se.sent_at AT TIME ZONE $2, 'YYYY-MM-DD') ORDER BY se.sent_at)
           FILTER (WHERE se.status = 'sent'), '{}') AS days,
         (SELECT kind FROM received_messages r WHERE r.lead_id = l.id LIMIT 1) AS "readAs"
  FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id WHERE se.campaign_id = $1 GROUP BY l.id`

/** Report from the database itself: what each answer did. */
export async function readAnswersReport(url: string, campaignId: string): Promise<AnswersReport> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client
    .query<LeadReport & { email: string; planned: number }>(LEADS, [campaignId, TIMEZONE])
    .finally(() => client.end())
  const sum = (key: 'planned' | 'sent' | 'skipped' | 'open') => rows.reduce((total, row) => total + row[key], 0)
  const [planned, sent, skipped, open] = [sum('planned'), sum('sent'), sum('skipped'), sum('open')]
  const leads = PEOPLE.flatMap(({ name, email, answers }): LeadReport[] => {
    const row = rows.find((one) => one.email === email)
    if (!row) return []
    const { email: _, planned: __, ...lead } = row
    return [{ ...lead, name, answered: answers }]
  })
  const other = planned - sent - skipped - open
  return {
    leads,
    ledger: { planned, sent, skipped, open, other },
    balanced: other === 0 && leads.length === PEOPLE.length,
  }
}

/** Lays the report out for people, one lead a line. */
export function answersInWords({ leads, ledger, balanced }: AnswersReport): string {
  const { planned, sent, skipped, open, other } = ledger
  return [
    'In the other campaign leads answered the first email in the sandbox, and the reader did the rest:',
    ...leads.map((lead) => `  ${leadInWords(lead)}`),
    `  planned ${planned} = sent ${sent} + skipped ${skipped} + open ${open}${other > 0 ? ` + ${other}` : ''}: ${balanced ? 'the ledger balances' : 'NOT BALANCED'}.`,
    '',
  ].join('\n')
}

/** "Ines Moreau replied: ..." */
export const leadInWords = (lead: LeadReport): string => `${lead.name} ${whatHappened(lead)}`

function whatHappened({
  answered,
  sent,
  days,
  skipped,
  skippedBecause,
  awayUntil,
  open,
  leadStatus,
}: LeadReport): string {
  switch (answered) {
    case 'reply':
      return `replied: the lead is "${leadStatus}", ${skipped} emails skipped (${skippedBecause}).`
    case 'bounce':
      return `bounced: the lead is "${leadStatus}" and suppressed, ${skipped} emails skipped (${skippedBecause}).`
    case 'out_of_office':
      return `is out of office until ${awayUntil}: emails left on ${days.join(', ')}, ${open} still to come.`
    case null:
      return `answered nothing: ${sent} emails left on ${days.join(', ')}.`
  }
}
