import { eventually } from '../../support/worker-process'
import { concerns, type Rule } from '../sink/rules'
import { startChaosCampaign } from '../support/campaign'
import { readLedger, selectEmails, selectStatus } from '../support/look-ups'
import { compareWithSink, watchCompletion } from '../support/measures'
import { exactly } from '../support/report'
import { scenario } from '../support/scenario'
import { onStage } from '../support/stage'

const START = '2026-03-02T09:00:00Z'
// A retry comes after an hour and a bit: seconds at this speed.
const SPEED = 600

const LOST: Rule = { at: 'message', act: { drop: true }, share: [0, 0.005] }
const KEPT: Rule = { at: 'accepted', act: { drop: true }, share: [0.005, 0.01] }
const AT_RCPT: Rule = { at: 'rcpt', act: { drop: true }, share: [0.01, 0.02], times: 1 }
const AFTER: Rule = { at: 'after', act: { drop: true }, share: [0.02, 0.03] }

export const dropConnections = scenario({
  id: 'T2',
  title: 'the server drops the connection after the message on 1 %, at RCPT on another 1 %',
  full: { emails: 10_000, workers: 2 },
  short: { emails: 500, workers: 1 },
  run: ({ seed, sizes, server }) =>
    onStage({ seed, server, simulation: { startsAt: new Date(START), speed: SPEED } }, async (stage) => {
      const { deps, sink, fleet, url } = stage
      // Held emails must stay so: simulated days pass.
      await deps.db.settings.update({ where: { id: 1 }, data: { heldResolveAfterHours: 0 } })
      sink.follow([LOST, KEPT, AT_RCPT, AFTER])
      await startChaosCampaign(deps, {
        leads: sizes.emails,
        mailboxes: 4,
        mailbox: { maxConnections: 5 },
      })
      const watch = watchCompletion(url)
      await fleet.launchAll(sizes.workers)
      await eventually(
        async () => {
          const { pending, sending } = await readLedger(stage)
          return pending + sending === 0
        },
        'nothing is pending or sending',
        900_000,
      )
      const { samples, violations } = await watch.stop()
      const seen = sink.read()
      const emails = await selectEmails(stage)
      const meant = (...rules: Rule[]) =>
        emails.filter(({ email }) => rules.some((rule) => concerns(rule, seed, email)))
      const afterMessage = meant(LOST, KEPT)
      const atRcpt = meant(AT_RCPT)
      const transactions = Map.groupBy(seen.rcpt, ({ to }) => to)
      const times = (email: string) => transactions.get(email)?.length ?? 0
      const held = emails.filter(({ status }) => status === 'held')
      const status = await selectStatus(stage)
      return {
        figures: [
          ...(await compareWithSink(stage, seen)),
          exactly('held', held.length, afterMessage.length),
          exactly(
            'held that were not dropped after the message',
            held.filter((email) => !afterMessage.includes(email)).length,
            0,
          ),
          exactly(
            'held that were offered to the server again',
            held.filter(({ email }) => times(email) !== 1).length,
            0,
          ),
          exactly(
            'dropped at RCPT and sent by the second attempt',
            atRcpt.filter((email) => email.status === 'sent' && email.retries === 1 && times(email.email) === 2).length,
            atRcpt.length,
          ),
          exactly('sent', emails.filter((email) => email.status === 'sent').length, sizes.emails - afterMessage.length),
          exactly(
            'attempts used by others',
            emails.filter((email) => email.retries > 0 && !atRcpt.includes(email)).length,
            0,
          ),
          exactly('campaigns completed with emails held', violations + (status === 'completed' ? 1 : 0), 0),
        ],
        counts: {
          'dropped after the message, before it was kept': meant(LOST).length,
          'dropped after the message was kept': meant(KEPT).length,
          'dropped at RCPT': atRcpt.length,
          'dropped after the answer 250': meant(AFTER).length,
          'looks at completion': samples,
        },
        notes: [`time is simulated, ${SPEED} times as fast, so that retries an hour later come within seconds`],
      }
    }),
})
