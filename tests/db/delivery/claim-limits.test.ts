import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { beginTransaction, execute } from '@/db/sql'
import { type Claims, createClaims, ids, TODAY, type Written } from '../../support/claims'
import { createEngine, type Engine } from '../../support/engine'
import { untilBlocked } from '../../support/until-blocked'

let engine: Engine
let claims: Claims
let mailboxId: string
beforeAll(async () => {
  engine = await createEngine()
  claims = await createClaims(engine)
  mailboxId = claims.mailboxId
})
afterAll(() => engine.close())
beforeEach(() => claims.reset())

async function addMailbox() {
  const { id: _id, ...copy } = await engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })
  return engine.db.mailbox.create({ data: { ...copy, fromEmail: 'other@nexa.example' } })
}

describe('what the daily limits leave over', () => {
  const limitMailbox = (dailyLimit: number) =>
    engine.db.mailbox.update({ where: { id: mailboxId }, data: { dailyLimit } })
  const limitCampaign = (id: string, dailyLimit: number) =>
    engine.db.campaign.update({ where: { id }, data: { dailyLimit } })

  it.each(['mailbox', 'campaign'])(
    'of the %s goes to the emails that should leave first, whatever their ids',
    async (whose) => {
      const { id, emails } = await claims.write(4)
      await (whose === 'mailbox' ? limitMailbox(2) : limitCampaign(id, 2))
      const wanted = [emails[2], emails[3], emails[0], emails[1]] as Written[]
      expect(await claims.claim(wanted)).toEqual(ids(emails[2], emails[3]))
      expect(await claims.claim(wanted)).toEqual([])
      expect(await claims.reservedOf(id)).toEqual({ mailbox: 2, campaign: 2 })
    },
  )

  it.each(['mailbox', 'campaign'])('of the %s counts what was reserved today, not on another day', async (whose) => {
    const { id, emails } = await claims.write(4)
    await (whose === 'mailbox' ? limitMailbox(3) : limitCampaign(id, 3))
    const reserve = async (day: string, reserved: number) => {
      await engine.db.mailboxDay.create({ data: { mailboxId, day: new Date(day), reserved } })
      await engine.db.campaignDay.create({ data: { campaignId: id, day: new Date(day), reserved } })
    }
    await reserve('2026-03-01', 3)
    await reserve('2026-03-03', 3)
    await reserve(TODAY, 1)
    expect(await claims.claim(emails)).toEqual(ids(emails[0], emails[1]))
    expect(await claims.reservedOf(id)).toEqual({ mailbox: 3, campaign: 3 })
    const others = await engine.db.mailboxDay.findMany({ where: { mailboxId, day: { not: new Date(TODAY) } } })
    const campaignDays = await engine.db.campaignDay.findMany({
      where: { campaignId: id, day: { not: new Date(TODAY) } },
    })
    expect([...others, ...campaignDays].map(({ reserved }) => reserved)).toEqual([3, 3, 3, 3])
  })

  it('of a campaign, the emails beyond it take no place of the mailbox from another campaign', async () => {
    const short = await claims.write(3)
    const other = await claims.write(2)
    await limitCampaign(short.id, 1)
    await limitMailbox(2)
    expect(await claims.claim([...short.emails, ...other.emails])).toEqual(ids(short.emails[0], other.emails[0]))
    expect(await claims.reservedOf(short.id)).toEqual({ mailbox: 2, campaign: 1 })
    expect(await claims.reservedOf(other.id)).toEqual({ mailbox: 2, campaign: 1 })
  })

  it('of campaigns in other zones than the mailbox is counted by the local day of each', async () => {
    const { id, emails } = await claims.write(3)
    const tomorrow = [{ campaignId: id, day: '2026-03-03' }]
    await limitCampaign(id, 2)
    await engine.db.campaignDay.create({ data: { campaignId: id, day: new Date(TODAY), reserved: 2 } })
    expect(await claims.claim(emails, { day: { campaignDays: tomorrow } })).toEqual(ids(emails[0], emails[1]))
    expect(await claims.reservedOf(id)).toEqual({ mailbox: 2, campaign: 2 })
    expect(
      await engine.db.campaignDay.findFirst({ where: { campaignId: id, day: new Date('2026-03-03') } }),
    ).toMatchObject({ reserved: 2 })
  })

  it('of a campaign counts its own emails, wherever they stand among those of others', async () => {
    const other = await claims.write(2)
    const short = await claims.write(2)
    await limitCampaign(short.id, 1)
    const wanted = [...other.emails, ...short.emails]
    expect(await claims.claim(wanted)).toEqual(ids(...other.emails, short.emails[0]))
  })

  it('of one mailbox is not that of another', async () => {
    const other = await addMailbox()
    await engine.db.mailboxDay.create({ data: { mailboxId: other.id, day: new Date(TODAY), reserved: 0 } })
    const { emails } = await claims.write(3)
    await limitMailbox(2)
    expect(await claims.claim(emails)).toEqual(ids(emails[0], emails[1]))
    expect(await engine.db.mailboxDay.findFirst({ where: { mailboxId: other.id } })).toMatchObject({ reserved: 0 })
    await engine.db.mailbox.delete({ where: { id: other.id } })
  })

  it.each(['mailbox', 'campaign'])('of the %s is not taken by two claims at once', async (whose) => {
    const { id, emails } = await claims.write(5)
    await (whose === 'mailbox' ? limitMailbox(3) : limitCampaign(id, 3))
    expect(await claims.claim(emails.slice(0, 1))).toHaveLength(1)
    const { tx, commit, rollback } = await beginTransaction(engine.deps.sql)
    try {
      // Another claim has taken one more and has not committed yet.
      await (whose === 'mailbox'
        ? execute(tx)`
            UPDATE mailbox_days SET reserved = reserved + 1 WHERE mailbox_id = ${mailboxId}::uuid AND day = ${TODAY}::date`
        : execute(tx)`
            UPDATE campaign_days SET reserved = reserved + 1 WHERE campaign_id = ${id}::uuid AND day = ${TODAY}::date`)
      const claiming = claims.claim(emails.slice(1), { daysExist: true })
      await untilBlocked(engine.deps.sql, claiming)
      await commit()
      expect(await claiming).toEqual(ids(emails[1]))
    } catch (error) {
      await rollback()
      throw error
    }
  })
})

