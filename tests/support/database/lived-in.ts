import { DAY_MS } from '@/domain/time/duration'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { archiveCampaign } from '@/use-cases/campaigns/remove-campaign'
import { scheduleCampaign } from '@/use-cases/campaigns/schedule-campaign'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { setLeadStatus } from '@/use-cases/leads/set-lead-status'
import { runMassAct } from '@/use-cases/mass-acts/run-mass-act'
import { startMassAct } from '@/use-cases/mass-acts/start-mass-act'
import { loadSampleData } from '@/use-cases/sample-data/load-sample-data'
import { addSuppression } from '@/use-cases/suppression/add-suppression'
import { saveView } from '@/use-cases/team/save-view'
import { changeAsSeen, presentSteps } from '../changes'
import { BY, createOutreach, type Engine, startOutreach } from '../engine'
import { startGeneration, workAll } from '../generation'
import { addMember } from '../team/members'

/**
 * Fills an engine with lead sources as some weeks of use would: campaigns in each state, emails in each, a run, opt-outs; and a
 * person who has changed a campaign and many leads at once, and is told of what ends.
 */
export async function liveIn(engine: Engine): Promise<void> {
  const { deps, db, clock } = engine
  const owner = await addMember(engine, 'owner', 'Ada Winter')
  await loadSampleData(deps, { by: BY })
  const replied = await startOutreach(engine, { leads: 12, name: 'Replied', replyInThread: true })
  await engine.work()
  clock.advanceDays(1)
  await engine.work()
  const paused = await startOutreach(engine, { leads: 6, name: 'Paused', timezone: 'Europe/Berlin' })
  await engine.work()
  await pauseCampaign(deps, { campaignId: paused.id, by: BY })
  const completed = await startOutreach(engine, { leads: 4, days: [0, 1], name: 'Completed' })
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
  await db.campaign.update({ where: { id: campaignId }, data: { emailsFailedCount: 1 } })
  await addSuppression(deps, { value: 'gone@else.example', reason: 'complained', by: BY })
  await addSuppression(deps, { value: 'blocked.example', by: BY })
  await setLeadStatus(deps, { ids: [replied.leads[2]?.id ?? ''], status: 'replied', by: BY })
  await setLeadStatus(deps, { ids: [replied.leads[3]?.id ?? ''], status: 'unsubscribed', by: BY })
  await startGeneration(engine)
  await workAll(engine)
  await workWithMany(engine, { by: owner.id, pausedId: paused.id, completed, stoppedId: stopped.id })
}

type Lived = { by: string; pausedId: string; completed: { batch: { id: string } }; stoppedId: string }

async function workWithMany(engine: Engine, { by, pausedId, completed, stoppedId }: Lived): Promise<void> {
  const { deps } = engine
  const steps = (await presentSteps(deps, pausedId)).map((step) => ({
    ...step,
    daysAfterPrevious: step.daysAfterPrevious * 2,
  }))
  await changeAsSeen(engine, pausedId, { steps })
  await archiveCampaign(deps, { campaignId: stoppedId, by })
  const act = { kind: 'status', filter: { batchId: completed.batch.id }, choice: { status: 'converted' } } as const
  const { id } = await startMassAct(deps, { ...act, expected: 4, by })
  await runMassAct(deps, { massActId: id })
  await saveView(deps, { userId: by, list: 'leads', name: 'Replied', query: 'status=replied' })
}
