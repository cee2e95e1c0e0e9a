import { describe, expect, it } from 'vitest'
import type { Generation, RunView } from '@/components/campaigns/api-types'
import { resumeSentence } from '@/components/campaigns/dialogs/resume-sentence'
import { stopQuestion, stopSentences } from '@/components/campaigns/dialogs/stop-text'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'
import { EMPTY_YIELD, type Yield } from '@/domain/lead-generation/yield'

const yields = (counts: Partial<Yield>): Yield => ({ ...EMPTY_YIELD, ...counts })

describe('acts on campaigns that find leads', () => {
  const generation: Generation = {
    nextRunAt: new Date('2026-11-25T08:00:00Z'),
    endDate: null,
    runs: 2,
    running: null,
    last: null,
    totals: yields({ found: 50, added: 40, duplicate: 10 }),
    bySource: [],
    upcoming: [],
  }
  const emails = { ...EMPTY_LEDGER, planned: 30, sent: 10, pending: 20 }

  it('asks with the counts of both halves', () => {
    expect(stopQuestion('X', { ledger: EMPTY_LEDGER, generation })).toBe('Stop “X”? This cancels its runs to come.')
    expect(stopQuestion('X', { ledger: emails, generation })).toBe(
      'Stop “X”? This cancels 20 planned emails and cancels its runs to come.',
    )
    const running = { id: 'r' } as RunView
    expect(stopQuestion('X', { ledger: EMPTY_LEDGER, generation: { ...generation, running } })).toBe(
      'Stop “X”? This ends the run under way.',
    )
    expect(stopQuestion('X', { ledger: emails, generation: null })).toBe('Stop “X”? This cancels 20 planned emails.')
  })

  it('says what stays', () => {
    const upcoming = [{ runId: 'r', batchName: 'B', leads: 12, outreachAt: new Date() }]
    const words = stopSentences({ ledger: emails, generation: { ...generation, upcoming } })
    expect(words).toContain('10 emails already sent stay sent.')
    expect(words).toContain('40 leads that it found stay in their batches.')
    expect(words).toContain('12 leads found lately get no email from it.')
    expect(stopSentences({ ledger: EMPTY_LEDGER, generation: null })).toContain('It has not started')
  })

  it('does not say that a campaign completes while its runs go on', () => {
    const preview = {
      campaignId: 'c',
      leadsShifted: 0,
      emailsShifted: 0,
      emailsUnchanged: 0,
      largestShiftSeconds: 0,
      nextAt: null,
      lastAt: null,
    }
    expect(resumeSentence(preview)).toContain('the campaign completes')
    expect(resumeSentence(preview, true)).toBe('Its runs go on as planned; of those missed meanwhile, one is made.')
    expect(resumeSentence({ ...preview, emailsUnchanged: 3 }, true)).toContain(
      '3 emails stay planned as before. Its runs',
    )
  })
})
