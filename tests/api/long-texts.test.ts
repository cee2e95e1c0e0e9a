import { beforeEach, describe, expect, it } from 'vitest'
import { appRouter } from '@/server/api/root'
import { createCallerFactory } from '@/server/api/trpc'
import { allWithSandbox } from '../support/conversation/sandbox-stage'
import { addMember } from '../support/team/members'

const stage = allWithSandbox()
const createCaller = createCallerFactory(appRouter)

let ada: ReturnType<typeof createCaller>
beforeEach(async () => {
  const { db } = stage.engine
  await db.conversation.deleteMany()
  await db.user.deleteMany()
  ada = createCaller({ deps: stage.engine.deps, user: await addMember(stage.engine, 'member', 'Ada') })
  await stage.answer({ kind: 'reply', text: 'How much would that be?' })
})

describe('a text that is too long for a conversation', () => {
  const conversation = async () => {
    const { id } = await stage.engine.db.conversation.findFirstOrThrow()
    return (await ada.inbox.get({ id })).entries
  }

  it('is cut at the same place for both sides, and the rest is said to be there', async () => {
    const { db } = stage.engine
    expect(await conversation()).toMatchObject([
      { is: 'email', isCut: false },
      { is: 'message', isCut: false },
    ])
    for (const [length, isCut] of [
      [4_000, false],
      [4_001, true],
    ] as const) {
      await db.email.updateMany({ data: { bodyText: 'x'.repeat(length) } })
      await db.receivedMessage.updateMany({ data: { newText: 'x'.repeat(length) } })
      const entries = await conversation()
      expect(entries).toMatchObject([
        { is: 'email', isCut },
        { is: 'message', isCut },
      ])
      expect(entries[0]).toMatchObject({ text: 'x'.repeat(4_000) })
    }
  })
})
