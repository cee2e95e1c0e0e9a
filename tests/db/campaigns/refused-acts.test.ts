import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CAMPAIGN_STATUSES, type CampaignStatus } from '@/domain/campaign/state'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { deleteCampaign } from '@/use-cases/campaigns/remove-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { scheduleCampaign } from '@/use-cases/campaigns/schedule-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { stopCampaign } from '@/use-cases/campaigns/stop-campaign'
import { updateCampaign } from '@/use-cases/campaigns/update-campaign'
import { BY, createEngine, createOutreach, type Engine, startOutreach } from '../../support/engine'
import { refusal } from '../../support/refusal'
import { untilBlocked } from '../../support/until-blocked'

type Act = 'start' | 'schedule' | 'take back' | 'pause' | 'resume' | 'stop' | 'delete' | 'edit'

const FIXED = 'its leads, sequence and schedule are fixed. Nothing was changed.'
const ANEW = 'Duplicate the campaign to send something else.'
const PROPOSED =
  'Change shows what other leads or another sequence would do, and applies it. For anything else duplicate it.'
const AGAIN = 'Duplicate it to send something again.'
const KEPT = 'and holds the record of its emails, so it was not deleted.'
const RETRY =
  'it is completed, and a completed campaign becomes running only by a retry of failed emails. Nothing was changed.'

/** What a person reads, by state and act; null where the act is done. */
const READS: Record<CampaignStatus, Record<Act, string | null>> = {
  draft: {
    start: null,
    schedule: null,
    'take back': '"Spring" is already a draft. Nothing was changed.',
    pause: `Can't pause "Spring": it is a draft, and a draft cannot become paused. Nothing was changed. Nothing leaves before it starts.`,
    resume: `Can't resume "Spring": it is a draft, and a draft becomes running by its start. Nothing was changed.`,
    stop: `Can't stop "Spring": it is a draft, and a draft cannot become completed. Nothing was changed. It has not started: delete it if nobody needs it.`,
    delete: null,
    edit: null,
  },
  scheduled: {
    start: null,
    schedule: null,
    'take back': null,
    pause: `Can't pause "Spring": it is scheduled, and a scheduled campaign cannot become paused. Nothing was changed. Nothing leaves before it starts: its start can be taken back.`,
    resume: `Can't resume "Spring": it is scheduled, and a scheduled campaign becomes running by its start. Nothing was changed.`,
    stop: null,
    delete: '"Spring" is scheduled to start, so it was not deleted. Take its start back first.',
    edit: `"Spring" is scheduled: ${FIXED} Take its start back to change them.`,
  },
  running: {
    start: '"Spring" is already running. It was not planned again.',
    schedule: `Can't schedule "Spring": it is running, and a running campaign cannot become scheduled. Nothing was changed. It has started already.`,
    'take back': `Can't take back the start of "Spring": it is running, and a running campaign cannot become a draft. Nothing was changed. It has started already: Pause holds its emails back, Stop ends it.`,
    pause: null,
    resume: '"Spring" is already running. Nothing was changed.',
    stop: null,
    delete: `"Spring" is running ${KEPT}`,
    edit: `"Spring" is running: ${FIXED} ${PROPOSED}`,
  },
  paused: {
    start: `Can't start "Spring": it is paused, and a paused campaign becomes running by Resume. Nothing was changed.`,
    schedule: `Can't schedule "Spring": it is paused, and a paused campaign cannot become scheduled. Nothing was changed. Resume makes it running again.`,
    'take back': `Can't take back the start of "Spring": it is paused, and a paused campaign cannot become a draft. Nothing was changed. It has started already: Stop ends it.`,
    pause: '"Spring" is already paused. Nothing was changed.',
    resume: null,
    stop: null,
    delete: `"Spring" is paused ${KEPT}`,
    edit: `"Spring" is paused: ${FIXED} ${PROPOSED}`,
  },
  completed: {
    start: `Can't start "Spring": ${RETRY} ${AGAIN}`,
    schedule: `Can't schedule "Spring": it is completed, and a completed campaign cannot become scheduled. Nothing was changed. ${AGAIN}`,
    'take back': `Can't take back the start of "Spring": it is completed, and a completed campaign cannot become a draft. Nothing was changed. ${AGAIN}`,
    pause: `Can't pause "Spring": it is completed, and a completed campaign cannot become paused. Nothing was changed. Nothing more leaves.`,
    resume: `Can't resume "Spring": ${RETRY} ${AGAIN}`,
    stop: '"Spring" is already completed. Nothing was changed.',
    delete: `"Spring" is completed ${KEPT}`,
    edit: `"Spring" is completed: ${FIXED} ${ANEW}`,
  },
  failed: {
    start: `Can't start "Spring": it is failed, and a failed campaign becomes running by Resume. Nothing was changed. Fix the cause before.`,
    schedule: `Can't schedule "Spring": it is failed, and a failed campaign cannot become scheduled. Nothing was changed. Resume makes it running again, once the cause is fixed.`,
    'take back': `Can't take back the start of "Spring": it is failed, and a failed campaign cannot become a draft. Nothing was changed. It has started already: Stop ends it.`,
    pause: `Can't pause "Spring": it is failed, and a failed campaign cannot become paused. Nothing was changed. Nothing leaves until it is resumed.`,
    resume: null,
    stop: null,
    delete: `"Spring" has failed ${KEPT}`,
    edit: `"Spring" has failed: ${FIXED} ${ANEW}`,
  },
}

