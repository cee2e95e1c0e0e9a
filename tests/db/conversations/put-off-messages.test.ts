import { describe, expect, it } from 'vitest'
import { sample } from '../../support/conversation/reading-stage'
import { allAtRefusingServer } from '../../support/conversation/refusing-stage'

const stage = allAtRefusingServer()
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const PUT_OFF = 'NO [UNAVAILABLE] Not now'

describe('a server that puts off some messages for days', () => {
  const { readLater, stored, reader, inbox } = stage
  const answer = sample('human-interested.gmail.en').toString('latin1')
  const READ = [3, 'human', undefined]
  const keptBack = async () => Object.keys(Object((await inbox()).refused)).toSorted()

  it('has what lies behind two of them read meanwhile', async () => {
    stage.settings.refusal = PUT_OFF
    await readLater([null, null, answer])
    expect(await readLater([null, null, answer], MINUTE)).toEqual({ messages: 1 })
    expect(await stored()).toEqual([READ])
    expect(await stage.state()).toMatchObject({ lead: 'replied' })
    expect(await reader()).toMatchObject({ health: 'cooling_down', lastReadAt: null })
    expect(await keptBack()).toEqual(['1 1', '1 2'])
  })

  it('has one read that it gives again, behind others that it still puts off, and is asked for few of those', async () => {
    stage.settings.refusal = PUT_OFF
    await readLater([null, null, null, null])
    await readLater([null, null, null, null], MINUTE)
    expect(await keptBack()).toEqual(['1 1', '1 2', '1 3', '1 4'])
    let fetches = 0
    stage.settings.answer = (command) => {
      if (command.startsWith('UID FETCH')) fetches++
      return null
    }
    expect(await readLater([null, null, answer, null], 2 * MINUTE, 0)).toEqual({ messages: 0 })
    expect(fetches).toBe(3)
    expect(await readLater([null, null, answer, null], 3 * MINUTE, 0.5)).toEqual({ messages: 1 })
    expect(await stored()).toEqual([READ])
    expect(fetches).toBe(7)
    // It is not asked for again, nor are the others forgotten.
    expect(await keptBack()).toEqual(['1 1', '1 2', '1 4'])
  })

  it('has all of them kept with their reason in the end, and counts as read no sooner', async () => {
    stage.settings.refusal = PUT_OFF
    const all = [null, null, null, null]
    await readLater(all)
    await readLater(all, HOUR)
    await readLater(all, 72 * HOUR)
    expect(await reader()).toMatchObject({ health: 'cooling_down', lastReadAt: null })
    await readLater(all, 73 * HOUR)
    expect((await stored()).map(([uid, kind]) => [uid, kind])).toEqual([1, 2, 3, 4].map((uid) => [uid, 'unreadable']))
    expect(await reader()).toMatchObject({ health: 'ready' })
    expect(await inbox()).toMatchObject({ lastUid: 4n, refused: {} })
  })
})
