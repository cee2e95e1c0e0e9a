import { setTimeout as sleep } from 'node:timers/promises'
import type { ChangeEffect } from '@/domain/campaign/changes/effect'
import type { CampaignChange } from '@/domain/campaign/changes/input'
import { DomainError } from '@/domain/errors'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { applyChange } from '@/use-cases/changes/apply-change'
import { previewChange } from '@/use-cases/changes/preview-change'
import { holdExpiredLeases } from '@/use-cases/delivery/hold-expired-leases'
import { presentSteps } from '../../support/changes'
import { eventually } from '../../support/worker-process'
import { BY, createLeads, startChaosCampaign } from '../support/campaign'
import { judgeChanges, keepChangeLog, selectFaults } from '../support/change-log'
import { readLedger } from '../support/look-ups'
import { compareWithSink } from '../support/measures'
import { createRandom, type Random } from '../support/random'
import { exactly } from '../support/report'
import { scenario } from '../support/scenario'
import { onStage, type Stage } from '../support/stage'

// A Monday morning: ten seconds of the machine are a day, so that emails leave all the while.
const SIMULATION = { startsAt: new Date('2026-03-02T09:00:00Z'), speed: 8_640 }
// The last step is far away and stays: the campaign never ends by itself.
const DAYS = [0, 2, 3, 120]
// Emails move while somebody reads: then the effect is counted anew, and agreed to again.
const MOST_LOOKS = 8

export const changeCampaigns = scenario({
  id: 'CHANGE',
  title:
    'a campaign changes while workers send it and are killed: what was said is what is done, and nothing that left changes',
  full: { leads: 600, workers: 2, changes: 200, kills: 20 },
  short: { leads: 60, workers: 1, changes: 12, kills: 2 },
  run: ({ seed, sizes, server }) =>
    onStage(
      { seed, server, simulation: SIMULATION, prepare: keepChangeLog, workerEnv: { SMTP_DEADLINE_SECONDS: '4' } },
      async (stage) => {
        const { deps, sink, fleet } = stage
        // What is held stays so: nobody says that it has arrived.
        await deps.db.settings.update({ where: { id: 1 }, data: { heldResolveAfterHours: 0 } })
        const limit = Math.ceil(sizes.leads / 8)
        const { id } = await startChaosCampaign(deps, {
          ...{ leads: sizes.leads, days: DAYS, mailboxes: 2 },
          mailbox: { maxConnections: 4, dailyLimit: limit, timezone: 'Europe/Berlin', windowDays: [1, 2, 3, 4, 5, 6] },
        })
        sink.follow([
          { at: 'message', act: { delayMs: [0, 20] } },
          { at: 'accepted', act: { delayMs: [0, 20] } },
        ])
        await fleet.launchAll(sizes.workers)
        const random = createRandom(seed)
        const killAfter = Math.floor(sizes.changes / sizes.kills)
        const tally = { applied: 0, anew: 0, refused: 0 }
        const kinds: Record<string, number> = {}
        while (tally.applied < sizes.changes) {
          await sleep(random.int(0, 400))
          const { kind, change } = await draw(stage, id, random)
          const isPaused = random.int(1, 8) === 1
          if (isPaused) await pauseCampaign(deps, { campaignId: id, by: BY })
          const before = tally.applied
          if (change) await agreeTo(stage, id, change, tally)
          if (tally.applied > before) kinds[kind] = (kinds[kind] ?? 0) + 1
          if (isPaused) await resumeCampaign(deps, { campaignId: id, by: BY })
          if (tally.applied > before && tally.applied % killAfter === 0) await killOne(stage, random)
        }
        await pauseCampaign(deps, { campaignId: id, by: BY })
        const isQuiet = async () => {
          await holdExpiredLeases(deps)
          return (await readLedger(stage)).sending === 0
        }
        await eventually(isQuiet, 'nothing is on the wire', 120_000)
        const { changes, otherwise, touched, emails } = await judgeChanges(stage)
        const faults = await selectFaults(stage)
        const ledger = await readLedger(stage)
        return {
          figures: [
            exactly('changes', changes, sizes.changes),
            exactly('changes that did something else than was seen', otherwise.length, 0),
            exactly('sent, sending or held emails that a change touched', touched, 0),
            exactly('campaigns whose counts are not those of their emails', faults.unbalanced, 0),
            exactly('steps that left out of order', faults.unordered, 0),
            exactly('emails to a lead within 24 h of another', faults.withinADay, 0),
            exactly('emails to leads after they were taken out', faults.toTakenOut, 0),
            exactly('planned emails that are due before the step before', faults.outOfLine, 0),
            ...(await compareWithSink(stage, sink.read())),
          ],
          counts: {
            'emails that changes touched': emails,
            'counted anew, since emails had moved': tally.anew,
            'changes refused': tally.refused,
            ...Object.fromEntries(Object.entries(kinds).map(([kind, count]) => [`changes: ${kind}`, count])),
            ...{ sent: ledger.sent, held: ledger.held, pending: ledger.pending },
          },
          notes: otherwise.map((one) => JSON.stringify(one)).slice(0, 3),
        }
      },
    ),
})

