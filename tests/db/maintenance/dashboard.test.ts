import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startBoss } from '@/queue/boss'
import { createMeasures } from '@/use-cases/maintenance/create-measures'
import { createFiguresLook } from '@/use-cases/maintenance/read-figures'
import { queuesOf } from '../../../worker/job'
import { JOBS } from '../../../worker/jobs'
import { metricNamesOf } from '../../support/counts/metrics'
import { createEngine, type Engine, startOutreach } from '../../support/engine'

let engine: Engine
let given: Set<string>
beforeAll(async () => {
  engine = await createEngine()
  const measures = createMeasures()
  const queue = { databaseUrl: engine.url, log: engine.deps.log, role: 'web' as const, queues: queuesOf(JOBS) }
  await (await startBoss(queue)).stop({ graceful: false })
  await fillEverything(engine)
  const text = `${await createFiguresLook()(engine.deps)}${await measures.text()}`
  given = new Set([...metricNamesOf(text), ...[...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name)])
})
afterAll(() => engine.close())

/** An installation of which every figure is known. */
async function fillEverything({ db, pool, clock }: Engine): Promise<void> {
  const now = clock.realNow()
  await startOutreach(engine, { leads: 1, days: [0] })
  const { id: mailboxId } = await db.mailbox.findFirstOrThrow()
  await db.mailboxReader.create({ data: { mailboxId, imapHost: 'x.example', imapPort: 993, lastReadAt: now } })
  await db.mailboxSignIn.create({ data: { mailboxId, provider: 'google', tokensEncrypted: 'x', expiresAt: now } })
  const file = { fileName: 'a.csv', size: 10, reading: {}, createdAt: now, acceptedAt: now, touchedAt: now }
  await db.leadImport.create({ data: { ...file, status: 'running', totalRows: 10 } })
  const { id: campaignId } = await db.campaign.create({ data: { name: 'Finding', campaignType: 'lead_generation' } })
  await db.leadGenerationRun.create({ data: { campaignId, dueAt: now, startedAt: now, status: 'running' } })
  await db.backupState.create({ data: { madeAt: now, place: 'a' } })
  await pool.query(`INSERT INTO pgboss.job (name, data) VALUES ('tick', '{}')`)
}

/** What a text names of ours; a histogram is named by its parts. */
const namedIn = (text: string): string[] => [...new Set(text.match(/leadnex_\w+/g) ?? [])].sort()

describe.each(['docs/grafana.json', 'docs/operations.md'])('%s', (path) => {
  it('names figures, and only such as there are', () => {
    const named = namedIn(readFileSync(path, 'utf8')).map((name) => name.replace(/_bucket$/, ''))
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((name) => !given.has(name))).toEqual([])
  })
})

it('the dashboard shows every figure that is ours but for what only names or alerts need', () => {
  const ours = [...given].filter((name) => !/_(bucket|sum|count)$|^leadnex_(nodejs|process)_/.test(name))
  const shown = namedIn(readFileSync('docs/grafana.json', 'utf8')).map((name) => name.replace(/_bucket$/, ''))
  expect(ours.filter((name) => !shown.includes(name)).sort()).toEqual([
    'leadnex_open_import_idle_seconds',
    'leadnex_open_run_age_seconds',
  ])
})
