import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClock, type Simulation } from '@/clock'
import { createDatabase } from '@/db/client'
import type { Deps } from '@/deps'
import { createQueue, startBoss } from '@/queue/boss'
import { JOB } from '@/queue/jobs'
import { queuesOf } from '../../../worker/job'
import { JOBS } from '../../../worker/jobs'
import { depsOn } from '../../support/deps'
import { createFleet, type Fleet } from './fleet'
import { type SinkProcess, startSinkProcess } from './sink-process'
import { startWebProcess, type WebKind, type WebProcess } from './web-process'

/** A migrated database for one run. `restart` only where the server is the run's own. */
export type OpenServer = (needs: { ownServer: boolean }) => Promise<{
  url: string
  restart?(how: 'fast' | 'immediate'): Promise<void>
  close(): Promise<void>
}>

export type StageOptions = {
  seed: number
  server: OpenServer
  /** A database server that the run may restart. */
  ownServer?: boolean
  simulation?: Simulation
  /** Prepares the database before anything connects to it for good. */
  prepare?(url: string): Promise<void>
  /** For all workers of the run. */
  workerEnv?: Record<string, string>
}

/**
 * Parts that every scenario plays on: a database, an SMTP sink process, worker processes, and the engine's deps to act
 * as a person would.
 */
export type Stage = {
  url: string
  deps: Deps
  sink: SinkProcess
  fleet: Fleet
  /** A further send job for the mailbox, beside one that may be at work: two workers then serve it at once. */
  doubleJob(mailboxId: string): Promise<void>
  restartDatabase(how: 'fast' | 'immediate'): Promise<void>
  /** A web process of this installation, with further variables. */
  openWeb(kind: WebKind, env?: Record<string, string>): Promise<WebProcess>
}

// A part that can't be closed in this time, for what a run has done to it, must not keep the rest from being closed.
const CLOSE_MS = 10_000

const open = new Set<() => Promise<void>>()

/** Ends every process of the runs under way. */
export const closeStages = () => Promise.all([...open].map((close) => close()))

/** Sets the stage, plays, and clears it, whatever happens. */
export const onStage = <T>(options: StageOptions, play: (stage: Stage) => Promise<T>): Promise<T> =>
  closingAfterwards(async (closers) => play(await build(options, closers)))

/** What is to be closed, the last first. */
export type Closers = (() => Promise<unknown> | unknown)[]

/** Plays, and closes whatever was opened, whatever happens. */
export async function closingAfterwards<T>(play: (closers: Closers) => Promise<T>): Promise<T> {
  const closers: Closers = []
  let closing: Promise<void> | undefined
  const closeAll = async () => {
    for (let next = closers.pop(); next; next = closers.pop()) {
      await Promise.race([next(), sleep(CLOSE_MS, undefined, { ref: false })])
    }
    open.delete(close)
  }
  // Only once: a run that is interrupted ends by an error as well, and must not be left half cleared.
  const close = () => {
    closing ??= closeAll()
    return closing
  }
  open.add(close)
  try {
    return await play(closers)
  } finally {
    await close()
  }
}

async function build(
  { seed, server, ownServer = false, simulation, prepare, workerEnv = {} }: StageOptions,
  closers: Closers,
): Promise<Stage> {
  const place = await server({ ownServer })
  closers.push(place.close)
  await prepare?.(place.url)
  const sink = await startSinkProcess(seed)
  closers.push(sink.close)
  const database = createDatabase(place.url, { connections: 8 })
  closers.push(() => database.close().catch(() => undefined))
  const clock = await createClock(database.sql, simulation)
  closers.push(() => clock.stop())
  const deps = depsOn(database, sink, clock)
  closers.push(() => deps.leadSources.close())
  const boss = await startBoss({ databaseUrl: place.url, log: deps.log, role: 'web', queues: queuesOf(JOBS) })
  closers.push(() => boss.stop({ graceful: false }).catch(() => undefined))
  const simulated: Record<string, string> = simulation
    ? { CLOCK_START: simulation.startsAt.toISOString(), CLOCK_SPEED: String(simulation.speed) }
    : {}
  const fleet = createFleet(place.url, sink, { ...simulated, ...workerEnv })
  closers.push(() => fleet.killAll())
  await deps.db.settings.update({
    where: { id: 1 },
    data: { companyName: 'Nexa', postalAddress: 'Nexa, Main Street 1, 10115 Berlin' },
  })
  return {
    url: place.url,
    deps: {
      ...deps,
      queue: createQueue(boss, deps.log),
      config: { ...deps.config, appUrl: 'https://app.nexa.example' },
    },
    sink,
    fleet,
    doubleJob: async (mailboxId) => {
      await boss.send(JOB.sendMailbox, { mailboxId }, { singletonKey: randomUUID() })
    },
    restartDatabase: async (how) => {
      if (!place.restart) throw new Error('This database server is shared and cannot be restarted')
      await place.restart(how)
    },
    openWeb: async (kind, env) => {
      const web = await startWebProcess(kind, { url: place.url, smtpPort: sink.port, env })
      closers.push(web.close)
      return web
    },
  }
}
