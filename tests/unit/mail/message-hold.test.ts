import { PassThrough } from 'node:stream'
import { expect, it } from 'vitest'
import { createMessageHold, MessageTooLarge } from '@/mail/message-hold'

const piece = (length: number) => Buffer.alloc(length, 'a')

async function* message(...lengths: number[]) {
  for (const length of lengths) yield piece(length)
}

it('holds a message of just the most, and refuses one of a byte more', async () => {
  const hold = createMessageHold({ perMessage: 100, atOnce: 1_000 })
  expect(await hold.whole(message(60, 40))).toHaveLength(100)
  await expect(hold.whole(message(60, 41))).rejects.toThrow(MessageTooLarge)
  expect(hold.held()).toBe(0)
})

it('holds nothing of a message that goes on beyond the most', async () => {
  const hold = createMessageHold({ perMessage: 100, atOnce: 1_000 })
  const seen: number[] = []
  const endless = async function* () {
    for (let i = 0; i < 50; i++) {
      yield piece(60)
      seen.push(hold.held())
    }
  }
  await expect(hold.whole(endless())).rejects.toThrow(MessageTooLarge)
  expect(Math.max(...seen)).toBe(60)
  expect(seen.slice(1)).toEqual(Array(49).fill(0))
})

it('puts off what is too much together with others, until they are in', async () => {
  const hold = createMessageHold({ perMessage: 100, atOnce: 150 })
  const stream = new PassThrough()
  const first = hold.whole(stream)
  stream.write(piece(90))
  await expect.poll(() => hold.held()).toBe(90)
  await expect(hold.whole(message(80))).rejects.toThrow('Too much at once')
  expect(await hold.whole(message(60))).toHaveLength(60)
  stream.end()
  expect(await first).toHaveLength(90)
  expect(await hold.whole(message(80))).toHaveLength(80)
})

it('gives back what a sender that went away had sent', async () => {
  const hold = createMessageHold({ perMessage: 100, atOnce: 150 })
  const stream = new PassThrough()
  const gone = hold.whole(stream)
  stream.write(piece(90))
  await expect.poll(() => hold.held()).toBe(90)
  stream.destroy()
  await expect(gone).rejects.toThrow()
  expect(hold.held()).toBe(0)
})
