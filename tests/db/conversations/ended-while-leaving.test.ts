import { afterEach, describe, expect, it } from 'vitest'
import { lockCampaignIf } from '@/db/queries/changes/lock-changing'
import { execute } from '@/db/sql'
import { correctMessage } from '@/use-cases/conversations/correct-message'
import { recordAttempts } from '@/use-cases/delivery/record-results'
import { giveBack } from '@/use-cases/delivery/refusals'
import { resolveHeld, resolveHeldBySetting } from '@/use-cases/delivery/resolve-held'
import { allWithContactedLead, READ_AT, sample } from '../../support/conversation/reading-stage'
import { OUR_ID, OUR_LEAD } from '../../support/conversation/received'
import { BY } from '../../support/engine'
import { waitsFor } from '../../support/until-blocked'

const stage = allWithContactedLead()
const BY_HAND = `From: Sam <sam@nexa.example>\r\nTo: ${OUR_LEAD}\r\nSubject: Re: Pallets\r\nMessage-ID: <hand@nexa.example>\r\nIn-Reply-To: ${OUR_ID}\r\n\r\nHello\r\n`
const LONG_AGO = new Date('2000-01-01T00:00:00Z')
const FAR_AHEAD = new Date('2100-01-01T00:00:00Z')
const A_LITTLE_BEFORE = new Date(READ_AT.getTime() - 500)
const WHY = 'She said on the phone that she never wrote that'

/** What comes in, and why it has emails skipped. */
const MESSAGES = {
  'an answer from a mail program': ['answered_by_hand', () => stage.server.put('sent', BY_HAND, READ_AT)],
  'a wish to stop that is not sure': ['asks_to_stop', () => put('stop-unsure.asks-how.en')],
  'a wish to stop': ['lead_unsubscribed', () => put('stop-sure.please-remove-me.en')],
  'a reply': ['lead_replied', () => put('human-none.what-is-it.en')],
  'a complaint': ['lead_complained', () => put('complaint.arf-abuse.en')],
} as const
const put = (name: string) => stage.server.put('inbox', sample(name), READ_AT)

const second = () => stage.engine.db.scheduledEmail.findFirstOrThrow({ where: { workflowStepNumber: 2 } })
/** What brings the second email back, from the state in which it is. */
const BACK = {
  'the server puts it off': ['sending', putOff],
  'its refusal was not its fault': ['failed', notItsFault],
  'the setting sends it again': ['held', bySetting],
  'a person sends it again': ['held', byPerson],
} as const
type Back = (typeof BACK)[keyof typeof BACK]

const days = () => ({ mailboxId: stage.ids.mailboxId, mailboxDay: '2026-12-18', campaignDays: [] })
async function putOff() {
  const { deps } = stage.engine
  const outcome = { id: (await second()).id, fencingToken: 1, status: 'pending' as const, reason: 'retry' }
  const rest = { dueAt: deps.clock.now(), attemptUsed: true, addressInvalid: false, message: null }
  await recordAttempts(deps, [{ ...outcome, ...rest }], days())
}
async function notItsFault() {
  const emails = [{ scheduledEmailId: (await second()).id, claim: 1, suspect: 'content' as const }]
  await giveBack(stage.engine.deps, { emails, reason: 'put_back' })
}
async function bySetting() {
  const data = { heldResolution: 'again', heldResolveAfterHours: 1 }
  await stage.engine.db.settings.update({ where: { id: 1 }, data })
  stage.engine.clock.advance(2 * 3_600_000)
  await resolveHeldBySetting(stage.engine.deps)
}
async function byPerson() {
  await resolveHeld(stage.engine.deps, { campaignId: stage.ids.campaignId, choice: 'again', by: BY })
}

/** The second email has begun to leave, and is in this state. */
async function began(status: Back[0]) {
  const at = {
    sending: { leaseUntil: READ_AT },
    held: { heldAt: READ_AT },
    failed: { failedAt: READ_AT, endedAt: READ_AT },
  }[status]
  const data = { status, claim: 1, sendingSince: READ_AT, ...at }
  await stage.engine.db.scheduledEmail.updateMany({ where: { workflowStepNumber: 2 }, data })
  if (status === 'failed') await stage.engine.db.campaign.updateMany({ data: { emailsFailedCount: 1 } })
}
const later = async () => (await stage.state()).later

