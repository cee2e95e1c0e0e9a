import type { EventEmitter } from 'node:events'
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises'
import { Client, Pool, type PoolClient, type PoolConfig } from 'pg'

/** The server answers nobody: it is frozen, or the way to it is gone. What was under way may still be done once it answers. */
export class DatabaseSilent extends Error {
  override name = 'DatabaseSilent'
  constructor() {
    super('The database does not answer')
  }
}

/** How often a server is asked for a sign of life, and how long it has for its answer. */
export type Watch = { everyMs: number; patienceMs: number }

/** Together well under the five seconds in which somebody who looks at a page wants to be told. */
export const SCREEN_WATCH: Watch = { everyMs: 1_000, patienceMs: 2_500 }

/**
 * Nobody looks, and what was asked of a busy server is worth waiting for. A machine that is gone says nothing either, for hours: with
 * another in its place, emails leave again within half a minute.
 */
export const WORK_WATCH: Watch = { everyMs: 2_000, patienceMs: 10_000 }

type Taken = (error: Error | undefined, client: PoolClient | undefined, done: (release?: unknown) => void) => void

/**
 * A pool that does not wait for a server that has fallen silent: a slow statement is waited for, as long as the server answers
 * others. Once it does not, what is under way fails, whoever asks next fails at once, and all is well again with its first answer.
 * No connection is kept then, nor once another server answers in its place: those to the old one would never say so.
 */
export class WatchedPool extends Pool {
  private readonly open = new Map<object, number>()
  private server: string | undefined
  private readonly waiting = new Set<() => void>()
  private readonly over = new AbortController()
  private silent = false

  constructor(config: PoolConfig, watch: Watch | null) {
    super({
      ...config,
      onConnect: async (client) => {
        this.adopt(client)
        await config.onConnect?.(client)
      },
    })
    if (watch) void this.keepWatching(config, watch)
  }

  /** Ends this connection to the server, its own or somebody else's, once that is silent. Without a watch it is left alone. */
  adopt(client: EventEmitter): void {
    this.open.set(client, performance.now())
    client.once('end', () => this.open.delete(client))
  }

  override connect(): Promise<PoolClient>
  override connect(callback: Taken): void
  override connect(callback?: Taken): Promise<PoolClient> | undefined {
    const client = this.takeUnlessSilent()
    if (!callback) return client
    client.then(
      (taken) => callback(undefined, taken, (release) => taken.release(release as Error | boolean | undefined)),
      (error: Error) => callback(error, undefined, () => undefined),
    )
  }

  override end(): Promise<void>
  override end(callback: () => void): void
  override end(callback?: () => void): Promise<void> | undefined {
    this.over.abort()
    if (!callback) return super.end()
    super.end(callback)
  }

  private takeUnlessSilent(): Promise<PoolClient> {
    if (this.silent) return Promise.reject(new DatabaseSilent())
    const client = super.connect()
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        reject(new DatabaseSilent())
        client.then(
          (late) => late.release(),
          () => undefined,
        )
      }
      this.waiting.add(giveUp)
      client.then(
        (taken) => this.waiting.delete(giveUp) && resolve(taken),
        (error: Error) => this.waiting.delete(giveUp) && reject(error),
      )
    })
  }

  private async keepWatching({ onConnect: _, ...config }: PoolConfig, watch: Watch): Promise<void> {
    const { signal } = this.over
    let client: Probe | undefined
    while (!signal.aborted) {
      client ??= newProbe(config)
      const answer = await answerOf(client, watch.patienceMs)
      if (typeof answer === 'object') this.heardFrom(answer.server, client.madeAt)
      else {
        destroy(client)
        client = undefined
      }
      // A server that refuses is not silent: whoever asks is told so by itself.
      this.setSilent(answer === 'silent')
      await sleep(watch.everyMs, undefined, { signal, ref: false }).catch(() => undefined)
    }
    if (client) destroy(client)
  }

  /** Ends what was opened before whoever has asked, when that has met another server than the last time. */
  private heardFrom(server: string, askedSince: number): void {
    if (this.server !== undefined && this.server !== server) this.endOpen(askedSince)
    this.server = server
  }

  private endOpen(before: number): void {
    for (const [client, openedAt] of this.open) {
      if (openedAt > before) continue
      this.open.delete(client)
      destroy(client)
    }
  }

  private setSilent(silent: boolean): void {
    this.silent = silent
    if (!silent || this.over.signal.aborted) return
    for (const giveUp of this.waiting) giveUp()
    this.waiting.clear()
    this.endOpen(performance.now())
  }
}

type Probe = Client & { asked?: Promise<unknown>; madeAt: number }

function newProbe(config: PoolConfig): Probe {
  const client: Probe = Object.assign(new Client(config), { madeAt: performance.now() })
  client.on('error', () => undefined)
  client.asked = client.connect()
  client.asked.catch(() => undefined)
  return client
}

// Differs from one server to another, and from one start of a server to the next.
const WHO = 'SELECT pg_postmaster_start_time()::text AS server'

/** Which server answers in time; `refused`: it says that it does not want to, or nobody is there to say anything. */
async function answerOf(client: Probe, patienceMs: number): Promise<{ server: string } | 'refused' | 'silent'> {
  const asked = (client.asked ?? Promise.resolve()).then(() => client.query<{ server: string }>(WHO))
  client.asked = undefined
  asked.catch(() => undefined)
  return Promise.race([
    asked.then(
      ({ rows: [row] }) => row ?? ('refused' as const),
      () => 'refused' as const,
    ),
    waitWhileRunning(patienceMs).then(() => 'silent' as const),
  ])
}

const TICK_MS = 250

/**
 * Waits for a time in which this process itself can listen. One that computes (or is stopped) for seconds hears nothing, and hears its
 * timers before what has come meanwhile: each tick counts for its length alone, however late it is, and what lies there is read first.
 */
async function waitWhileRunning(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= TICK_MS) {
    await sleep(Math.min(TICK_MS, left), undefined, { ref: false })
    // The loop reads from its connections before it comes to the first of these.
    await turn()
    await turn()
  }
}

/** Ends its connection at once, without a farewell that nobody would read: what it was asked for fails. */
function destroy(client: object): void {
  const stream: unknown = Reflect.get(Reflect.get(client, 'connection') ?? {}, 'stream')
  if (stream instanceof Object && 'destroy' in stream && typeof stream.destroy === 'function') {
    stream.destroy(new DatabaseSilent())
  }
}
