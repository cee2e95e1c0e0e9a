import { randomUUID } from 'node:crypto'
import { startBoss } from '@/queue/boss'
import { JOB } from '@/queue/jobs'
import { queuesOf } from '../../../worker/job'
import { JOBS } from '../../../worker/jobs'
import { changesIn, READ_AT } from '../../support/conversation/contacted-leads'
import { messageFiles, stateOnServer } from '../../support/mail-servers/dovecot-messages'
import { missingMailServers } from '../../support/mail-servers/packages'
import { eventually, type WorkerProcess } from '../../support/worker-process'
import { createFleet } from '../support/fleet'
import { createRandom } from '../support/random'
import {
  clearStanding,
  differences,
  letStand,
  missingFrom,
  openFilledDovecot,
  openReaders,
  openReadingPlace,
  type ReadingPlace,
  readToTheEnd,
  STANDS,
  untilStanding,
} from '../support/reading-place'
import { exactly } from '../support/report'
import { type Setting, scenario } from '../support/scenario'
import { type Closers, closingAfterwards } from '../support/stage'

type Sizes = { messages: number; kills: number }

export const killAnsweringWorkers = scenario<Sizes>({
  id: 'ANSWERS',
  title:
    'workers killed between storing a message and doing what it does: no effect lost or doubled, no mailbox changed',
  full: { messages: 3_000, kills: 50 },
  short: { messages: 240, kills: 2 },
  missing: missingMailServers,
  run: (setting) => closingAfterwards((closers) => play(setting, closers)),
})

async function play({ seed, sizes, server }: Setting<Sizes>, closers: Closers) {
  const random = createRandom(seed)
  const { messages, kills } = sizes
  const dovecot = await openFilledDovecot({ messages, twicePercent: 0, random }, closers)
  const files = await messageFiles(dovecot)
  const state = await stateOnServer(dovecot, 'sam')
  const quiet = await openReadingPlace(server, { dovecot, leads: messages }, closers)
  await readToTheEnd(openReaders(quiet, { count: 1 }, closers))
  const troubled = await openReadingPlace(server, { dovecot, leads: messages }, closers)
  const workers = await openWorkers(troubled, closers)
  for (let n = 0; n < kills; n++) {
    // First where the message is stored, then where it acts, and where its place is put.
    await letStand(troubled, STANDS[n % STANDS.length] ?? 'leads', Math.floor((n * messages) / (kills + 1)))
    await workers.wake()
    await workers.kill((await untilStanding(troubled, () => false)) ?? '')
    await clearStanding(troubled)
  }
  await workers.wake()
  await eventually(() => isRead(troubled), 'the last workers to read all that is left', LONGEST_MS)
  const wanted = await daysOf(quiet)
  const found = await daysOf(troubled)
  const lost = missingFrom(found, wanted)
  return {
    figures: [
      exactly('workers killed within the transaction of a message', workers.killed(), kills),
      exactly('effects lost', lost.length, 0),
      exactly('effects doubled or changed', missingFrom(wanted, found).length, 0),
      exactly('messages stored, each once', await troubled.deps.db.receivedMessage.count(), messages),
      exactly(
        'files on the server that are gone, new, moved, flagged or changed',
        differences(files, await messageFiles(dovecot)),
        0,
      ),
      exactly(
        'messages on the server with other flags, sizes or times',
        differences(state, await stateOnServer(dovecot, 'sam')),
        0,
      ),
    ],
    counts: { 'messages on the server': files.length },
    notes: ['what a killed worker held is free at once, as if its lease and its job were over', ...lost.slice(0, 3)],
  }
}

const LONGEST_MS = 600_000

// So many are there at once: the one that reads, and others that would go on.
const WORKERS = 3

/** Real workers, whose campaign time hardly moves, and a way to have one of them read the mailbox at once. */
async function openWorkers({ url, pool, deps, mailboxId, certificate }: ReadingPlace, closers: Closers) {
  const boss = await startBoss({ databaseUrl: url, log: deps.log, role: 'web', queues: queuesOf(JOBS) })
  closers.push(() => boss.stop({ graceful: false }).catch(() => undefined))
  const time = { CLOCK_START: READ_AT.toISOString(), CLOCK_SPEED: '0.001' }
  const fleet = createFleet(url, { port: 1 }, { ...time, NODE_EXTRA_CA_CERTS: certificate })
  closers.push(() => fleet.killAll())
  const byName = new Map<string, WorkerProcess>()
  let launched = 0
  // Its sessions in the database carry its name.
  const launch = () => {
    const name = `worker-${++launched}`
    byName.set(name, fleet.launch({ env: { PGAPPNAME: name } }))
  }
  for (let n = 0; n < WORKERS; n++) launch()
  let killed = 0
  return {
    killed: () => killed,
    /** Kills the one of this name, and launches another. @throws {Error} when there is none */
    kill: async (name: string) => {
      const worker = byName.get(name)
      if (!worker) throw new Error(`There is no worker ${name}`)
      await fleet.kill(worker)
      killed++
      launch()
    },
    wake: async () => {
      await pool.query('UPDATE mailbox_readers SET lease_until = NULL, next_read_at = NULL')
      await boss.deleteAllJobs(JOB.readMailbox)
      await boss.send(JOB.readMailbox, { mailboxId }, { singletonKey: randomUUID() })
    },
  }
}

/** All that there is was read, and the reader has given its lease back. */
async function isRead({ deps, mailboxId }: ReadingPlace): Promise<boolean> {
  const { lastReadAt, leaseUntil } = await deps.db.mailboxReader.findUniqueOrThrow({ where: { mailboxId } })
  return lastReadAt !== null && leaseUntil === null
}

/** What messages have changed, to the day: the workers' campaign time moves a little. */
const daysOf = async ({ deps }: ReadingPlace): Promise<string[]> =>
  (await changesIn(deps)).map((line) => line.replace(/T\d\d:\d\d:\d\d(?:\.\d+)?Z/g, ''))
