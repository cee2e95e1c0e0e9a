import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { balances, type Yield } from '../../../src/domain/lead-generation/yield'
import { DAY_MS } from '../../../src/domain/time/duration'
import type { Progress } from '../../../src/use-cases/progress/get-progress'
import { Problem } from '../problem'
import type { ApiClient } from './api-client'

const RUNS = 5
const TIMEZONE = 'Europe/Berlin'
const CRITERIA = {
  apollo: { keywords: 'dental' },
  google_places: { query: 'Restaurant' },
  hunter: { discover: { industries: ['law practice'] } },
}

/** A time with nothing planned, in which the campaign still had runs or batches to come. */
export type Gap = { from: Date; to: Date; samples: number; statuses: string[] }

type BatchReport = {
  name: string
  runDay: string
  leads: number
  yield: Yield
  /** For each step: how many emails of this batch left, on which days. */
  emails: { step: number; sent: number; days: string[] }[]
}

export type AutomatedReport = {
  status: string
  ledger: Progress['ledger']
  batches: BatchReport[]
  /** Each lead with the days on which it was mailed. */
  leads: { email: string; batch: string; days: string[] }[]
  gaps: Gap[]
  generation: { runs: number; totals: Yield; bySource: (Yield & { source: string })[]; balanced: boolean }
  checks: {
    batches: boolean
    everyLeadTwice: boolean
    onTheRightDays: boolean
    runningInGaps: boolean
    ledgers: boolean
  }
}

/** A fully automated campaign on the sample data sources: a run a day for five days, two emails to each lead, the first a day after its run. */
export async function startAutomatedCampaign(api: ApiClient): Promise<string> {
  const { templateIds } = await api.settings.loadSampleData.mutate()
  const [first, second] = templateIds
  if (!first || !second) throw new Problem('The sample data could not be loaded.')
  const { id: workflowId } = await api.workflows.create.mutate({
    name: 'Two touches',
    steps: [
      { templateId: first, daysAfterPrevious: 0, replyInThread: false },
      { templateId: second, daysAfterPrevious: 1, replyInThread: true },
    ],
  })
  const { id: campaignId } = await api.campaigns.create.mutate({
    campaignType: 'fully_automated',
    name: 'Demo: daily leads',
    timezone: TIMEZONE,
    workflowId,
    leadSources: ['apollo', 'google_places', 'hunter'],
    leadCriteria: CRITERIA as never,
    maxResultsPerRun: 5,
    isRecurring: true,
    recurringInterval: 'daily',
    outreachDelayDays: 1,
  })
  const { asOf } = await api.campaigns.progress.query({ campaignId })
  const endDate = new Date(asOf.getTime() + (RUNS - 0.5) * DAY_MS)
  await api.campaigns.update.mutate({ campaignId, patch: { endDate } })
  await api.campaigns.start.mutate({ campaignId })
  return campaignId
}

/** Shows progress until the campaign is over; returns the gaps it saw. */
export async function followAutomated(
  api: ApiClient,
  campaignId: string,
  { notes, timeLimitMs }: { notes: NodeJS.WriteStream; timeLimitMs: number },
): Promise<Gap[]> {
  const endBy = Date.now() + timeLimitMs
  const gaps: Gap[] = []
  let inGap = false
  let last = ''
  for (;;) {
    const { asOf, status, ledger, generation } = await api.campaigns.progress.query({ campaignId })
    const moreToCome = Boolean(generation?.nextRunAt || generation?.running || generation?.upcoming.length)
    const nothingPlanned = ledger.pending + ledger.sending + ledger.held === 0
    if (nothingPlanned && moreToCome) {
      const gap = inGap ? gaps.pop() : undefined
      const statuses = [...new Set([...(gap?.statuses ?? []), status])]
      gaps.push({ from: gap?.from ?? asOf, to: asOf, samples: (gap?.samples ?? 0) + 1, statuses })
    }
    inGap = nothingPlanned && moreToCome
    const line = `runs ${generation?.runs}  found ${generation?.totals.found} (${generation?.totals.added} new)  emails ${ledger.sent}/${ledger.planned} sent  ${status}`
    if (line !== last) notes.write(`${asOf.toISOString().slice(0, 16)}  ${line}\n`)
    last = line
    if (['completed', 'failed'].includes(status)) return gaps
    if (Date.now() > endBy) throw new Problem(`The campaign is still ${status} after ${timeLimitMs / 1000} s: ${line}`)
    await sleep(500)
  }
}

