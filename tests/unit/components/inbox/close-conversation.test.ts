import { describe, expect, it } from 'vitest'
import { closeAndGoOn, oneAtATime } from '@/components/inbox/close-conversation'

/** A list of conversations of which one is open. */
function inboxOf(rows: readonly string[], first: string | null) {
  let opened: string | null = first
  return {
    get opened() {
      return opened
    },
    beside: (step: 1 | -1) => rows[rows.indexOf(opened ?? '') + step] ?? null,
    isOpen: (id: string) => opened === id,
    open: (id: string | null) => {
      opened = id
    },
  }
}

/** An act whose answer comes when it is given. */
function waiting() {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  return { act: () => promise, answer: resolve }
}

describe('a conversation that is done', () => {
  it('is followed by the next of the list, the last one by the one before it', async () => {
    const inbox = inboxOf(['a', 'b'], 'a')
    await closeAndGoOn('a', async () => true, inbox)
    expect(inbox.opened).toBe('b')
    await closeAndGoOn('b', async () => true, inbox)
    expect(inbox.opened).toBe('a')
  })

  it('stays open where it could not be closed', async () => {
    const inbox = inboxOf(['a', 'b'], 'a')
    await closeAndGoOn('a', async () => false, inbox)
    expect(inbox.opened).toBe('a')
  })

  it('takes nobody away from where they have gone meanwhile', async () => {
    const inbox = inboxOf(['a', 'b', 'c'], 'a')
    const { act, answer } = waiting()
    const closing = closeAndGoOn('a', act, inbox)
    inbox.open('c')
    answer(true)
    await closing
    expect(inbox.opened).toBe('c')
  })
})

describe('what is pressed while an act is under way', () => {
  it('is left out in the same conversation, and done in another', async () => {
    const { act, answer } = waiting()
    const done: string[] = []
    const press = (id: string) => oneAtATime(id, async () => done.push(id) > 0)
    const first = oneAtATime('a', act)
    expect(await press('a')).toBe(false)
    expect(await press('b')).toBe(true)
    answer(true)
    expect(await first).toBe(true)
    expect(await press('a')).toBe(true)
    expect(done).toEqual(['b', 'a'])
  })

  it('is done again after an act that failed', async () => {
    const fail = () => Promise.reject(new Error('away'))
    await expect(oneAtATime('a', fail)).rejects.toThrow('away')
    expect(await oneAtATime('a', async () => true)).toBe(true)
  })
})
