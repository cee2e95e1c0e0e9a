import { setTimeout as sleep } from 'node:timers/promises'
import { DomainError } from '@/domain/errors'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { resumeCampaign } from '@/use-cases/campaigns/resume-campaign'
import { applyChange } from '@/use-cases/changes/apply-change'
import { applyMailbox } from '@/use-cases/changes/apply-mailbox'
import { previewChange } from '@/use-cases/changes/preview-change'
import { previewMailbox } from '@/use-cases/changes/preview-mailbox'
import { holdExpiredLeases } from '@/use-cases/delivery/hold-expired-leases'
import { eventually } from '../../support/worker-process'
import { BY, startChaosCampaign } from '../support/campaign'
import { judgeChanges, keepChangeLog, selectFaults } from '../support/change-log'
import { type DrawnChange, drawChange } from '../support/drawn-changes'
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
          const drawn = await drawChange(deps, { campaignId: id, limit, random })
          const isPaused = random.int(1, 8) === 1
          if (isPaused) await pauseCampaign(deps, { campaignId: id, by: BY })
          const before = tally.applied
          if (drawn) await agreeTo(stage, id, drawn, tally)
          if (drawn && tally.applied > before) kinds[drawn.kind] = (kinds[drawn.kind] ?? 0) + 1
          if (isPaused) await resumeCampaign(deps, { campaignId: id, by: BY })
          if (tally.applied > before && tally.applied % killAfter === 0) await killOne(stage, random)
        }
        await pauseCampaign(deps, { campaignId: id, by: BY })
        const isQuiet = async () => {
          await holdExpiredLeases(deps)
          return (await readLedger(stage)).sending === 0
        }
        await eventually(isQuiet, 'nothing is on the wire', 120_000)
        const { changes, otherwise, touched, emails, saves } = await judgeChanges(stage)
        const faults = await selectFaults(stage)
        const ledger = await readLedger(stage)
        return {
          figures: [
            exactly('changes, and saved settings of mailboxes', changes + saves.count, sizes.changes),
            exactly('changes that did something else than was seen', otherwise.length, 0),
            exactly('sent, sending or held emails that a change touched', touched, 0),
            exactly('emails that settings of a mailbox touched', saves.emails, 0),
            exactly('emails of mailboxes that the campaign does not send from', faults.elsewhere, 0),
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
async function agreeTo({ deps }: Stage, campaignId: string, drawn: DrawnChange, tally: Tally): Promise<void> {
  try {
    const { look, apply } = doorOf(deps, campaignId, drawn)
    let seen = await look()
    for (let looks = 1; looks <= MOST_LOOKS; looks++) {
      const moved = await apply(seen).then(() => null, movedTo)
      if (moved === null) {
        tally.applied++
        return
      }
      tally.anew++
      seen = moved
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    tally.refused++
  }
}

/** How a change is looked at, which answers its mark, and applied under the mark that was seen; null: nothing moves. */
function doorOf(deps: Stage['deps'], campaignId: string, drawn: DrawnChange) {
  if ('mailbox' in drawn) {
    const { mailboxId, mailbox } = drawn
    return {
      look: async () => (await previewMailbox(deps, { mailboxId, mailbox }))?.mark ?? null,
      apply: (seen: string | null) => applyMailbox(deps, { mailboxId, mailbox, seen, by: BY }),
    }
  }
  const { change, undoes } = drawn
  return {
    look: async () => (await previewChange(deps, { campaignId, change })).mark,
    apply: (seen: string | null) => applyChange(deps, { campaignId, change, undoes, seen: seen ?? '', by: BY }),
  }
}

/** The mark of the effect as it is now; any other refusal is thrown on. */
function movedTo(error: unknown): string {
  const effect = error instanceof DomainError ? (error.details.effect as { mark: string } | undefined) : undefined
  if (!effect) throw error
  return effect.mark
}