async function killOne({ fleet }: Stage, random: Random): Promise<void> {
  await eventually(() => fleet.ready().length > 0, 'a worker is ready')
  await fleet.kill(random.pick(fleet.ready()))
  fleet.launch()
}

type Tally = { applied: number; anew: number; refused: number }

/** Looks and applies, and looks again where emails have moved, as a person does. */
async function agreeTo({ deps }: Stage, campaignId: string, change: CampaignChange, tally: Tally): Promise<void> {
  try {
    let { mark } = await previewChange(deps, { campaignId, change })
    for (let look = 1; look <= MOST_LOOKS; look++) {
      const moved = await applyChange(deps, { campaignId, change, seen: mark, by: BY }).then(() => null, movedTo)
      if (moved === null) {
        tally.applied++
        return
      }
      tally.anew++
      mark = moved
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    tally.refused++
  }
}

/** The mark of the effect as it is now; any other refusal is thrown on. */
function movedTo(error: unknown): string {
  const effect = error instanceof DomainError ? (error.details.effect as ChangeEffect | undefined) : undefined
  if (!effect) throw error
  return effect.mark
}

/** A change at random: of the sequence, of leads, or leads that come. */
async function draw(
  { deps }: Stage,
  campaignId: string,
  random: Random,
): Promise<{ kind: string; change: CampaignChange | null }> {
  const { db } = deps
  const kind = random.pick(['wait', 'wait', 'text', 'insert', 'insert', 'remove', 'take out', 'put back', 'batch'])
  const steps = await presentSteps(deps, campaignId)
  const base = steps
  const [first] = steps
  const last = steps.length - 1
  if (!first) return { kind, change: null }
  if (kind === 'wait') {
    const at = random.int(1, Math.max(1, last - 1))
    const wait = random.int(1, 6)
    return {
      kind,
      change: { base, steps: steps.map((one, i) => (i === at ? { ...one, daysAfterPrevious: wait } : one)) },
    }
  }
  if (kind === 'text') {
    const at = random.int(0, last)
    const { id } = await db.emailTemplate.create({
      data: { name: 'Changed', subject: 'Changed', bodyText: 'Hello {{ first_name }}, in other words.' },
    })
    return { kind, change: { base, steps: steps.map((one, i) => (i === at ? { ...one, templateId: id } : one)) } }
  }
  if (kind === 'insert' && steps.length < 10) {
    const step = { ...first, was: null, daysAfterPrevious: random.int(1, 4) }
    return { kind, change: { base, steps: steps.toSpliced(random.int(Math.min(2, last), last), 0, step) } }
  }
  if (kind === 'remove' && steps.length > 3) return { kind, change: { base, steps: steps.toSpliced(last - 1, 1) } }
  if (kind === 'batch') return { kind, change: { addBatchIds: [await createLeads(deps, random.int(1, 5))] } }
  const out = await db.campaignTakenOutLead.findMany({ select: { leadId: true } })
  if (kind === 'put back') {
    const ids = out.map(({ leadId }) => leadId).sort()
    return { kind, change: ids.length > 0 ? { putBackLeadIds: [random.pick(ids)] } : null }
  }
  const leads = await db.lead.findMany({ select: { id: true }, orderBy: { id: 'asc' } })
  return { kind, change: { takeOutLeadIds: [random.pick(leads).id, random.pick(leads).id] } }
}