describe('the pace of a mailbox', () => {
  const nextSendAt = async () => (await engine.db.mailbox.findUniqueOrThrow({ where: { id: mailboxId } })).nextSendAt
  const setNext = (at: Date | null) => engine.db.mailbox.update({ where: { id: mailboxId }, data: { nextSendAt: at } })

  it('lets one of two claims through, and the next from the very moment that it names', async () => {
    const { emails } = await claims.write(2)
    expect(await claims.claim(emails.slice(0, 1), { nextSendAt: claims.later(1) })).toEqual(ids(emails[0]))
    expect(await claims.claim(emails.slice(1), { nextSendAt: claims.later(2) })).toEqual([])
    expect(await nextSendAt()).toEqual(claims.later(1))
    await setNext(engine.clock.now())
    expect(await claims.claim(emails.slice(1), { nextSendAt: claims.later(2) })).toEqual(ids(emails[1]))
    expect(await nextSendAt()).toEqual(claims.later(2))
  })

  it('is not spent on a claim that gets nothing', async () => {
    const { emails } = await claims.write(1)
    await engine.db.mailbox.update({ where: { id: mailboxId }, data: { dailyLimit: 1 } })
    await engine.db.mailboxDay.create({ data: { mailboxId, day: new Date(TODAY), reserved: 1 } })
    expect(await claims.claim(emails, { nextSendAt: claims.later(1) })).toEqual([])
    expect(await nextSendAt()).toBeNull()
  })

  it('reserves nothing where it lets nothing through', async () => {
    const { id, emails } = await claims.write(1)
    await setNext(claims.later(1))
    expect(await claims.claim(emails, { nextSendAt: claims.later(2) })).toEqual([])
    expect(await claims.reservedOf(id)).toEqual({ mailbox: 0, campaign: 0 })
  })

  it('of one mailbox is not that of another', async () => {
    const other = await addMailbox()
    const { emails } = await claims.write(1)
    await claims.claim(emails, { nextSendAt: claims.later(1) })
    expect((await engine.db.mailbox.findUniqueOrThrow({ where: { id: other.id } })).nextSendAt).toBeNull()
    expect(await engine.db.mailboxDay.count({ where: { mailboxId: other.id } })).toBe(0)
    await engine.db.mailbox.delete({ where: { id: other.id } })
  })
})
