import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, type Database } from '@/db/client'
import { MOST_BEHIND_MS, openReplica, type Replica } from '@/db/replica'
import { execute, queryOne, type Sql } from '@/db/sql'
import type { Deps } from '@/deps'
import { DomainError } from '@/domain/errors'
import { createLogger } from '@/log'
import { fromReplica } from '@/server/api/from-replica'
import { requireDatabase } from '../../scripts/lib/database/database'
import { migrate } from '../../scripts/lib/database/migrations'
import { replica as chapter } from '../../scripts/lib/doctor/chapters/replica'
import type { Installation } from '../../scripts/lib/doctor/finding'
import { type ReplicatedServer, startPrimary, startStandby } from '../support/database/replicated-server'
import { createTestClock } from '../support/deps'

const NAME = 'leads'
const nameOf = (sql: Sql) => queryOne(sql)`SELECT company_name AS name FROM settings`
const rename = (sql: Sql, name: string) => execute(sql)`UPDATE settings SET company_name = ${name}`

describe('a replica', () => {
  let primary: ReplicatedServer
  let standby: ReplicatedServer
  let other: ReplicatedServer
  let database: Database
  let replica: Replica
  const urls = () => ({ databaseUrl: primary.urlOf(NAME), replicaUrl: standby.urlOf(NAME) })
  beforeAll(async () => {
    ;[primary, other] = await Promise.all([startPrimary(), startPrimary()])
    for (const server of [primary, other]) await server.ask(`CREATE DATABASE ${NAME}`)
    await migrate(primary.urlOf(NAME))
    standby = await startStandby(primary, 'reader')
    database = createDatabase(primary.urlOf(NAME), { connections: 4 })
    replica = openReplica(standby.urlOf(NAME), { connections: 2, primary: database.sql })
  })
  afterAll(async () => {
    await replica.close()
    await database.close()
    for (const server of [standby, primary, other]) await server.remove()
  })
  const readName = () => replica.read(({ sql }) => nameOf(sql))
  const eventuallyRead = (name: string) => expect.poll(readName).toEqual({ answer: { name } })

  it('answers, all of it as it was at one moment, through models and statements alike', async () => {
    await rename(database.sql, 'Before')
    await eventuallyRead('Before')
    const read = await replica.read(async ({ db, sql, ageMs }) => {
      const first = await nameOf(sql)
      await rename(database.sql, 'After')
      // Another answer sees it before this one has ended.
      await eventuallyRead('After')
      const { companyName } = await db.settings.findUniqueOrThrow({ where: { id: 1 } })
      return { first, second: await nameOf(sql), companyName, ageMs }
    })
    expect(read).toEqual({
      answer: { first: { name: 'Before' }, second: { name: 'Before' }, companyName: 'Before', ageMs: null },
    })
  })

  it('says how old it is, and is not asked once it is too old, until it has caught up', async () => {
    await rename(database.sql, 'Old')
    await eventuallyRead('Old')
    await standby.ask('SELECT pg_wal_replay_pause()')
    const changedAt = performance.now()
    await rename(database.sql, 'New')
    const ages: number[] = []
    for (;;) {
      const askedAt = performance.now()
      const read = await replica.read(async ({ sql, ageMs }) => ({ row: await nameOf(sql), ageMs }))
      if ('unfit' in read) {
        expect(read.unfit).toBe('behind')
        break
      }
      expect(read.answer.row).toEqual({ name: 'Old' })
      expect(askedAt - changedAt).toBeLessThan(MOST_BEHIND_MS)
      if (read.answer.ageMs !== null) ages.push(read.answer.ageMs)
    }
    expect(Math.max(...ages)).toBeLessThanOrEqual(MOST_BEHIND_MS)
    const [finding] = await chapter.examine(installation())
    expect(finding).toMatchObject({ state: 'fault', says: expect.stringContaining('more than 10 s behind') })
    await standby.ask('SELECT pg_wal_replay_resume()')
    await eventuallyRead('New')
    expect(await chapter.examine(installation())).toMatchObject([{ state: 'ok' }])
  })

  it('leaves it to the primary where it fails midway, is another server, or takes changes itself', async () => {
    await eventuallyRead('New')
    const cause = new Error('midway')
    expect(await replica.read(() => Promise.reject(cause))).toEqual({ unfit: 'away', cause })
    expect(await replica.read(({ sql }) => rename(sql, 'Changed'))).toMatchObject({
      unfit: 'away',
      cause: { code: '25006' },
    })
    for (const url of [primary.urlOf(NAME), other.urlOf(NAME)]) {
      const wrong = openReplica(url, { connections: 1, primary: database.sql })
      await expect.poll(() => wrong.read(({ sql }) => nameOf(sql))).toEqual({ unfit: 'other' })
      await wrong.close()
    }
  })

  it('that knows nothing of a thing yet refuses nobody, and is kept for who comes next', async () => {
    await eventuallyRead('New')
    await standby.ask('SELECT pg_wal_replay_pause()')
    await rename(database.sql, 'Newest')
    const log = createLogger({ name: 'test', level: 'silent', readable: false })
    const said: string[] = []
    const deps = {
      ...{ replica, log, db: database.models, sql: database.sql, clock: createTestClock() },
      measures: { listAnswered: (by: string) => said.push(by) },
    } as unknown as Deps
    type Outcome = { row: unknown } | { failure: unknown }
    const askFor = (name: string) =>
      fromReplica<Outcome>(
        { deps, user: null },
        'leads.list',
        async ({ sql }) => {
          const row = await nameOf(sql)
          return row?.name === name ? { row } : { failure: new DomainError('not_found', 'It is not there') }
        },
        (outcome) => ('failure' in outcome ? outcome.failure : null),
      )
    expect(await askFor('Newest')).toEqual({ row: { name: 'Newest' } })
    expect(said).toEqual([])
    expect(await askFor('New')).toEqual({ row: { name: 'New' } })
    expect(said).toEqual(['replica'])
    await standby.ask('SELECT pg_wal_replay_resume()')
    await rename(database.sql, 'New')
    await eventuallyRead('New')
  })

  it('that is wrong keeps the app from starting, by name, and one that is away does not', async () => {
    const sayOf = (replicaUrl: string) =>
      requireDatabase({ databaseUrl: primary.urlOf(NAME), replicaUrl }).then(
        () => 'usable',
        (error: Error) => error.message,
      )
    expect(await sayOf(urls().replicaUrl)).toBe('usable')
    const at = ({ port }: ReplicatedServer) => `The database of DATABASE_REPLICA_URL (127.0.0.1:${port}/${NAME})`
    expect(await sayOf(primary.urlOf(NAME))).toBe(
      `${at(primary)} takes changes: it is on no standby. Nothing was started or changed. Name a standby of the server of DATABASE_URL ` +
        '(streaming replication) in DATABASE_REPLICA_URL, or leave it out.',
    )
    expect(await sayOf(other.urlOf(NAME))).toContain(
      `It also is another one than that of DATABASE_URL (127.0.0.1:${primary.port}/${NAME})`,
    )
    await standby.kill()
    expect(await sayOf(urls().replicaUrl)).toBe('usable')
    expect(await readName()).toMatchObject({ unfit: 'away' })
    await standby.start()
    await eventuallyRead('New')
  })

  const installation = () =>
    ({ sql: database.sql, settings: { replicaUrl: standby.urlOf(NAME) } }) as unknown as Installation
})
