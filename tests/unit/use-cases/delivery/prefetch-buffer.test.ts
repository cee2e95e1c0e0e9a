import { describe, expect, it, vi } from 'vitest'
import { createPrefetchBuffer } from '@/use-cases/delivery/prefetch-buffer'
import type { PreparedEmail } from '@/use-cases/delivery/prepare-emails'

const emailOf = (id: string, bytes = 1) => ({ email: { id }, composed: {}, bytes }) as unknown as PreparedEmail
const ids = (emails: readonly PreparedEmail[]) => emails.map(({ email }) => email.id)

/** A buffer over `due`, of which each look takes what is not buffered or taken; looks wait until they are let on. */
function bufferOf(due: string[], { ahead }: { ahead: number }) {
  const looks: PromiseWithResolvers<void>[] = []
  const buffer = createPrefetchBuffer(
    async (most, buffered) => {
      const held = new Set(buffered().map(({ id }) => id))
      const found = due.filter((id) => !held.has(id)).slice(0, most)
      const look = Promise.withResolvers<void>()
      looks.push(look)
      await look.promise
      return {
        ready: found.map(emailOf),
        tried: [],
        campaigns: new Set(),
        senderChanged: false,
        mayHaveMore: found.length > 0,
      }
    },
    { ahead, mostBytes: 100, onPrepared: async () => undefined },
  )
  const letOn = async (look: number) => {
    await vi.waitUntil(() => looks.length > look, { interval: 1, timeout: 150_000 })
    looks[look]?.resolve()
  }
  return { buffer, letOn, looks }
}

describe('the prefetch buffer', () => {
  it('finds an email again that was given back while a look was under way', async () => {
    const { buffer, letOn, looks } = bufferOf(['a'], { ahead: 2 })
    const first = buffer.take(1)
    await letOn(0)
    expect(ids(await first)).toEqual(['a'])
    // The look that began now passes over "a", which is taken; it is not claimed after all.
    expect(looks).toHaveLength(2)
    const second = buffer.take(1)
    await letOn(1)
    await letOn(2)
    expect(ids(await second)).toEqual(['a'])
  })

  it('looks for more before it has run out, and never for what is taken or buffered', async () => {
    const { buffer, letOn, looks } = bufferOf(['a', 'b', 'c'], { ahead: 2 })
    const first = buffer.take(1)
    await letOn(0)
    expect(ids(await first)).toEqual(['a'])
    expect(looks).toHaveLength(2)
    await letOn(1)
    expect(ids(await buffer.take(1))).toEqual(['b'])
    await buffer.close()
    expect(ids(await buffer.take(1))).toEqual(['c'])
  })

  it('throws at the end when a look failed after the last email was taken', async () => {
    let looks = 0
    const buffer = createPrefetchBuffer(
      async () => {
        if (++looks > 1) throw new Error('The database is away')
        return {
          ready: [emailOf('a')],
          tried: [],
          campaigns: new Set(),
          senderChanged: false,
          mayHaveMore: true,
        }
      },
      { ahead: 2, mostBytes: 100, onPrepared: async () => undefined },
    )
    expect(ids(await buffer.take(1))).toEqual(['a'])
    await expect(buffer.close()).rejects.toThrow('The database is away')
  })

  it('holds and gives as many bytes as it may, and one email beyond at the most', async () => {
    const due = Array.from({ length: 20 }, (_, i) => emailOf(String(i), 40))
    const rooms: number[] = []
    let held = 0
    const buffer = createPrefetchBuffer(
      async (most, buffered, mostBytes) => {
        rooms.push(mostBytes)
        const known = new Set(buffered().map(({ id }) => id))
        const found = due
          .filter(({ email }) => !known.has(email.id))
          .slice(0, Math.min(most, Math.ceil(mostBytes / 40)))
        held = Math.max(held, (known.size + found.length) * 40)
        return { ready: found, tried: [], campaigns: new Set(), senderChanged: false, mayHaveMore: found.length > 0 }
      },
      { ahead: 20, mostBytes: 100, onPrepared: async () => undefined },
    )
    expect(ids(await buffer.take(10))).toEqual(['0', '1', '2'])
    await buffer.close()
    expect(ids(await buffer.take(2))).toEqual(['3', '4'])
    await buffer.close()
    expect(rooms).toEqual([100, 100, 60])
    // What was taken last and what is buffered.
    expect(held).toBe(240)
  })
})
