import { afterEach, beforeEach, expect, it } from 'vitest'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'
import { getCampaign } from '@/use-cases/campaigns/get-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { retryFailed } from '@/use-cases/delivery/retry-failed'
import { getProgress } from '@/use-cases/progress/get-progress'
import { BY, createEngine, type Engine, readLedger, startOutreach, statusOf } from '../../../support/engine'
import { expectNobodyHarmed, fixTemplate, startRefusingServer } from '../../../support/servers/refusing-server'

const HOUR_MS = 3_600_000

let engine: Engine
let server: Awaited<ReturnType<typeof startRefusingServer>> | undefined
const serve = async (options: Parameters<typeof startRefusingServer>[1]) => {
  server = await startRefusingServer(engine, options)
  return server
}
beforeEach(async () => {
  engine = await createEngine()
})
afterEach(async () => {
  await engine.close()
  await server?.close()
})

it('an email larger than the server says it takes is never offered: it fails alone, says why, and leaves once it fits', async () => {
  const { id, leads } = await startOutreach(engine, {
    leads: 8,
    days: [0, 1],
    body: `Hello ${'{{ city | default: "there" }} '.repeat(5)}`,
  })
  const { offered, commands } = await serve({ ehlo: '250-scripted\r\n250 SIZE 30000', refuse: () => undefined })
  const large = leads[3]
  await engine.db.lead.update({ where: { id: large?.id }, data: { city: 'x'.repeat(8_000) } })
  await engine.work()
  expect(await readLedger(engine, id)).toEqual({
    ...EMPTY_LEDGER,
    planned: 16,
    sent: 7,
    failed: 1,
    skipped: 1,
    pending: 7,
  })
  expect(offered).not.toContain(large?.email)
  expect(offered).toHaveLength(7)
  const sizes = commands.flatMap((line) => /^MAIL FROM:<[^>]+> SIZE=(\d+)$/.exec(line)?.[1] ?? [])
  expect(sizes).toHaveLength(7)
  for (const size of sizes) expect(Number(size)).toBeGreaterThan(500)
  const { failures } = await getProgress(engine.deps, { campaignId: id })
  expect(failures).toEqual([
    {
      reason: expect.stringMatching(/^The email is too large: 4\d\.\d kB, and the server takes at most 30 kB\.$/),
      count: 1,
      lead: large?.contactName,
    },
  ])
  expect(await engine.db.lead.findUnique({ where: { id: large?.id } })).toMatchObject({ status: 'new' })

  await engine.db.lead.update({ where: { id: large?.id }, data: { city: 'Hamburg' } })
  expect(await retryFailed(engine.deps, { campaignId: id, by: BY })).toEqual({ reopened: 1, leftOut: [] })
  await engine.work()
  engine.clock.advanceDays(2)
  await engine.work()
  expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 16, sent: 16 })
  expect(await statusOf(engine, id)).toBe('completed')
})

it('one email that the server calls too large fails alone and is offered once', async () => {
  const { id, leads } = await startOutreach(engine, { leads: 8, days: [0] })
  const large = leads[3]
  const { offered } = await serve({
    refuse: (message) =>
      message.includes(large?.email ?? '-') ? '552 5.3.4 Message size exceeds fixed limit' : undefined,
  })
  for (let hour = 0; hour < 6; hour++) {
    await engine.work()
    engine.clock.advance(HOUR_MS)
  }
  expect(offered.filter((to) => to === large?.email)).toHaveLength(1)
  expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 8, sent: 7, failed: 1 })
  expect(await engine.db.scheduledEmail.findFirst({ where: { campaignId: id, status: 'failed' } })).toMatchObject({
    failureReason: expect.stringMatching(
      /^The email is too large: [\d.]+ (bytes|kB)\. The server says: “552 5\.3\.4 Message size exceeds fixed limit”$/,
    ),
  })
  expect(await statusOf(engine, id)).toBe('completed')
})

it('a template that is too large for everybody pauses its campaign at the third, with size and limit; nothing was offered', async () => {
  const { id, workflow } = await startOutreach(engine, { leads: 20, days: [0], body: 'x'.repeat(40_000) })
  const { offered, mailboxId } = await serve({
    ehlo: '250-scripted\r\n250 SIZE 30000',
    refuse: () => undefined,
  })
  await engine.work()
  expect(offered).toEqual([])
  const templateId = workflow.steps[0]?.emailTemplateId
  expect(await getCampaign(engine.deps, { campaignId: id })).toMatchObject({
    status: 'paused',
    statusReason: expect.stringMatching(
      /^emails were refused for their size: The email is too large: 4\d\.\d kB, and the server takes at most 30 kB\.$/,
    ),
    templateAtFault: { id: templateId },
  })
  expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 20, pending: 20 })
  await expectNobodyHarmed(engine, id)
  expect(await engine.db.mailbox.findUnique({ where: { id: mailboxId } })).toMatchObject({ health: 'ready' })
  await fixTemplate(engine, templateId)
  await resumeCampaign(engine.deps, { campaignId: id, by: BY })
  engine.clock.advance(HOUR_MS)
  await engine.work()
  expect(await readLedger(engine, id)).toEqual({ ...EMPTY_LEDGER, planned: 20, sent: 20 })
})
