import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase, type Database } from '@/db/client'
import { isOutOfTime } from '@/db/errors'
import { GATE_TIMEOUT_MS, withSendingBlocked } from '@/db/send-gate'
import { beginTransaction, execute, IN_LINE, queryOne, transaction } from '@/db/sql'
import { appRouter } from '@/server/api/root'
import { createCallerFactory } from '@/server/api/trpc'
import { createEngine, type Engine } from '../support/engine'

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => 'it ended well',
    (error: unknown) => error,
  )

describe('waiting for the database has an end', () => {
  let engine: Engine
  let hasty: Database
  let templateId: string
  beforeAll(async () => {
    engine = await createEngine()
    hasty = createDatabase(engine.url, { limits: { statementMs: 200, lockMs: 200 } })
    const template = { name: 'Held', subject: 'Hello', bodyText: 'Hello' }
    templateId = (await engine.db.emailTemplate.create({ data: { id: randomUUID(), ...template } })).id
  })
  afterAll(async () => {
    await hasty.close()
    await engine.close()
  })

  /** What `work` throws while another session holds the template's row. */
  async function failureWhileHeld(work: () => Promise<unknown>): Promise<unknown> {
    const { tx, rollback } = await beginTransaction(engine.deps.sql)
    await execute(tx)`SELECT id FROM email_templates WHERE id = ${templateId}::uuid FOR UPDATE`
    const failure = await failureOf(work())
    await rollback()
    return failure
  }
  const rename = () => hasty.models.emailTemplate.update({ where: { id: templateId }, data: { name: 'Other' } })

  it('for a statement, whichever door it took', async () => {
    const slow = failureOf(execute(hasty.sql)`SELECT pg_sleep(20)`)
    expect(isOutOfTime(await slow)).toBe(true)
    expect(isOutOfTime(await failureOf(hasty.models.$connect().then(() => Promise.reject(new Error('other')))))).toBe(
      false,
    )
  })

  it('for a lock that somebody holds, and nothing was changed', async () => {
    expect(isOutOfTime(await failureWhileHeld(rename))).toBe(true)
    const lock = () =>
      transaction(
        hasty.sql,
        (tx) => execute(tx)`UPDATE email_templates SET name = 'Other' WHERE id = ${templateId}::uuid`,
      )
    expect(isOutOfTime(await failureWhileHeld(lock))).toBe(true)
    expect(await engine.db.emailTemplate.findUnique({ where: { id: templateId } })).toMatchObject({ name: 'Held' })
  })

  it('in words that say so, not as a failure of ours', async () => {
    const deps = { ...engine.deps, db: hasty.models, sql: hasty.sql }
    const user = { id: 'u1', name: 'Olive', email: 'olive@nexa.example', role: 'owner' as const }
    const api = createCallerFactory(appRouter)({ deps, user })
    const update = { id: templateId, name: 'Other', subject: 'Hello', bodyText: 'Hello' }
    expect(await failureWhileHeld(() => api.templates.update(update))).toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringMatching(/did not finish this in time, so nothing was changed/),
    })
  })

  const setting = (name: string) => (tx: Parameters<typeof execute>[0]) =>
    queryOne(tx)`SELECT current_setting(${name}) AS value`

  it('later for the statements of a transaction, and for those that stand in line', async () => {
    expect(await setting('statement_timeout')(hasty.sql)).toEqual({ value: '200ms' })
    expect(await transaction(hasty.sql, setting('statement_timeout'))).toEqual({ value: '10min' })
    expect(await transaction(hasty.sql, setting('lock_timeout'))).toEqual({ value: '200ms' })
    expect(await transaction(hasty.sql, setting('lock_timeout'), IN_LINE)).toEqual({ value: '10min' })
  })

  it('for whoever forbids sending and then does nothing', async () => {
    const idle = await withSendingBlocked(hasty.sql, setting('idle_in_transaction_session_timeout'))
    expect(idle).toEqual({ value: `${GATE_TIMEOUT_MS / 1000}s` })
    expect(await transaction(hasty.sql, setting('idle_in_transaction_session_timeout'))).toEqual({ value: '2min' })
  })
})
