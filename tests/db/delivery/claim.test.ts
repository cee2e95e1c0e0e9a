import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { beginTransaction, execute } from '@/db/sql'
import { pauseCampaign } from '@/use-cases/campaigns/pause-campaign'
import { startCampaign } from '@/use-cases/campaigns/start-campaign'
import { type Claims, createClaims, ids, LEASE_UNTIL, type Written } from '../../support/claims'
import { BY, createEngine, createOutreach, type Engine } from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'

let engine: Engine
let claims: Claims
beforeAll(async () => {
  engine = await createEngine()
  claims = await createClaims(engine)
})
afterAll(() => engine.close())
beforeEach(() => claims.reset())

/** A campaign for the leads of another one, in a batch of its own; a draft. */
async function rival(leads: readonly { id: string }[]) {
  const batch = await engine.db.leadBatch.create({
    data: { name: 'Same leads', leads: { createMany: { data: leads.map(({ id }) => ({ leadId: id })) } } },
  })
  const { id } = await createOutreach(engine, { leads: 1, days: [0], name: 'Rival', batchIds: [batch.id] })
  return id
}

describe('a claim takes what was written and nothing has forbidden since', () => {
  it('with a new claim number, a lease and a place in both limits', async () => {
    const { id, mails } = await claims.write(2)
    await engine.db.scheduledEmail.updateMany({ where: { campaignId: id }, data: { waitReason: 'pace', claim: 4 } })
    expect(await claims.claim(mails)).toEqual(ids(...mails))
    expect(await engine.db.scheduledEmail.findFirst({ where: { campaignId: id } })).toMatchObject({
      status: 'sending',
      claim: 5,
      sendingSince: engine.clock.now(),
      leaseUntil: LEASE_UNTIL,
      waitReason: null,
    })
    expect(await claims.reservedOf(id)).toEqual({ mailbox: 2, campaign: 2 })
  })

  const FORBIDDEN: Record<string, (mail: Written) => Promise<unknown>> = {
    'whose lead has another address now': ({ leadId }) =>
      engine.db.lead.update({ where: { id: leadId }, data: { email: `corrected-${leadId}@customer.example` } }),
    'whose lead has unsubscribed': ({ leadId }) =>
      engine.db.lead.update({ where: { id: leadId }, data: { status: 'unsubscribed' } }),
    'whose address was suppressed': ({ email }) =>
      engine.db.suppression.create({ data: { kind: 'address', value: email, reason: 'manual', source: 'test' } }),
    'whose lead was contacted a second less than the gap ago': ({ leadId }) =>
      engine.db.lead.update({
        where: { id: leadId },
        data: { lastContactedAt: new Date(claims.later(-24).getTime() + 1000) },
      }),
    'that was put off by a second': ({ id }) =>
      engine.db.scheduledEmail.update({
        where: { id },
        data: { scheduledFor: new Date(engine.clock.now().getTime() + 1000) },
      }),
    'that was skipped': ({ id }) => engine.db.scheduledEmail.update({ where: { id }, data: { status: 'skipped' } }),
    'that was cancelled': ({ id }) => engine.db.scheduledEmail.update({ where: { id }, data: { status: 'cancelled' } }),
    'that is held': ({ id }) => engine.db.scheduledEmail.update({ where: { id }, data: { status: 'held' } }),
    'that was sent by another worker': ({ id }) =>
      engine.db.scheduledEmail.update({ where: { id }, data: { status: 'sent' } }),
  }

  it.each(Object.keys(FORBIDDEN))('not a mail %s', async (since) => {
    const { id, mails } = await claims.write(2)
    const [first, second] = mails
    await (FORBIDDEN[since] as (mail: Written) => Promise<unknown>)(first as Written)
    expect(await claims.claim(mails)).toEqual(ids(second))
    expect(await engine.db.scheduledEmail.findUnique({ where: { id: first?.id ?? '' } })).toMatchObject({ claim: 0 })
    expect(await claims.reservedOf(id)).toEqual({ mailbox: 1, campaign: 1 })
  })

  it('and a mail whose lead was contacted exactly as long ago as the gap asks for', async () => {
    const { mails } = await claims.write(1)
    await engine.db.lead.update({ where: { id: mails[0]?.leadId ?? '' }, data: { lastContactedAt: claims.later(-24) } })
    expect(await claims.claim(mails)).toEqual(ids(...mails))
  })

  it('none of a campaign that was paused', async () => {
    const { id, mails } = await claims.write(2)
    const running = await claims.write(1)
    await pauseCampaign(engine.deps, { campaignId: id, by: BY })
    expect(await claims.claim([...mails, ...running.mails])).toEqual(ids(...running.mails))
  })

  it('not those that another worker is claiming, without waiting for it', async () => {
    const { mails } = await claims.write(3)
    const { tx, rollback } = await beginTransaction(engine.deps.sql)
    try {
      await execute(tx)`SELECT 1 FROM scheduled_emails WHERE id = ${mails[1]?.id}::uuid FOR UPDATE`
      const claiming = claims.claim(mails)
      await expect(untilBlocked(engine.deps.sql, claiming)).rejects.toThrow('It ended without waiting for a lock')
      expect(await claiming).toEqual(ids(mails[0], mails[2]))
    } finally {
      await rollback()
    }
  })

  it.each(['pending', 'sending', 'held'])(
    'not a mail whose lead another campaign has planned a mail for, which is %s, unless the lead was locked',
    async (status) => {
      const { mails, leads } = await claims.write(2)
      const rivalId = await rival(leads.slice(0, 1))
      await startCampaign(engine.deps, { campaignId: rivalId, by: BY })
      const leaseUntil = status === 'sending' ? engine.clock.realNow() : null
      await execute(engine.deps.sql)`
        UPDATE scheduled_emails SET status = ${status}, lease_until = ${leaseUntil}
        WHERE campaign_id = ${rivalId}::uuid AND lead_id = ${leads[0]?.id}::uuid`
      const first = mails.find(({ leadId }) => leadId === leads[0]?.id)
      expect(await claims.claim(mails)).toEqual(ids(mails.find((mail) => mail !== first)))
      expect(await claims.claim(mails, { uncontested: false })).toEqual(ids(first))
    },
  )

  it('and a mail whose lead is done with in the other campaign', async () => {
    const { mails, leads } = await claims.write(1)
    const rivalId = await rival(leads)
    await startCampaign(engine.deps, { campaignId: rivalId, by: BY })
    await engine.db.scheduledEmail.updateMany({ where: { campaignId: rivalId }, data: { status: 'skipped' } })
    expect(await claims.claim(mails)).toEqual(ids(...mails))
  })
})
