import { afterEach, describe, expect, it } from 'vitest'
import { lockCampaignIf } from '@/db/queries/changes/lock-changing'
import { execute } from '@/db/sql'
import { recordAttempts } from '@/use-cases/delivery/record-results'
import { resolveHeld, resolveHeldBySetting } from '@/use-cases/delivery/resolve-held'
import { READ_AT } from '../../support/conversation/reading-stage'
import { allWithAnsweredEmail } from '../../support/conversation/replying-stage'
import { BY } from '../../support/engine'
import { waitsFor } from '../../support/until-blocked'

const SKIPPED = 'skipped: answered_by_hand'

describe('an email that was on the wire or held when one of us has answered the lead', () => {
  const stage = allWithAnsweredEmail('automatic.ticket-opened.en')
  afterEach(() => stage.engine.db.settings.update({ where: { id: 1 }, data: { heldResolveAfterHours: 0 } }))

  const second = () => stage.engine.db.scheduledEmail.findFirstOrThrow({ where: { workflowStepNumber: 2 } })
  /** The second email is on the wire, or held. */
  async function is(status: 'sending' | 'held') {
    const at = status === 'sending' ? { leaseUntil: READ_AT } : { heldAt: READ_AT }
    const data = { status, claim: 1, sendingSince: READ_AT, ...at }
    await stage.engine.db.scheduledEmail.updateMany({ where: { workflowStepNumber: 2 }, data })
  }
  async function answered() {
    await stage.write()
    await stage.leave()
  }
  /** The server puts the second email off. */
  async function putOff() {
    const { deps } = stage.engine
    const { id } = await second()
    const outcome = { id, fencingToken: 1, status: 'pending' as const, reason: 'retry', attemptUsed: true }
    const rest = { dueAt: deps.clock.now(), addressInvalid: false, message: null }
    const days = { mailboxId: stage.ids.mailboxId, mailboxDay: '2026-12-18', campaignDays: [] }
    await recordAttempts(deps, [{ ...outcome, ...rest }], days)
  }
  const bySetting = async () => {
    const data = { heldResolution: 'again', heldResolveAfterHours: 1 }
    await stage.engine.db.settings.update({ where: { id: 1 }, data })
    stage.engine.clock.advance(2 * 3_600_000)
    await resolveHeldBySetting(stage.engine.deps)
  }
  const goesOn = () => stage.engine.db.campaign.updateMany({ data: { continueAfterReply: true } })

  it.each([
    ['put off by the server', 'sending' as const, putOff],
    ['sent again by the setting', 'held' as const, bySetting],
  ])('is skipped when it is %s, but where the campaign goes on or nobody has answered', async (_, status, back) => {
    await is(status)
    await back()
    expect((await stage.state()).later).toEqual(['pending', 'pending'])
    await is(status)
    await goesOn()
    await answered()
    await back()
    expect((await stage.state()).later).toEqual(['pending', 'pending'])
    await is(status)
    await stage.engine.db.campaign.updateMany({ data: { continueAfterReply: false } })
    await back()
    expect((await stage.state()).later[0]).toBe(SKIPPED)
    expect(await second()).toMatchObject({ waitReason: null, endedAt: stage.engine.clock.now() })
  })

  it('is skipped though the clock of whoever sent the answer is half a second behind', async () => {
    await is('sending')
    await goesOn()
    await answered()
    await stage.engine.db.reply.updateMany({ data: { endedAt: new Date(READ_AT.getTime() - 500) } })
    await stage.engine.db.campaign.updateMany({ data: { continueAfterReply: false } })
    await putOff()
    expect((await stage.state()).later[0]).toBe(SKIPPED)
  })

  it('is skipped as well where the answer commits while what the server said is recorded', async () => {
    await is('sending')
    await goesOn()
    await answered()
    await stage.engine.db.reply.updateMany({ data: { endedAt: new Date(READ_AT.getTime() - 60_000) } })
    await stage.engine.db.campaign.updateMany({ data: { continueAfterReply: false } })
    await waitsFor(
      stage.engine.deps.sql,
      async (tx) => {
        await lockCampaignIf(tx, stage.ids.campaignId, ['running'])
        await execute(tx)`UPDATE replies SET ended_at = ${stage.engine.clock.now()}`
      },
      putOff,
    )
    expect((await stage.state()).later[0]).toBe(SKIPPED)
  })

  it('is planned where the answer came before it left', async () => {
    await goesOn()
    await answered()
    await stage.engine.db.campaign.updateMany({ data: { continueAfterReply: false } })
    await is('sending')
    const sendingSince = new Date(READ_AT.getTime() + 60_000)
    await stage.engine.db.scheduledEmail.updateMany({ where: { workflowStepNumber: 2 }, data: { sendingSince } })
    await putOff()
    expect((await stage.state()).later[0]).toBe('pending')
  })

  it('is sent again where a person says so', async () => {
    await is('held')
    await answered()
    await resolveHeld(stage.engine.deps, { campaignId: stage.ids.campaignId, choice: 'again', by: BY })
    expect((await stage.state()).later).toEqual(['pending', SKIPPED])
  })
})
