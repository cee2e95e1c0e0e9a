import { rmSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type ApiClient, signUp } from './lib/api-client'
import { createProgressDisplay } from './lib/demo-display'
import { type DemoReport, readDemoReport } from './lib/demo-report'
import { createOutput } from './lib/output'
import { freePort } from './lib/ports'
import { Problem } from './lib/problem'
import { runScript } from './lib/run-script'
import { type RunningApp, startApp } from './lib/start-app'

/** Three simulated days pass in about two minutes. */
const CLOCK = { start: '2026-03-02T06:00:00Z', speed: 1800 }
const DATA_DIR = '.data/demo'
const OWNER = { name: 'Demo Owner', email: 'demo@example.com', password: 'demo-password-1' }
const TIME_LIMIT_MS = 170_000

await runScript(async () => {
  const { values } = parseArgs({ options: { exit: { type: 'boolean' }, json: { type: 'boolean' } } })
  // With --json standard output holds the report alone; everything else goes to standard error.
  const notes = values.json ? process.stderr : process.stdout
  rmSync(DATA_DIR, { recursive: true, force: true })
  const port = process.env.PORT ? Number(process.env.PORT) : await freePort()
  const output = createOutput(notes)
  // The engine's single lines would drown the progress.
  process.env.LOG_LEVEL ??= 'warn'
  const app = await startApp({ dataDir: DATA_DIR, port, clock: CLOCK, output })
  stopOnSignals(app)
  try {
    const api = await signUp(app.url, OWNER)
    const campaignId = await startSampleCampaign(api)
    notes.write(`Watch it: ${app.url}/campaigns/${campaignId}   (${OWNER.email}, ${OWNER.password})\n`)
    const statuses = await follow(api, campaignId, notes)
    const report = await readDemoReport(app.databaseUrl, campaignId, statuses)
    if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`)
    else notes.write(inWords(report))
    if (values.exit) {
      await app.stop()
      process.exit(0)
    }
    notes.write(`The app stays up: ${app.url}   (Ctrl-C stops it)\n`)
  } catch (error) {
    await app.stop()
    throw error
  }
})

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

/** Shows progress until the campaign is over; answers its status right after each wave. */
async function follow(api: ApiClient, campaignId: string, notes: NodeJS.WriteStream): Promise<string[]> {
  const display = createProgressDisplay(notes)
  const endBy = Date.now() + TIME_LIMIT_MS
  const statusAfterWave: string[] = []
  for (;;) {
    const progress = await api.campaigns.progress.query({ campaignId })
    display.show(progress)
    const waves = progress.steps.filter(({ ledger }) => ledger.planned > 0 && ledger.sent === ledger.planned).length
    while (statusAfterWave.length < waves) statusAfterWave.push(progress.status)
    if (['completed', 'failed'].includes(progress.status)) return statusAfterWave
    if (Date.now() > endBy) {
      throw new Problem(
        `The campaign is still ${progress.status} after ${TIME_LIMIT_MS / 1000} s: ${JSON.stringify(progress.ledger)}`,
      )
    }
    await sleep(500)
  }
}

function inWords({ status, ledger, waves, inbox }: DemoReport): string {
  const days = waves.map(({ step, days: on, sent }) => `  step ${step}: ${sent} mails on ${on.join(', ')}`)
  return [
    '',
    `The campaign is ${status}: planned ${ledger.planned}, sent ${ledger.sent}, open ${ledger.pending + ledger.sending + ledger.held}.`,
    ...days,
    `The sandbox inbox holds ${inbox.messages} mails with ${inbox.messageIds} different Message-IDs for ${inbox.leads} leads.`,
    '',
  ].join('\n')
}

function stopOnSignals(app: RunningApp): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
    process.once(name as NodeJS.Signals, () => void app.stop().then(() => process.exit(0)))
  }
}
