import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildDeps } from '@/build-deps'
import { env } from '@/env'
import { startListening } from '@/use-cases/conversations/start-listening'
import { removeHeartbeat } from '@/use-cases/maintenance/record-heartbeat'
import { startHeartbeat } from './heartbeat'
import { queuesOf, registerJobs } from './job'
import { JOBS } from './jobs'
import { serveMetrics } from './metrics'

// SMTP transactions under way get this long to end before the process does; what is cut off becomes `held`.
const STOP_TIMEOUT_MS = 20_000
const FAREWELL_MS = 3_000

const workerId = `${process.pid}-${randomUUID().slice(0, 8)}`
const deadlineMs = env.SMTP_DEADLINE_SECONDS * 1000
const { deps, boss, close } = await buildDeps({
  role: 'worker',
  deadlineMs,
  queues: queuesOf(JOBS),
})
const { log, clock } = deps
if (clock.simulated) log.warn({ now: clock.now(), speed: clock.speed }, 'time is simulated')
const stopping = new AbortController()

const stopSchedules = await registerJobs(boss, deps, { jobs: JOBS, signal: stopping.signal })
const listening = startListening(deps, { limit: env.IDLE_CONNECTIONS })
const stopHeartbeat = await startHeartbeat(deps, workerId)
const { METRICS_PORT: port, METRICS_HOST: host, METRICS_TOKEN: token } = env
const stopMetrics = port === undefined ? undefined : serveMetrics(deps, { port, host, token })

async function stop(signal: string): Promise<void> {
  if (stopping.signal.aborted) return
  log.info({ signal }, 'worker stopping: SMTP transactions under way may end')
  stopping.abort()
  // A database that does not answer keeps nobody from ending; what could not be recorded becomes `held`.
  setTimeout(() => process.exit(0), STOP_TIMEOUT_MS + FAREWELL_MS)
  stopSchedules()
  stopHeartbeat()
  stopMetrics?.()
  await listening.stop().catch((err: Error) => log.warn({ err }, 'listening could not be stopped'))
  await boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS })
  await Promise.race([
    removeHeartbeat(deps, workerId)
      .then(close)
      .catch(() => undefined),
    sleep(FAREWELL_MS),
  ])
  log.info('worker stopped')
  process.exit(0)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal))
// After them: whoever stops a worker that is ready meets one that stops in order.
log.info({ worker: workerId }, 'worker ready')
