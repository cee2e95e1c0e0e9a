import { setTimeout as sleep } from 'node:timers/promises'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { eventually } from '../../support/worker-process'
import { startChaosCampaign } from '../support/campaign'
import { readLedger, selectTouched } from '../support/look-ups'
import { compareWithSink } from '../support/measures'
import { exactly } from '../support/report'
import { scenario } from '../support/scenario'
import { onStage } from '../support/stage'

const SPEED = 60

export const wrongPassword = scenario({
  id: 'T8',
  title: 'a wrong password: one login until the credentials change, and no email and no lead is touched',
  full: { emails: 5_000, workers: 2, minutes: 20 },
  short: { emails: 100, workers: 1, minutes: 1 },
  run: ({ seed, sizes, server }) =>
    onStage(
      { seed, server, simulation: { startsAt: new Date('2026-03-02T09:00:00Z'), speed: SPEED } },
      async (stage) => {
        const { deps, sink, fleet } = stage
        sink.tell({ password: 'right' })
        const account = (smtpPassword: string) => ({
          kind: 'smtp' as const,
          smtpHost: '127.0.0.1',
          smtpPort: sink.port,
          smtpSecurity: 'none' as const,
          smtpUser: 'ada',
          smtpPassword,
          maxConnections: 10,
        })
        const { mailboxIds } = await startChaosCampaign(deps, { leads: sizes.emails, mailbox: account('wrong') })
        const [mailboxId = ''] = mailboxIds
        const correct = (password: string) =>
          updateMailbox(deps, {
            mailboxId,
            mailbox: mailboxInput.parse({
              name: 'Own',
              fromName: 'Ada',
              fromEmail: 'ada@nexa.example',
              ...account(password),
            }),
          })
        const logins = () => sink.read().login.length
        const minutesPass = () => sleep((sizes.minutes * 60_000) / SPEED)
        await fleet.launchAll(sizes.workers)
        await eventually(() => logins() > 0, 'the first login is tried')
        await minutesPass()
        const first = logins()
        // A new worker knows of the old one's failures only from the database.
        const [worker] = fleet.ready()
        if (worker) await fleet.kill(worker)
        await fleet.launch().ready
        await minutesPass()
        const afterRestart = logins()
        await correct('wrong again')
        await eventually(() => logins() > afterRestart, 'the changed password is tried')
        await minutesPass()
        const second = logins()
        const touched = await selectTouched(stage)
        await correct('right')
        await eventually(async () => (await readLedger(stage)).sent === sizes.emails, 'all is sent', 180_000)
        return {
          figures: [
            exactly('logins with the wrong password', first, 1),
            exactly('logins after a worker was replaced', afterRestart, 1),
            exactly('further logins after another wrong password was saved', second - afterRestart, 1),
            exactly('emails touched', touched.emails, 0),
            exactly('leads touched', touched.leads, 0),
            exactly('sent once the password was right', (await readLedger(stage)).sent, sizes.emails),
            ...(await compareWithSink(stage, sink.read())),
          ],
          counts: { 'ticks while it was wrong, about': 3 * sizes.minutes },
          notes: [`time is simulated, ${SPEED} times as fast: a tick every second`],
        }
      },
    ),
})
