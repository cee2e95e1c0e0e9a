import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type RunningApp, startApp } from './lib/app/start-app'
import {
  type AnswersReport,
  afterReturn,
  answersInWords,
  giveAnswers,
  leadInWords,
  readAnswersReport,
  startAnswersCampaign,
} from './lib/demo/answers-demo'
import { type ApiClient, signUp } from './lib/demo/api-client'
import {
  automatedInWords,
  followAutomated,
  readAutomatedReport,
  startAutomatedCampaign,
} from './lib/demo/automated-demo'
import { createProgressDisplay, writeNote } from './lib/demo/demo-display'
import { type DemoReport, readDemoReport } from './lib/demo/demo-report'
import { createOutput } from './lib/output'
import { freePort } from './lib/ports'
import { Problem } from './lib/problem'
import { runScript } from './lib/run-script'

/** Three simulated days pass in about two minutes. */
const CLOCK = { start: '2026-03-02T06:00:00Z', speed: 1800 }
/** Seven simulated days pass in under three minutes. It starts early in the day, so that slow machines stay within it. */
const AUTOMATED_CLOCK = { start: '2026-03-02T02:00:00Z', speed: 3600 }
const DATA_DIR = '.data/demo'
const OWNER = { name: 'Demo Owner', email: 'demo@example.com', password: 'demo-password-1' }
const TIME_LIMIT_MS = 170_000
const AUTOMATED_TIME_LIMIT_MS = 240_000

await runScript(async () => {
  const flag = { type: 'boolean' as const }
  const { values } = parseArgs({ options: { exit: flag, json: flag, automated: flag } })
  // With --json standard output holds the report alone; everything else goes to standard error.
  const notes = values.json ? process.stderr : process.stdout
  rmSync(DATA_DIR, { recursive: true, force: true })
  const port = process.env.PORT ? Number(process.env.PORT) : await freePort()
  const output = createOutput(notes)
  // The engine's single lines would drown the progress.
  process.env.LOG_LEVEL ??= 'warn'
  const app = await startApp({
    dataDir: DATA_DIR,
    port,
    clock: values.automated ? AUTOMATED_CLOCK : CLOCK,
    sampleSources: values.automated === true,
    output,
  })
  stopOnSignals(app)
  try {
    const api = await signUp(app, OWNER)
    const campaignId = values.automated ? await startAutomatedCampaign(api) : await startSampleCampaign(api)
    notes.write(`Watch it: ${app.url}/campaigns/${campaignId}   (${OWNER.email}, ${OWNER.password})\n`)
    const { report, words } = values.automated
      ? await playAutomated(api, app, campaignId, notes)
      : await playThreeTouches(api, app, campaignId, notes)
    if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
    else notes.write(words)
    if (values.exit) {
      await app.stop()
      process.exit(0)
    }
    if (!values.automated) notes.write(`What the leads answered: ${app.url}/inbox\n`)
    notes.write(`The app stays up: ${app.url}   (Ctrl-C stops it)\n`)
  } catch (error) {
    await app.stop()
    throw error
  }
})

async function playThreeTouches(api: ApiClient, app: RunningApp, campaignId: string, notes: NodeJS.WriteStream) {
  const until = Date.now() + TIME_LIMIT_MS
  const answersId = await startAnswersCampaign(api)
  const onRead = async (name: string) => {
    const { leads } = await readAnswersReport(app.databaseUrl, answersId)
    for (const lead of leads) if (lead.name === name) writeNote(notes, leadInWords(lead))
  }
  const [statuses] = await Promise.all([
    follow(api, campaignId, notes),
    giveAnswers(api, answersId, { until, onRead }).then(() => afterReturn(api, answersId, { until })),
  ])
  const report = await readDemoReport(app.databaseUrl, campaignId, statuses)
  const answers = await readAnswersReport(app.databaseUrl, answersId)
  return { report: { ...report, answers }, words: inWords(report, answers) }
}

async function playAutomated(api: ApiClient, app: RunningApp, campaignId: string, notes: NodeJS.WriteStream) {
  const gaps = await followAutomated(api, campaignId, { notes, timeLimitMs: AUTOMATED_TIME_LIMIT_MS })
  const report = await readAutomatedReport(api, { databaseUrl: app.databaseUrl, campaignId, gaps })
  return { report, words: automatedInWords(report) }
}

async function startSampleCampaign(api: ApiClient): Promise<string> {
  const { batchId, workflowId } = await api.settings.loadSampleData.mutate()
  if (!batchId || !workflowId) throw new Problem('The sample data could not be loaded.')
  const { id: campaignId } = await api.campaigns.create.mutate({
    name: 'Demo: three touches',
    batchIds: [batchId],
    workflowId,
    timezone: 'Europe/Berlin',
  })
  await api.campaigns.start.mutate({ campaignId })
  return campaignId
}

/** Shows progress until the campaign is over; returns its status right after each step was sent. */
async function follow(api: ApiClient, campaignId: string, notes: NodeJS.WriteStream): Promise<string[]> {
  const display = createProgressDisplay(notes)
  const endBy = Date.now() + TIME_LIMIT_MS
  const statusAfterStep: string[] = []
  for (;;) {
    const progress = await api.campaigns.progress.query({ campaignId })
    display.show(progress)
    const sentSteps = progress.steps.filter(({ ledger }) => ledger.planned > 0 && ledger.sent === ledger.planned).length
    while (statusAfterStep.length < sentSteps) statusAfterStep.push(progress.status)
    if (['completed', 'failed'].includes(progress.status)) return statusAfterStep
    if (Date.now() > endBy) {
      throw new Problem(
        `The campaign is still ${progress.status} after ${TIME_LIMIT_MS / 1000} s: ${JSON.stringify(progress.ledger)}`,
      )
    }
    await sleep(500)
  }
}

function inWords({ status, ledger, waves, inbox }: DemoReport, answers: AnswersReport): string {
  const days = waves.map(({ step, days: on, sent }) => `  step ${step}: ${sent} emails on ${on.join(', ')}`)
  return [
    '',
    `The campaign is ${status}: planned ${ledger.planned}, sent ${ledger.sent}, open ${ledger.pending + ledger.sending + ledger.held}.`,
    ...days,
    `The sandbox inbox holds ${inbox.messages} emails with ${inbox.messageIds} different Message-IDs for ${inbox.leads} leads.`,
    answersInWords(answers),
  ].join('\n')
}

function stopOnSignals(app: RunningApp): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
    process.once(name as NodeJS.Signals, () => void app.stop().then(() => process.exit(0)))
  }
}
