import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { holdSendGate } from '@/db/send-gate'
import { query } from '@/db/sql'
import type { CampaignStatus } from '@/domain/campaign/state'
import { DomainError } from '@/domain/errors'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { SAMPLE_POSTAL_ADDRESS } from '@/domain/settings'
import { scheduleCampaign } from '@/use-cases/campaigns/schedule-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { createMailbox } from '@/use-cases/mailboxes/save-mailbox'
import { getProgress } from '@/use-cases/progress/get-progress'
import { getSettings } from '@/use-cases/settings/get-settings'
import { updateSettings } from '@/use-cases/settings/update-settings'
import {
  BY,
  createEngine,
  createOutreach,
  type Engine,
  readLedger,
  startOutreach,
  statusOf,
} from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'
import { eventually } from '../../support/worker-process'

const ADDRESS = 'Nexa, Main Street 1, 10115 Berlin'

/** The refusal of the work; fails when it is done. */
async function refusalOf(work: Promise<unknown>): Promise<DomainError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof DomainError)) throw new Error(`It was not refused: ${String(error)}`)
  return error
}

describe('what emails say of who sends them', () => {
  let engine: Engine
  let mailboxId: string
  beforeEach(async () => {
    engine = await createEngine()
    engine.deps.config.appUrl = 'https://mail.nexa.dev'
    // The oldest mailbox sends where none is chosen: the sandbox inbox.
    await engine.db.mailbox.updateMany({ data: { createdAt: new Date(0) } })
    const own = { name: 'Own', fromName: 'Sam', fromEmail: 'sam@nexa.dev', smtpHost: '127.0.0.1', smtpPort: 1 }
    ;({ id: mailboxId } = await createMailbox(engine.deps, mailboxInput.parse({ ...own, smtpSecurity: 'none' })))
  })
  afterEach(() => engine.close())

  /** A draft whose emails leave this machine. */
  async function createReal(options: Parameters<typeof createOutreach>[1] = {}) {
    const campaign = await createOutreach(engine, { leads: 2, days: [0, 1], ...options })
    await engine.db.campaignMailbox.create({ data: { campaignId: campaign.id, mailboxId } })
    return campaign
  }
  const setStatus = (id: string, status: CampaignStatus) =>
    engine.db.campaign.update({ where: { id }, data: { status } })
  /** Sessions that wait for a lock. */
  const waiting = async () =>
    (
      await query(engine.deps.sql)`
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    ).length
  const addressNow = async () => (await getSettings(engine.deps)).postalAddress

  it.each(['scheduled', 'running', 'paused'] as const)(
    'keeps the postal address while a campaign is %s',
    async (status) => {
      const { id } = await createReal({ name: 'Autumn' })
      await setStatus(id, status)
      for (const postalAddress of ['', '  ', SAMPLE_POSTAL_ADDRESS, SAMPLE_POSTAL_ADDRESS.replaceAll(', ', '\n')]) {
        expect(await refusalOf(updateSettings(engine.deps, { postalAddress, maxAttempts: 9 }))).toMatchObject({
          code: 'in_use',
          message:
            `The postal address is needed by “Autumn” (${status}): every campaign email must carry it. ` +
            'Nothing was saved. Enter another address, or stop it first.',
          details: { campaigns: [{ id, name: 'Autumn', status }] },
        })
      }
      expect(await getSettings(engine.deps)).toMatchObject({ postalAddress: ADDRESS, maxAttempts: 3 })
      await updateSettings(engine.deps, { postalAddress: 'New Street 2', maxAttempts: 9 })
      expect(await getSettings(engine.deps)).toMatchObject({ postalAddress: 'New Street 2', maxAttempts: 9 })
    },
  )

  it.each(['draft', 'completed', 'failed'] as const)('lets it go while campaigns are %s', async (status) => {
    const { id } = await createReal()
    await setStatus(id, status)
    await updateSettings(engine.deps, { postalAddress: '' })
    expect(await addressNow()).toBe('')
  })

  it('lets it go while only the sandbox inbox is sent to, and names all that need it otherwise', async () => {
    await startOutreach(engine, { leads: 1, days: [0], name: 'Stays here' })
    await updateSettings(engine.deps, { postalAddress: '' })
    await updateSettings(engine.deps, { postalAddress: ADDRESS })
    for (const name of ['B', 'A']) await setStatus((await createReal({ name })).id, 'running')
    const { message } = await refusalOf(updateSettings(engine.deps, { postalAddress: '' }))
    expect(message).toContain('needed by “A” (running), “B” (running): ')
    expect(message).toContain('or stop them first')
    // Where there is no sandbox, the mailbox of the environment sends for real, too.
    const live = { ...engine.deps, config: { ...engine.deps.config, sandbox: false } }
    expect((await refusalOf(updateSettings(live, { postalAddress: '' }))).message).toContain('“Stays here” (running)')
  })

  it('keeps the company name where a template needs it, and there alone', async () => {
    const plain = await createReal({ name: 'Plain' })
    await setStatus(plain.id, 'running')
    await updateSettings(engine.deps, { companyName: '' })
    await updateSettings(engine.deps, { companyName: 'Nexa' })
    const guarded = await createReal({ name: 'Guarded', body: 'Hi from {{ sender_company | default: "us" }}' })
    await setStatus(guarded.id, 'running')
    const named = await createReal({ name: 'Named', body: 'Hi from {{ sender_company }}' })
    await setStatus(named.id, 'paused')
    expect(await refusalOf(updateSettings(engine.deps, { companyName: ' ' }))).toMatchObject({
      code: 'in_use',
      details: { campaigns: [{ id: named.id, name: 'Named', status: 'paused' }] },
    })
  })

  const STARTS = {
    start: (id: string) => startCampaign(engine.deps, { campaignId: id, by: BY }),
    schedule: (id: string) =>
      scheduleCampaign(engine.deps, { campaignId: id, startAt: new Date(engine.clock.now().getTime() + 1000), by: BY }),
  }
  it('of a start that is under way and an emptied address the start wins', async () => {
    const { id } = await createReal()
    // The start has planned and waits at the gate.
    const gate = await holdSendGate(engine.deps.sql)
    const starting = STARTS.start(id)
    await untilBlocked(engine.deps.sql, starting)
    const emptying = refusalOf(updateSettings(engine.deps, { postalAddress: '' }))
    await gate.release()
    expect((await emptying).code).toBe('in_use')
    await starting
    expect([await statusOf(engine, id), await addressNow()]).toEqual(['running', ADDRESS])
  })

  it.each(Object.keys(STARTS) as (keyof typeof STARTS)[])(
    'of an address that is being emptied and a %s the emptying wins',
    async (act) => {
      const { id } = await createReal()
      // The save holds the settings and waits at the gate.
      const gate = await holdSendGate(engine.deps.sql)
      const emptying = updateSettings(engine.deps, { postalAddress: '' })
      await untilBlocked(engine.deps.sql, emptying)
      const starting = refusalOf(STARTS[act](id))
      starting.catch(() => undefined)
      await Promise.race([starting, eventually(async () => (await waiting()) === 2, 'both wait for a lock')])
      await gate.release()
      await emptying
      expect(await starting).toMatchObject({ code: 'not_ready' })
      expect([await statusOf(engine, id), await addressNow()]).toEqual(['draft', ''])
    },
  )

  it('keeps every email planned while there is no address, says so, and lets them leave once there is one', async () => {
    const { id } = await startOutreach(engine, { leads: 3, days: [0] })
    await updateSettings(engine.deps, { postalAddress: '' })
    await engine.work()
    expect(await readLedger(engine, id)).toMatchObject({ pending: 3, sent: 0 })
    const { next, waiting } = await getProgress(engine.deps, { campaignId: id })
    expect(next?.decision).toMatchObject({ kind: 'wait', reason: 'no_postal_address' })
    expect(waiting).toEqual([{ reason: 'no_postal_address', count: 3, until: null }])
    await updateSettings(engine.deps, { postalAddress: ADDRESS })
    await engine.work()
    expect(await readLedger(engine, id)).toMatchObject({ sent: 3 })
    for (const { raw } of engine.sink.received) expect(raw).toContain('Main Street 1')
  })
})
