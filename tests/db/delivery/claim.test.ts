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
    const { id, emails } = await claims.write(2)
    await engine.db.scheduledEmail.updateMany({ where: { campaignId: id }, data: { waitReason: 'pace', claim: 4 } })
    expect(await claims.claim(emails)).toEqual(ids(...emails))
    expect(await engine.db.scheduledEmail.findFirst({ where: { campaignId: id } })).toMatchObject({
      status: 'sending',
      claim: 5,
      sendingSince: engine.clock.now(),
      leaseUntil: LEASE_UNTIL,
      waitReason: null,
    })
    expect(await claims.reservedOf(id)).toEqual({ mailbox: 2, campaign: 2 })
  })

  const FORBIDDEN: Record<string, (email: Written) => Promise<unknown>> = {
    'whose lead has another address now': ({ leadId }) =>
      engine.db.lead.update({ where: { id: leadId }, data: { email: `corrected-${leadId}@customer.example` } }),
    'whose lead has unsubscribed': ({ leadId }) =>
      engine.db.lead.update({ where: { id: leadId }, data: { status: 'unsubscribed' } }),
    'whose lead has replied': ({ leadId }) =>
      engine.db.lead.update({ where: { id: leadId }, data: { status: 'replied' } }),
    'whose lead was taken out of the campaign': ({ campaignId, leadId }) =>
      engine.db.campaignTakenOutLead.create({ data: { campaignId, leadId, at: engine.clock.now() } }),
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

  it.each(Object.keys(FORBIDDEN))('not an email %s', async (since) => {
    const { id, emails } = await claims.write(2)
    const [first, second] = emails
    await (FORBIDDEN[since] as (email: Written) => Promise<unknown>)(first as Written)
    expect(await claims.claim(emails)).toEqual(ids(second))
    expect(await engine.db.scheduledEmail.findUnique({ where: { id: first?.id ?? '' } })).toMatchObject({ claim: 0 })
    expect(await claims.reservedOf(id)).toEqual({ mailbox: 1, campaign: 1 })
  })

  it('and an email whose lead was contacted exactly as long ago as the gap asks for', async () => {
    const { emails } = await claims.write(1)
    await engine.db.lead.update({
      where: { id: emails[0]?.leadId ?? '' },
      data: { lastContactedAt: claims.later(-24) },
    })
    expect(await claims.claim(emails)).toEqual(ids(...emails))
  })

  it('none of a campaign that was paused', async () => {
    const { id, emails } = await claims.write(2)
    const running = await claims.write(1)
    await pauseCampaign(engine.deps, { campaignId: id, by: BY })
    expect(await claims.claim([...emails, ...running.emails])).toEqual(ids(...running.emails))
  })

  it('not those that another worker is claiming, without waiting for it', async () => {
    const { emails } = await claims.write(3)
    const { tx, rollback } = await beginTransaction(engine.deps.sql)
    try {
      await execute(tx)`SELECT 1 FROM scheduled_emails WHERE id = ${emails[1]?.id}::uuid FOR UPDATE`
      const claiming = claims.claim(emails)
      await expect(untilBlocked(engine.deps.sql, claiming)).rejects.toThrow('It ended without waiting for a lock')
      expect(await claiming).toEqual(ids(emails[0], emails[2]))
    } finally {
      await rollback()
    }
  })

  it.each(['pending', 'sending', 'held'])(
    'not an email whose lead another campaign has planned an email for, which is %s, unless the lead was locked',
    async (status) => {
      const { emails, leads } = await claims.write(2)
      const rivalId = await rival(leads.slice(0, 1))
      await startCampaign(engine.deps, { campaignId: rivalId, by: BY })
      const leaseUntil = status === 'sending' ? engine.clock.realNow() : null
      await execute(engine.deps.sql)`
        UPDATE scheduled_emails SET status = ${status}, lease_until = ${leaseUntil}
        WHERE campaign_id = ${rivalId}::uuid AND lead_id = ${leads[0]?.id}::uuid`
      const first = emails.find(({ leadId }) => leadId === leads[0]?.id)
      expect(await claims.claim(emails)).toEqual(ids(emails.find((email) => email !== first)))
      expect(await claims.claim(emails, { uncontested: false })).toEqual(ids(first))
    },
  )

  it('and an email whose lead is done with in the other campaign', async () => {
    const { emails, leads } = await claims.write(1)
    const rivalId = await rival(leads)
    await startCampaign(engine.deps, { campaignId: rivalId, by: BY })
    await engine.db.scheduledEmail.updateMany({ where: { campaignId: rivalId }, data: { status: 'skipped' } })
    expect(await claims.claim(emails)).toEqual(ids(...emails))
  })
})