describe('an email that was on the wire or held when its sequence ended', () => {
  afterEach(() => stage.engine.db.settings.update({ where: { id: 1 }, data: { heldResolveAfterHours: 0 } }))

  const cases = Object.keys(MESSAGES).flatMap((what) => Object.keys(BACK).map((back) => [what, back] as const))
  // What failed stays so where nothing but a person puts it back.
  const staysFailed = (what: string, back: string) =>
    back === 'its refusal was not its fault' && /mail program|not sure/.test(what)
  const goesOnAnyway = (what: string, back: string) => back === 'a person sends it again' && /mail program/.test(what)

  it.each(cases.filter(([what, back]) => !staysFailed(what, back) && !goesOnAnyway(what, back)))(
    'by %s, is skipped for that when %s, and comes back with the others when the message is corrected',
    async (what, by) => {
      const [reason, come] = MESSAGES[what as keyof typeof MESSAGES]
      const [status, back] = BACK[by as keyof typeof BACK]
      await began(status)
      come()
      await stage.read()
      expect(await later()).toEqual([
        status === 'failed' ? 'failed' : expect.stringContaining(status),
        `skipped: ${reason}`,
      ])
      await back()
      expect(await later()).toEqual([`skipped: ${reason}`, `skipped: ${reason}`])
      const message = await stage.stored()
      expect(message.effects).toMatchObject({ skipped: 2 })
      await correctMessage(stage.engine.deps, { id: message.id, to: 'nothing', why: WHY, by: BY })
      expect(await later()).toEqual(['pending', 'pending'])
    },
  )

  it.each(Object.keys(BACK))('is planned when %s where it began to leave after that', async (by) => {
    const [status, back] = BACK[by as keyof typeof BACK]
    await stage.engine.db.campaign.updateMany({ data: { continueAfterReply: true } })
    MESSAGES['a reply'][1]()
    await stage.read()
    await began(status)
    await back()
    expect(await later()).toEqual(['pending', 'pending'])
  })

  it('is sent again where a person says so, whatever one of us has written, and the history counts it', async () => {
    await began('held')
    MESSAGES['an answer from a mail program'][1]()
    await stage.read()
    await byPerson()
    expect(await later()).toEqual(['pending', 'skipped: answered_by_hand'])
    expect(await said()).toEqual(['1 held email planned again'])
  })

  describe('whose later step was skipped because of it, and comes back with it', () => {
    /** It has failed, and the third email with it; the messages come, each a second after the last, and it is given back. */
    async function givenBackAfter(...messages: (() => void)[]) {
      await began('failed')
      const undelivered = { status: 'skipped', failureReason: 'previous_step_not_delivered', endedAt: READ_AT }
      await stage.engine.db.scheduledEmail.updateMany({ where: { workflowStepNumber: 3 }, data: undelivered })
      for (const come of messages) {
        stage.engine.clock.advance(1_000)
        come()
        await stage.read()
      }
      stage.engine.clock.advance(60_000)
      await notItsFault()
    }
    const correct = async (kind: string) => {
      const { id } = await stage.engine.db.receivedMessage.findFirstOrThrow({ where: { kind } })
      await correctMessage(stage.engine.deps, { id, to: 'nothing', why: WHY, by: BY })
    }

    it('has that skipped as well, noted with the message', async () => {
      await givenBackAfter(MESSAGES['a reply'][1])
      expect(await later()).toEqual(['skipped: lead_replied', 'skipped: lead_replied'])
      expect((await stage.stored()).effects).toMatchObject({ skipped: 2 })
      await correct('human')
      expect(await later()).toEqual(['pending', 'pending'])
    })

    it('has that skipped until every message that ends it is corrected', async () => {
      await givenBackAfter(MESSAGES['a reply'][1], MESSAGES['a wish to stop'][1])
      for (const kind of ['human', 'stop_request']) {
        expect(await later()).toEqual(['skipped: lead_replied', 'skipped: lead_replied'])
        await correct(kind)
      }
      expect(await later()).toEqual(['pending', 'pending'])
    })
  })

  it('is not counted as planned again', async () => {
    await began('held')
    MESSAGES['a wish to stop that is not sure'][1]()
    await stage.read()
    await bySetting()
    expect(await said()).toEqual(['0 held emails planned again by the setting, 1 skipped as their sequence has ended'])
  })

  it.each(['stop_request', 'own'])('stays for the other of two messages when the %s is corrected', async (first) => {
    await began('sending')
    put('stop-unsure.asks-how.en')
    await stage.read()
    stage.engine.clock.advance(1000)
    stage.server.put('sent', BY_HAND, READ_AT)
    await stage.read()
    stage.engine.clock.advance(1000)
    await putOff()
    const { db, deps } = stage.engine
    for (const kind of [first, first === 'own' ? 'stop_request' : 'own']) {
      expect(await later()).toEqual(['skipped: asks_to_stop', 'skipped: asks_to_stop'])
      const { id } = await db.receivedMessage.findFirstOrThrow({ where: { kind } })
      await correctMessage(deps, { id, to: 'nothing', by: BY })
    }
    expect(await later()).toEqual(['pending', 'pending'])
  })

  it('is skipped though the clock of whoever stored the message is half a second behind', async () => {
    await began('sending')
    put('stop-unsure.asks-how.en')
    await stage.read()
    await stage.engine.db.receivedMessage.updateMany({ data: { createdAt: A_LITTLE_BEFORE } })
    await putOff()
    expect((await later())[0]).toBe('skipped: asks_to_stop')
  })

  it('stays skipped for the other message though that clock is half a second behind the one of the first', async () => {
    const { db, deps } = stage.engine
    put('stop-unsure.asks-how.en')
    await stage.read()
    stage.server.put('sent', BY_HAND, READ_AT)
    await stage.read()
    await db.receivedMessage.updateMany({ where: { kind: 'own' }, data: { createdAt: A_LITTLE_BEFORE } })
    const { id } = await db.receivedMessage.findFirstOrThrow({ where: { kind: 'stop_request' } })
    await correctMessage(deps, { id, to: 'nothing', by: BY })
    expect(await later()).toEqual(['skipped: asks_to_stop', 'skipped: asks_to_stop'])
  })

  it('is skipped as well where the message commits while what the server said is recorded', async () => {
    await began('sending')
    put('stop-unsure.asks-how.en')
    await stage.read()
    await stage.engine.db.receivedMessage.updateMany({ data: { createdAt: LONG_AGO } })
    await waitsFor(
      stage.engine.deps.sql,
      async (tx) => {
        await lockCampaignIf(tx, stage.ids.campaignId, ['running'])
        await execute(tx)`UPDATE received_messages SET created_at = ${READ_AT}`
      },
      putOff,
    )
    expect((await later())[0]).toBe('skipped: asks_to_stop')
  })

  it.each([
    ['an answer of ours', 'answered_by_hand'],
    ['a wish to stop', 'asks_to_stop'],
  ])('stays failed where %s commits while it is given back', async (what) => {
    await began('failed')
    if (what === 'a wish to stop') put('stop-unsure.asks-how.en')
    else stage.server.put('sent', BY_HAND, READ_AT)
    await stage.read()
    await stage.engine.db.receivedMessage.updateMany({ data: { createdAt: LONG_AGO } })
    await waitsFor(
      stage.engine.deps.sql,
      async (tx) => {
        await lockCampaignIf(tx, stage.ids.campaignId, ['running'])
        await execute(tx)`UPDATE received_messages SET created_at = ${FAR_AHEAD}`
      },
      notItsFault,
    )
    expect((await later())[0]).toBe('failed')
  })
})

const said = async () =>
  (await stage.engine.db.campaignEvent.findMany({ where: { kind: 'held_resolved' } })).map(({ message }) => message)
