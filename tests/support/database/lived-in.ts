import { DAY_MS } from '@/domain/time/duration'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { scheduleCampaign } from '@/use-cases/campaigns/schedule-campaign'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { loadSampleData } from '@/use-cases/sample-data/load-sample-data'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { BY, createOutreach, type Engine, startOutreach } from '../engine'
import { startGeneration, workAll } from '../generation'

/** Fills an engine with lead sources as some weeks of use would: campaigns in each state, emails in each, a run, opt-outs. */
export async function liveIn(engine: Engine): Promise<void> {
  const { deps, db, clock } = engine
  await loadSampleData(deps, { by: BY })
  const replied = await startOutreach(engine, { leads: 12, name: 'Replied', replyInThread: true })
  await engine.work()
  clock.advanceDays(1)
  await engine.work()
  const paused = await startOutreach(engine, { leads: 6, name: 'Paused', timezone: 'Europe/Berlin' })
  await engine.work()
  await pauseCampaign(deps, { campaignId: paused.id, by: BY })
  await startOutreach(engine, { leads: 4, days: [0, 1], name: 'Completed' })
  for (const _day of [1, 2]) {
    await engine.work()
    clock.advanceDays(1)
  }
  const stopped = await startOutreach(engine, { leads: 5, name: 'Stopped' })
  await engine.work()
  await stopCampaign(deps, { campaignId: stopped.id, by: BY })
  await createOutreach(engine, { leads: 3, name: 'Draft' })
  const planned = await createOutreach(engine, { leads: 3, name: 'Scheduled' })
  const startAt = new Date(clock.now().getTime() + 5 * DAY_MS)
  await scheduleCampaign(deps, { campaignId: planned.id, startAt, by: BY })
  const { id: campaignId, leads } = await startOutreach(engine, { leads: 4, name: 'With held and failed' })
  const [held, failed] = leads.map(({ id: leadId }) => ({ campaignId, leadId, workflowStepNumber: 1 }))
  await db.scheduledEmail.updateMany({ where: held, data: { status: 'held', heldAt: clock.now(), claim: 1 } })
  const failure = {
    status: 'failed' as const,
    failedAt: clock.now(),
    endedAt: clock.now(),
    failureReason: '550 refused',
  }
  await db.scheduledEmail.updateMany({ where: failed, data: failure })
  await addSuppression(deps, { value: 'gone@else.example', reason: 'complained', by: BY })
  await addSuppression(deps, { value: 'blocked.example', by: BY })
  await setLeadStatus(deps, { ids: [replied.leads[2]?.id ?? ''], status: 'replied', by: BY })
  await setLeadStatus(deps, { ids: [replied.leads[3]?.id ?? ''], status: 'unsubscribed', by: BY })
  await startGeneration(engine)
  await workAll(engine)
}
