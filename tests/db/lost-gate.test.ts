import { expect, it } from 'vitest'
import { holdSendGate } from '@/db/send-gate'
import { execute } from '@/db/sql'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { BY, createEngine, startOutreach } from '../support/engine'

it('a sender whose connection at the gate has ended begins nothing more: whoever pauses then waits for nobody', async () => {
  const engine = await createEngine()
  try {
    const { id: campaignId } = await startOutreach(engine, { leads: 1, days: [0] })
    const gate = await holdSendGate(engine.deps.sql)
    expect(gate.isOpen()).toBe(true)
    const ended = await execute(engine.deps.sql)`
      SELECT pg_terminate_backend(pid, 10000) FROM pg_locks
      WHERE locktype = 'advisory' AND mode = 'ShareLock' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
    expect(ended).toBe(1)
    await pauseCampaign(engine.deps, { campaignId, by: BY })
    const stillOpen = gate.isOpen()
    await gate.release()
    expect(stillOpen).toBe(false)
  } finally {
    await engine.close()
  }
})
