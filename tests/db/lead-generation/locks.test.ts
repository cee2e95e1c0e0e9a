import { describe, expect, it } from 'vitest'
import { lockRunSource } from '@/db/queries/lead-generation/begin-next-call'
import { lockCampaignOfRun } from '@/db/queries/lead-generation/end-run'
import { lockRunningCampaign } from '@/db/queries/lead-generation/plan-run'
import { lockForResponse, lockRun } from '@/db/queries/lead-generation/record-response'
import type { Tx } from '@/db/sql'

import { allWithRows } from '../../support/rows'
import { waitsFor } from '../../support/until-blocked'

type Ids = { campaignId: string; runId: string; otherRunId: string }

const given = allWithRows()

/** Writes that come while a decision is being made on the row. */
const change = {
  campaign: ({ campaignId }: Ids) =>
    given.engine.db.campaign.update({ where: { id: campaignId }, data: { status: 'paused' } }),
  run: ({ runId }: Ids) =>
    given.engine.db.leadGenerationRun.update({ where: { id: runId }, data: { status: 'stopped' } }),
  source: ({ runId }: Ids) =>
    given.engine.db.leadGenerationRunSource.update({
      where: { runId_source: { runId, source: 'hunter' } },
      data: { status: 'stopped' },
    }),
  'other run': ({ otherRunId }: Ids) =>
    given.engine.db.leadGenerationRun.update({ where: { id: otherRunId }, data: { status: 'stopped' } }),
}

const LOCKS: [string, keyof typeof change, (tx: Tx, ids: Ids) => Promise<unknown>][] = [
  ['the end of a run', 'campaign', (tx, { runId }) => lockCampaignOfRun(tx, runId)],
  ['a plan', 'campaign', (tx, { campaignId }) => lockRunningCampaign(tx, campaignId)],
  ['a call that begins', 'source', (tx, { runId }) => lockRunSource(tx, { runId, source: 'hunter' })],
  ['a response', 'source', (tx, { runId }) => lockForResponse(tx, { runId, source: 'hunter' })],
  ['a response that is about to be stored', 'run', (tx, { runId }) => lockRun(tx, runId)],
]

describe('a decision about a run', () => {
  async function start(): Promise<Ids> {
    const campaignId = await given.rows.campaign('finds')
    const runId = await given.rows.run('run', campaignId, { status: 'running' })
    await given.rows.source(runId, 'hunter')
    return { campaignId, runId, otherRunId: await given.rows.run('other run', campaignId, { status: 'running' }) }
  }

  it.each(LOCKS)('%s: a change of its %s waits for it', async (_what, of, lock) => {
    const ids = await start()
    await waitsFor(
      given.engine.deps.sql,
      (tx) => lock(tx, ids),
      () => change[of](ids),
    )
  })

  it('holds up no other run', async () => {
    const ids = await start()
    const waiting = waitsFor(
      given.engine.deps.sql,
      (tx) => lockRun(tx, ids.runId),
      () => change['other run'](ids),
    )
    await expect(waiting).rejects.toThrow('It ended without waiting for a lock')
  })
})