const EMAILS = `
  SELECT l.email, b.name AS batch, se.workflow_step_number AS step,
         to_char(se.sent_at AT TIME ZONE c.timezone, 'YYYY-MM-DD') AS day,
         to_char(r.started_at AT TIME ZONE c.timezone, 'YYYY-MM-DD') AS "runDay",
         (r.started_at AT TIME ZONE c.timezone)::date + se.workflow_step_number
           = (se.sent_at AT TIME ZONE c.timezone)::date AS right
  FROM lead_generation_runs r JOIN campaigns c ON c.id = r.campaign_id
  JOIN lead_batches b ON b.id = r.batch_id JOIN batch_leads bl ON bl.batch_id = b.id JOIN leads l ON l.id = bl.lead_id
  LEFT JOIN scheduled_emails se ON se.campaign_id = c.id AND se.lead_id = l.id AND se.status = 'sent'
  WHERE c.id = $1 ORDER BY b.name, l.email, step`

type EmailRow = {
  email: string
  batch: string
  step: number | null
  day: string
  runDay: string
  right: boolean | null
}

/** Report from the database itself: the batches, and which lead was mailed on which day. */
export async function readAutomatedReport(
  api: ApiClient,
  { databaseUrl, campaignId, gaps }: { databaseUrl: string; campaignId: string; gaps: Gap[] },
): Promise<AutomatedReport> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<EmailRow>(EMAILS, [campaignId]).finally(() => client.end())
  const { status, ledger, generation } = await api.campaigns.progress.query({ campaignId })
  const runs = (await api.runs.list.query({ campaignId })).rows.reverse()
  const leads = [...Map.groupBy(rows, ({ email }) => email)].map(([email, emails]) => ({
    email,
    batch: emails[0]?.batch ?? '',
    days: emails.flatMap(({ step, day }) => (step === null ? [] : [day])),
  }))
  const batches = runs.flatMap(({ batch, totals }): BatchReport[] => {
    if (!batch) return []
    const own = rows.filter((row) => row.batch === batch.name)
    const emails = [1, 2].map((step) => {
      const ofStep = own.filter((row) => row.step === step)
      return { step, sent: ofStep.length, days: [...new Set(ofStep.map(({ day }) => day))].sort() }
    })
    return [{ name: batch.name, runDay: own[0]?.runDay ?? '', leads: batch.leads, yield: totals, emails }]
  })
  const bySource = (generation?.bySource ?? []).map(({ label: _, ...one }) => one)
  const balanced = bySource.every(balances)
  const sum =
    ledger.pending + ledger.sending + ledger.held + ledger.sent + ledger.failed + ledger.skipped + ledger.cancelled
  return {
    status,
    ledger,
    batches,
    leads,
    gaps,
    generation: { runs: runs.length, totals: generation?.totals as Yield, bySource, balanced },
    checks: {
      batches: batches.length === RUNS,
      everyLeadTwice: leads.length > 0 && leads.every(({ days }) => days.length === 2),
      onTheRightDays: rows.every(({ right }) => right === true),
      runningInGaps: gaps.length > 0 && gaps.every(({ statuses }) => statuses.join() === 'running'),
      ledgers: balanced && sum === ledger.planned && ledger.sent === ledger.planned,
    },
  }
}

/** Lays the report out for people, one fact a line. */
export function automatedInWords({ status, ledger, batches, gaps, generation, checks }: AutomatedReport): string {
  const { found, added, duplicate, invalid, suppressed, overCap } = generation.totals
  return [
    '',
    `The campaign is ${status}: planned ${ledger.planned}, sent ${ledger.sent}.`,
    `Found ${found} = ${added} added + ${duplicate} duplicate + ${invalid} invalid + ${suppressed} suppressed + ${overCap} over the cap.`,
    ...batches.map(({ name, leads, emails }) => {
      const sent = emails.map(({ step, sent: n, days }) => `step ${step}: ${n} on ${days.join(', ')}`)
      return `  ${name}: ${leads} leads; ${sent.join('; ')}`
    }),
    ...gaps.map(({ from, to, statuses }) => `  nothing planned ${iso(from)} to ${iso(to)}: ${statuses.join(', ')}`),
    `Checks: ${Object.entries(checks)
      .map(([name, ok]) => `${name} ${ok ? 'yes' : 'NO'}`)
      .join(', ')}.`,
    '',
  ].join('\n')
}

const iso = (at: Date) => at.toISOString().slice(0, 16)
