import { setTimeout as sleep } from 'node:timers/promises'
import { eventually } from '../../support/worker-process'
import { startChaosCampaign } from '../support/campaign'
import { readLedger, selectTouched } from '../support/look-ups'
import { compareWithSink } from '../support/measures'
import { atLeast, atMost, exactly } from '../support/report'
import { scenario } from '../support/scenario'
import { onStage } from '../support/stage'

const HOUR_MS = 3_600_000
const AT_LEAST = 3

export const refuseConnections = scenario({
  id: 'T9',
  title: 'a host that refuses connections for a day: few are tried, no attempt is used, then all leaves',
  full: { emails: 1_000, workers: 2, hours: 24, speed: 1_200 },
  short: { emails: 100, workers: 1, hours: 24, speed: 14_400 },
  run: ({ seed, sizes, server }) =>
    onStage(
      { seed, server, simulation: { startsAt: new Date('2026-03-02T09:00:00Z'), speed: sizes.speed } },
      async (stage) => {
        const { deps, sink, fleet } = stage
        sink.follow([{ at: 'connect', act: { drop: true } }])
        await startChaosCampaign(deps, { leads: sizes.emails, mailbox: { maxConnections: 10 } })
        await fleet.launchAll(sizes.workers)
        await eventually(() => sink.read().connect.length > 0, 'the first connection is tried')
        const until = deps.clock.now().getTime() + sizes.hours * HOUR_MS
        // On a busy machine a worker may not have looked three times by then.
        while (deps.clock.now().getTime() < until || sink.read().connect.length < AT_LEAST) await sleep(100)
        const connects = sink.read().connect.length
        const used = await selectTouched(stage)
        sink.follow([])
        await eventually(async () => (await readLedger(stage)).sent === sizes.emails, 'all is sent', 180_000)
        return {
          figures: [
            atMost(`connections tried in ${sizes.hours} hours`, connects, 40),
            atLeast('connections tried at all', connects, AT_LEAST),
            exactly('attempts used', used.attempts, 0),
            exactly('emails touched', used.emails, 0),
            exactly('sent once the host was back', (await readLedger(stage)).sent, sizes.emails),
            ...(await compareWithSink(stage, sink.read())),
          ],
          counts: {},
          notes: [
            `time is simulated, ${sizes.speed} times as fast, a tick every ${Math.max(1, sizes.speed / 60)} simulated minutes`,
            'refused right after TCP has connected, by a reset: a closed port could not count',
          ],
        }
      },
    ),
})
