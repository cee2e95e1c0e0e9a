import { TRPCClientError } from '@trpc/client'
import { describe, expect, it } from 'vitest'
import { doneWords, fitting, missedWords } from '@/components/campaigns/bulk/bulk-acts'
import { countedOf, NOTHING_MOVES, resumeManyWords, withPreview } from '@/components/campaigns/bulk/resume-many-text'
import { runBulk } from '@/components/campaigns/bulk/run-bulk'

const campaigns = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `${i}`, name: `Campaign ${i}` }))
const going = () => {
  const stop = new AbortController()
  const asked: number[] = []
  return { stop, asked, how: { signal: stop.signal, onDone: (count: number) => void asked.push(count) } }
}

/** As the client throws where the server has refused, and where no answer came. */
const refused = (message: string) =>
  TRPCClientError.from({ error: { message, code: -32_600, data: { httpStatus: 409 } } } as never)
const lostOnTheWay = () => new TRPCClientError('fetch failed')

describe('an act on many campaigns', () => {
  it('is asked for each, a few at a time, and tells how many it has asked', async () => {
    const { how, asked } = going()
    let atOnce = 0
    let most = 0
    const outcome = await runBulk(
      campaigns(10),
      async () => {
        most = Math.max(most, ++atOnce)
        await Promise.resolve()
        atOnce--
        return undefined
      },
      how,
    )
    expect(outcome).toMatchObject({ refused: [], notAsked: 0 })
    expect(outcome.done.map(({ id }) => id).toSorted()).toEqual(campaigns(10).map(({ id }) => id))
    expect([most, asked.at(-1)]).toEqual([4, 10])
  })

  it('names who refuses, with the reason, and goes on', async () => {
    const { how } = going()
    const act = async ({ id }: { id: string }) => {
      if (id === '1') throw refused('It is a draft.')
      return { copyId: `copy ${id}` }
    }
    expect(await runBulk(campaigns(6), act, how)).toMatchObject({
      refused: [{ name: 'Campaign 1', why: 'It is a draft.' }],
      notAsked: 0,
      done: [{ copyId: 'copy 0' }, {}, {}, {}, {}],
    })
  })

  it('ends at a failure of which nobody knows what became, and at a stop', async () => {
    const lost = going()
    const act = async ({ id }: { id: string }) => {
      if (id === '2') throw lostOnTheWay()
      return undefined
    }
    expect(await runBulk(campaigns(9), act, lost.how)).toMatchObject({
      done: { length: 3 },
      refused: [{ name: 'Campaign 2', why: expect.stringContaining('could not be reached') }],
      notAsked: 5,
    })
    const stopped = going()
    const stop = async () => stopped.stop.abort()
    expect(await runBulk(campaigns(9), stop.bind(null) as never, stopped.how)).toMatchObject({
      done: { length: 4 },
      notAsked: 5,
    })
  })
})

describe('the campaigns that an act is one for', () => {
  const of = (status: 'draft' | 'running' | 'paused' | 'failed' | 'completed', archivedAt: Date | null = null) => ({
    status,
    archivedAt,
  })
  it('are told by their status, and by the archive', () => {
    const all = [of('draft'), of('running'), of('paused'), of('failed'), of('completed', new Date(0))]
    const count = (act: Parameters<typeof fitting>[0]) => fitting(act, all).length
    expect([count('pause'), count('resume'), count('duplicate'), count('archive'), count('unarchive')]).toEqual([
      1, 2, 5, 2, 1,
    ])
  })
})

describe('what is said', () => {
  it('counts what was done, and who was not asked', () => {
    expect(doneWords('duplicate', 1)).toBe('1 campaign duplicated as a draft')
    expect(missedWords({ done: [], refused: [{ name: 'A', why: 'x' }], notAsked: 2 })).toBe(
      '1 campaign refused, 2 campaigns not asked, and as they were',
    )
  })

  it('sums up what a resume would move', () => {
    const sum = [
      { emailsShifted: 3, emailsUnchanged: 1, largestShiftSeconds: 3_600 },
      { emailsShifted: 0, emailsUnchanged: 0, largestShiftSeconds: 0 },
      { emailsShifted: 2, emailsUnchanged: 0, largestShiftSeconds: 7_200 },
      {
        ...{ emailsShifted: 0, emailsUnchanged: 1, largestShiftSeconds: 0 },
        inDoubt: { emails: 12, takenAt: new Date('2026-03-02T09:00:00Z') },
      },
    ].reduce(withPreview, NOTHING_MOVES)
    expect(resumeManyWords({ sum, missing: 0 })).toEqual([
      "5 emails move later, by up to 2 h. The days between a lead's steps are kept, and nothing leaves in a rush.",
      '2 emails stay planned as before.',
      '12 emails may have been sent since the backup, and stay held.',
      '1 campaign has no email left: it completes, unless it finds leads, too.',
      'One that cannot go on is named with its reason, and the others go on.',
    ])
  })

  it('of a resume is no sum where the count ended on the way, and otherwise names those without figures', async () => {
    const { how } = going()
    const count = async (why: (id: string) => Error | null) => {
      let sum = NOTHING_MOVES
      const outcome = await runBulk(
        campaigns(6),
        async ({ id }) => {
          const error = why(id)
          if (error) throw error
          sum = withPreview(sum, { emailsShifted: 0, emailsUnchanged: 1, largestShiftSeconds: 0 })
          return undefined
        },
        how,
      )
      return countedOf(sum, outcome)
    }
    expect(await count((id) => (id === '2' ? lostOnTheWay() : null))).toBeNull()
    expect(await count(() => refused('It runs.'))).toBeNull()
    expect(await count(() => null)).toMatchObject({ sum: { emailsUnchanged: 6 }, missing: 0 })
    const some = await count((id) => (id === '2' ? refused('It runs.') : null))
    expect(some && resumeManyWords(some).slice(0, 2)).toEqual([
      '1 campaign could not be counted: what follows is the sum of the others.',
      '5 emails stay planned as before.',
    ])
  })
})