/** The words by which a refusal sends a person to another act. */
const SENDS_TO: Partial<Record<Act, RegExp>> = {
  resume: /Resume/,
  stop: /Stop/,
  pause: /Pause/,
  delete: /delete it/,
  start: /its start\. /,
  'take back': /[Tt]ake its start back|start can be taken back/,
}

describe('an act that a campaign’s state refuses', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())
  beforeEach(() => engine.db.leadBatch.updateMany({ data: { activeCampaignId: null } }))
  const campaignIn = async (status: CampaignStatus) => {
    const { id } = await createOutreach(engine, { leads: 1, days: [0], name: 'Spring' })
    await engine.db.campaign.update({ where: { id }, data: { status } })
    return id
  }
  const perform = (act: Act, campaignId: string): Promise<unknown> => {
    const { deps, clock } = engine
    const startAt = new Date(clock.now().getTime() + 3_600_000)
    const acts: Record<Act, () => Promise<unknown>> = {
      start: () => startCampaign(deps, { campaignId, by: BY }),
      schedule: () => scheduleCampaign(deps, { campaignId, startAt, by: BY }),
      'take back': () => scheduleCampaign(deps, { campaignId, startAt: null, by: BY }),
      pause: () => pauseCampaign(deps, { campaignId, by: BY }),
      resume: () => resumeCampaign(deps, { campaignId, by: BY }),
      stop: () => stopCampaign(deps, { campaignId, by: BY }),
      delete: () => deleteCampaign(deps, { campaignId }),
      edit: () => updateCampaign(deps, { campaignId, patch: { dailyLimit: 5 }, by: BY }),
    }
    return acts[act]()
  }

  it.each(CAMPAIGN_STATUSES)('in state %s says what it is, and what can be done', async (status) => {
    for (const [act, words] of Object.entries(READS[status]) as [Act, string | null][]) {
      const id = await campaignIn(status)
      if (words === null) {
        await expect(perform(act, id), act).resolves.not.toThrow()
        continue
      }
      const before = await engine.db.campaign.findUniqueOrThrow({ where: { id } })
      expect((await refusal(perform(act, id))).message, act).toBe(words)
      expect(await engine.db.campaign.findUniqueOrThrow({ where: { id } })).toEqual(before)
    }
  })

  it.each(CAMPAIGN_STATUSES)(
    'in state %s is never met with itself, nor sent to another one that is refused',
    (status) => {
      for (const words of Object.values(READS[status])) {
        expect(words ?? '').not.toMatch(/(a draft|\w+) cannot become \1\b/)
        for (const [act, advice] of Object.entries(SENDS_TO) as [Act, RegExp][]) {
          if (words && advice.test(words)) expect(READS[status][act], `${act}: ${words}`).toBeNull()
        }
      }
    },
  )

  it('is told of its state even where more is wrong with it', async () => {
    const { id } = await createOutreach(engine, { leads: 0, name: 'Spring' })
    await engine.db.campaign.update({ where: { id }, data: { status: 'running' } })
    expect((await refusal(perform('schedule', id))).message).toBe(READS.running.schedule)
  })

  const RACES: [Act, CampaignStatus, string][] = [
    ['resume', 'paused', '"Spring" is already running. Nothing was changed.'],
    ['stop', 'paused', '"Spring" is already completed. Nothing was changed.'],
    ['pause', 'running', '"Spring" is already paused. Nothing was changed.'],
    ['start', 'draft', '"Spring" is already running. It was not planned again.'],
  ]
  it.each(RACES)(
    'of two at once (%s), tells the one that lost of the state the other has made',
    async (act, status, words) => {
      const id =
        status === 'draft'
          ? await campaignIn('draft')
          : (await startOutreach(engine, { leads: 1, days: [0, 9], name: 'Spring' })).id
      await engine.db.campaign.update({ where: { id }, data: { status } })
      // Both have read the state before either may write.
      const client = await engine.pool.connect()
      await client.query('BEGIN')
      await client.query('SELECT 1 FROM campaigns WHERE id = $1 FOR UPDATE', [id])
      const both = [perform(act, id), perform(act, id)]
      const settled = Promise.allSettled(both)
      await untilBlocked(engine.deps.sql, settled)
      await client.query('COMMIT')
      client.release()
      const outcomes = await settled
      expect(outcomes.map(({ status: how }) => how).sort()).toEqual(['fulfilled', 'rejected'])
      const lost = outcomes.find(({ status: how }) => how === 'rejected') as PromiseRejectedResult
      expect(lost.reason.message).toBe(words)
    },
  )

  it('and is free again by then says so, and that a second try may do', async () => {
    const { id } = await startOutreach(engine, { leads: 1, days: [0, 9], name: 'Spring' })
    // Whoever reads it before the write sees it completed; by the time of the refusal it is paused again.
    const client = await engine.pool.connect()
    await client.query(`CREATE FUNCTION lose_race() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$`)
    await client.query(`UPDATE campaigns SET status = 'paused' WHERE id = $1`, [id])
    await client.query(
      `CREATE TRIGGER lose_race BEFORE UPDATE ON campaigns FOR EACH ROW WHEN (NEW.status = 'running') EXECUTE FUNCTION lose_race()`,
    )
    try {
      expect(await refusal(perform('resume', id))).toEqual({
        code: 'illegal_move',
        message: '"Spring" was changed at the same moment, and is paused now. Nothing was changed here. Try again.',
      })
    } finally {
      await client.query('DROP TRIGGER lose_race ON campaigns; DROP FUNCTION lose_race()')
      client.release()
    }
    expect(await perform('resume', id)).toMatchObject({ status: 'running' })
  })
})
