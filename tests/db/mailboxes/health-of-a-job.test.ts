import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { execute } from '@/db/sql'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { createMailboxHealth } from '@/use-cases/mailboxes/record-health'
import { createMailbox, updateMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { createEngine, type Engine } from '../../support/engine'

const INPUT = mailboxInput.parse({
  name: 'Sales',
  fromName: 'Sam',
  fromEmail: 'sam@nexa.dev',
  smtpHost: '127.0.0.1',
  smtpPort: 25,
  smtpSecurity: 'none',
})
const REFUSED = { kind: 'mailbox' as const, action: 'cool_down' as const, reason: '421 too busy' }

describe('what a job finds out about the health of its mailbox', () => {
  let engine: Engine
  let mailboxId: string
  beforeAll(async () => {
    engine = await createEngine()
  })
  afterAll(() => engine.close())
  beforeEach(async () => {
    ;({ id: mailboxId } = await createMailbox(engine.deps, INPUT))
  })
  const row = () => engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
  const save = () => updateMailbox(engine.deps, { mailboxId, mailbox: INPUT })
  /** Cooling down after so many failures in a row: 1, 2, 4, 8 minutes. */
  const coolingDown = (failures: number) => ({
    health: 'cooling_down',
    troubleCount: failures,
    coolDownUntil: new Date(engine.clock.now().getTime() + 60_000 * 2 ** (failures - 1)),
  })
  /** The writes of the row since it was last asked. */
  async function writes(of: () => Promise<void>): Promise<number> {
    const version = async () => (await engine.pool.query('SELECT xmin FROM mailboxes WHERE id = $1', [mailboxId])).rows
    const before = await version()
    await of()
    return JSON.stringify(await version()) === JSON.stringify(before) ? 0 : 1
  }

  it('records a failure that comes after the first login of the same job', async () => {
    const health = createMailboxHealth(engine.deps, await row())
    await health.loggedIn()
    await health.accepted()
    await health.failed(REFUSED)
    expect(await row()).toMatchObject({ health: 'cooling_down', healthReason: '421 too busy', troubleCount: 1 })
  })

  it('records nothing of settings that were saved meanwhile, also where the clock stands still', async () => {
    for (const act of ['loggedIn', 'accepted', 'failed'] as const) {
      await engine.db.mailbox.update({ where: { id: mailboxId }, data: { health: 'cooling_down', troubleCount: 2 } })
      const health = createMailboxHealth(engine.deps, await row())
      await save()
      await execute(engine.deps.sql)`
        UPDATE mailboxes SET health = 'cooling_down', trouble_count = 2 WHERE id = ${mailboxId}::uuid`
      await health[act](REFUSED)
      expect(await row(), act).toMatchObject({
        health: 'cooling_down',
        healthReason: null,
        troubleCount: 2,
        testedAt: null,
      })
    }
  })

  it('writes the first login and the end of a failure once, however many emails follow', async () => {
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { health: 'cooling_down', troubleCount: 1 } })
    const health = createMailboxHealth(engine.deps, await row())
    const acts = [health.loggedIn, health.accepted, health.loggedIn, health.accepted]
    const written: number[] = []
    for (const act of acts) written.push(await writes(act))
    expect(written).toEqual([1, 1, 0, 0])
    expect(await row()).toMatchObject({ health: 'ready', troubleCount: 0, testedAt: engine.clock.now() })
  })

  it('counts a failure after a success of the job as the first, and lets no late success hide it', async () => {
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { health: 'cooling_down', troubleCount: 3 } })
    const health = createMailboxHealth(engine.deps, await row())
    await health.accepted()
    await health.failed(REFUSED)
    await health.accepted()
    expect(await row()).toMatchObject({ health: 'cooling_down', troubleCount: 1 })
  })

  it('counts a lost connection after a success of the job as the first', async () => {
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { health: 'cooling_down', troubleCount: 3 } })
    const health = createMailboxHealth(engine.deps, await row())
    await health.accepted()
    await health.unreachable({ kind: 'broken', phase: 'connect', error: 'connect ECONNREFUSED' })
    expect(await row()).toMatchObject(coolingDown(1))
  })

  it('counts a failure as the first where another job has sent meanwhile, and not twice where that has failed, too', async () => {
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { health: 'cooling_down', troubleCount: 3 } })
    const [first, other] = [
      createMailboxHealth(engine.deps, await row()),
      createMailboxHealth(engine.deps, await row()),
    ]
    await other.failed(REFUSED)
    await first.failed(REFUSED)
    expect(await row()).toMatchObject(coolingDown(4))
    await createMailboxHealth(engine.deps, await row()).accepted()
    await first.failed(REFUSED)
    expect(await row()).toMatchObject(coolingDown(1))
  })

  it('counts a failure as the first where an email beside it is accepted later', async () => {
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { health: 'cooling_down', troubleCount: 3 } })
    const health = createMailboxHealth(engine.deps, await row())
    await health.failed(REFUSED)
    expect(await row()).toMatchObject(coolingDown(4))
    await health.accepted()
    expect(await row()).toMatchObject({ ...coolingDown(1), healthReason: '421 too busy' })
  })
  it('writes what groups recorded side by side have found out in their order, however long the first write takes', async () => {
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { health: 'cooling_down', troubleCount: 1 } })
    const { deps, asked, letThrough } = slowFirstWrite(engine.deps)
    const health = createMailboxHealth(deps, await row())
    const both = Promise.all([health.accepted(), health.failed(REFUSED)])
    // Whoever could go on meanwhile has asked by the time that others have answered.
    for (let look = 0; look < 5; look++) await row()
    expect(asked).toEqual(['updateMany'])
    letThrough()
    await both
    expect(await row()).toMatchObject(coolingDown(1))
  })
})

/** The database, whose first write of a mailbox waits until it is let through, and what is asked of mailboxes. */
function slowFirstWrite(deps: Engine['deps']) {
  const asked: string[] = []
  const { promise, resolve: letThrough } = Promise.withResolvers<void>()
  const mailbox = new Proxy(deps.db.mailbox, {
    get: (model, operation) => {
      const ask: unknown = Reflect.get(model, operation)
      if (typeof ask !== 'function') return ask
      return async (...args: unknown[]) => {
        asked.push(String(operation))
        if (operation === 'updateMany' && asked.filter((one) => one === operation).length === 1) await promise
        return ask.apply(model, args)
      }
    },
  })
  const db = new Proxy(deps.db, { get: (all, key) => (key === 'mailbox' ? mailbox : Reflect.get(all, key)) })
  return { deps: { ...deps, db }, asked, letThrough }
}
