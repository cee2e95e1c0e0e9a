import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Verdict } from '@/domain/delivery/outcome'
import { createTemplateFaults, type TemplateFaults } from '@/use-cases/delivery/template-faults'
import { createEngine, type Engine, startOutreach, statusOf } from '../../support/engine'

const ACCEPTED: Verdict = { kind: 'sent', response: '250 2.0.0 Ok' }
const REFUSED: Verdict = { kind: 'template', reason: '554 5.6.0 Malformed' }

let engine: Engine
beforeEach(async () => {
  engine = await createEngine()
})
afterEach(() => engine.close())

type Judged = Parameters<TemplateFaults['count']>[0]

it('counts batches in the order of their results, though they are recorded side by side', async () => {
  const { id: campaignId } = await startOutreach(engine, { leads: 40, days: [0] })
  const emails = await engine.db.scheduledEmail.findMany({ where: { campaignId }, orderBy: { id: 'asc' } })
  const faults = createTemplateFaults(engine.deps)
  // Accepted, refused, accepted, refused, ...: no two refusals follow each other.
  await Promise.all(
    emails.map(({ id }, i) =>
      faults.count([{ email: { id, campaignId }, verdict: i % 2 ? REFUSED : ACCEPTED }] as unknown as Judged),
    ),
  )
  expect(await statusOf(engine, campaignId)).toBe('running')
  const { refusedInARow } = await engine.db.campaign.findUniqueOrThrow({ where: { id: campaignId } })
  expect(refusedInARow).toEqual([emails.at(-1)?.id])
})
