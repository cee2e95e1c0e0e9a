import { describe, expect, it } from 'vitest'
import { keptShorter, keptValues, readKept } from '@/components/settings/kept/kept-values'
import { retentionInput } from '@/domain/retention-input'

const saved = {
  sentTextDays: null,
  conversationTextDays: 400,
  historyDays: null,
  requestDays: 365,
  sandboxDays: null,
  sessionDays: 90,
}

describe('how long things are kept', () => {
  it('is sent where it was changed; an empty field is for ever', () => {
    const values = keptValues(saved)
    expect(readKept(values, saved)).toEqual({ ok: true, input: {} })
    const read = readKept({ ...values, sentTextDays: ' 365 ', conversationTextDays: '', sessionDays: '30' }, saved)
    expect(read).toEqual({ ok: true, input: { sentTextDays: 365, conversationTextDays: null, sessionDays: 30 } })
    expect(read.ok && retentionInput.safeParse(read.input).success).toBe(true)
  })

  it('asks about what is deleted earlier than before, and not about what is kept longer', () => {
    expect(keptShorter({ sentTextDays: 3650, sessionDays: 89 }, saved)).toEqual(['sentTextDays', 'sessionDays'])
    expect(keptShorter({ conversationTextDays: 401, requestDays: null, sessionDays: 90 }, saved)).toEqual([])
  })

  it('is refused beyond its bounds, with words; a sign-in is not for ever', () => {
    const values = {
      ...keptValues(saved),
      sentTextDays: '29',
      historyDays: '1.5',
      requestDays: 'long',
      sessionDays: '',
    }
    expect(readKept(values, saved)).toEqual({
      ok: false,
      errors: {
        sentTextDays: 'A whole number of days from 30 to 3,650, or nothing: for ever.',
        historyDays: 'A whole number of days from 90 to 3,650, or nothing: for ever.',
        requestDays: 'A whole number of days from 30 to 3,650, or nothing: for ever.',
        sessionDays: 'A whole number of days from 1 to 365.',
      },
    })
  })
})
