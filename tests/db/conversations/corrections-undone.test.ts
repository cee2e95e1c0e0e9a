import { expect, it } from 'vitest'
import { TAKEN_BACK_AT_ONCE, wayBackFromStop } from '@/components/inbox/stop-request'
import { readReceivedKind } from '@/domain/conversation/received-kind'
import { correctMessage } from '@/use-cases/conversations/correct-message'
import { allWithContactedLead } from '../../support/conversation/reading-stage'
import { OUR_LEAD } from '../../support/conversation/received'
import { BY } from '../../support/engine'
import { refusal } from '../../support/refusal'

const stage = allWithContactedLead()

/** What a message did. Of its proposals, which are read from it once, nothing is shown. */
const state = async () => {
  const { kind, effects } = await stage.stored()
  return { ...(await stage.state()), kind, effects: { ...Object(effects), proposals: [] } }
}

it.each(['human-interested.gmail.en', 'automatic.ticket-opened.en'])(
  'a mark as a wish to be removed is taken back at once, with what it did: %s',
  async (name) => {
    await stage.readSample(name)
    const before = await state()
    const { id, kind } = await stage.stored()
    const back = wayBackFromStop({ kind: readReceivedKind(kind) })
    if (!back) throw new Error('Nothing takes it back.')
    const { correctedAt } = await correctMessage(stage.engine.deps, { id, to: 'stop_request', by: BY })
    expect(await state()).toMatchObject({
      lead: 'unsubscribed',
      suppressed: expect.arrayContaining([`${OUR_LEAD} unsubscribed`]),
    })
    const undo = { id, to: back, why: TAKEN_BACK_AT_ONCE, ifCorrectedAt: correctedAt, by: BY }
    await correctMessage(stage.engine.deps, undo)
    expect(await state()).toEqual(before)
    const removals = await stage.engine.db.suppressionRemoval.findMany({ where: { value: OUR_LEAD } })
    expect(removals.at(-1)).toMatchObject({ why: TAKEN_BACK_AT_ONCE, removedBy: BY })
  },
)

it('is not taken back over a correction that somebody made since', async () => {
  await stage.readSample('human-interested.gmail.en')
  const { id } = await stage.stored()
  const { correctedAt } = await correctMessage(stage.engine.deps, { id, to: 'stop_request', by: BY })
  const why = 'She said on the phone that she wants to go on'
  await correctMessage(stage.engine.deps, { id, to: 'reply', why, by: BY })
  stage.engine.clock.advance(1_000)
  await correctMessage(stage.engine.deps, { id, to: 'stop_request', by: BY })
  const undo = correctMessage(stage.engine.deps, { id, to: 'reply', why, ifCorrectedAt: correctedAt, by: BY })
  expect(await refusal(undo)).toMatchObject({ code: 'conflict' })
  expect(await stage.state()).toMatchObject({ suppressed: [`${OUR_LEAD} unsubscribed`] })
})

it('has no way back by itself where what it was cannot be said again', () => {
  expect(wayBackFromStop({ kind: 'out_of_office' })).toBeNull()
  expect(wayBackFromStop({ kind: 'stop_request' })).toBeNull()
})
