import { describe, expect, it, vi } from 'vitest'
import { createStock } from '@/use-cases/mail-stock'
import type { PreparedMail } from '@/use-cases/wave'

const mailOf = (id: string) => ({ mail: { id }, composed: {} }) as unknown as PreparedMail
const ids = (mails: readonly PreparedMail[]) => mails.map(({ mail }) => mail.id)

/** A stock over `due`, of which each look takes what is not in hand; looks wait until they are let on. */
function stockOf(due: string[], { ahead }: { ahead: number }) {
  const looks: PromiseWithResolvers<void>[] = []
  const stock = createStock(
    async (most, inHand) => {
      const held = new Set(inHand().map(({ id }) => id))
      const found = due.filter((id) => !held.has(id)).slice(0, most)
      const look = Promise.withResolvers<void>()
      looks.push(look)
      await look.promise
      return { ready: found.map(mailOf), unfit: [], campaigns: new Set(), more: found.length > 0 }
    },
    { ahead, onPrepared: async () => undefined },
  )
  const letOn = async (look: number) => {
    await vi.waitUntil(() => looks.length > look, { interval: 1 })
    looks[look]?.resolve()
  }
  return { stock, letOn, looks }
}

describe('the stock of written mails', () => {
  it('finds a mail again that was given back while a look was under way', async () => {
    const { stock, letOn, looks } = stockOf(['a'], { ahead: 2 })
    const first = stock.take(1)
    await letOn(0)
    expect(ids(await first)).toEqual(['a'])
    // The look that began now passes over "a", which is in hand; it is not claimed after all.
    expect(looks).toHaveLength(2)
    const second = stock.take(1)
    await letOn(1)
    await letOn(2)
    expect(ids(await second)).toEqual(['a'])
  })

  it('looks for more before it has run out, and never for what is in hand', async () => {
    const { stock, letOn, looks } = stockOf(['a', 'b', 'c'], { ahead: 2 })
    const first = stock.take(1)
    await letOn(0)
    expect(ids(await first)).toEqual(['a'])
    expect(looks).toHaveLength(2)
    await letOn(1)
    expect(ids(await stock.take(1))).toEqual(['b'])
    await stock.close()
    expect(ids(await stock.take(1))).toEqual(['c'])
  })

  it('tells at the end of a look that failed after the last mail was taken', async () => {
    let looks = 0
    const stock = createStock(
      async () => {
        if (++looks > 1) throw new Error('The database is away')
        return { ready: [mailOf('a')], unfit: [], campaigns: new Set(), more: true }
      },
      { ahead: 2, onPrepared: async () => undefined },
    )
    expect(ids(await stock.take(1))).toEqual(['a'])
    await expect(stock.close()).rejects.toThrow('The database is away')
  })
})
