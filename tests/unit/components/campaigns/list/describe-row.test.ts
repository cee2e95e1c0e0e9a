import { describe, expect, it } from 'vitest'
import { nextWords, rowFacts } from '@/components/campaigns/list/describe-row'
import { statusWords } from '@/components/campaigns/status/campaign-status'
import { EMPTY_LEDGER } from '@/domain/campaign/progress'

const NOW = new Date('2026-11-23T10:00:00Z')
const EARLIER = new Date('2026-11-23T08:00:00Z')
const LATER = new Date('2026-11-24T08:00:00Z')

describe('the list', () => {
  const row = {
    id: 'c1',
    name: 'Spring',
    type: 'outreach' as const,
    status: 'running' as const,
    statusReason: null,
    timezone: 'Europe/Berlin',
    sequenceName: 'Three touches',
    leads: 412,
    ledger: EMPTY_LEDGER,
    nextEmailAt: LATER,
    scheduledStartAt: null,
    completedAt: null,
    pausedAt: null,
    archivedAt: null,
    createdAt: EARLIER,
    contacted: 0,
    replied: 0,
    bounced: 0,
    unsubscribed: 0,
    away: 0,
    reading: { mailboxes: 1, read: 0, elsewhere: [], asOf: null },
    generation: null,
  }

  it('says what a campaign sends and to how many', () => {
    expect(rowFacts(row)).toBe('Three touches · 412 leads')
    expect(rowFacts({ ...row, sequenceName: null, leads: 0, status: 'draft' })).toBe('No sequence yet')
  })

  it('names what comes first of a campaign that finds leads and writes to them', () => {
    const generation = { found: 9, added: 7, duplicate: 2, nextRunAt: EARLIER, runs: 2, cap: 50 }
    const automated = { ...row, type: 'fully_automated' as const, generation }
    expect(rowFacts(automated)).toBe('Three touches · 2 runs')
    expect(nextWords(automated, new Date('2026-11-23T07:00:00Z'))).toEqual({
      at: EARLIER,
      text: '',
      note: 'Europe/Berlin · run',
    })
    const later = { ...automated, generation: { ...generation, nextRunAt: null } }
    expect(nextWords(later, NOW)).toEqual({ at: LATER, text: '', note: 'Europe/Berlin · email' })
    const found = { ...row, type: 'lead_generation' as const, sequenceName: null, nextEmailAt: null, generation }
    expect(rowFacts({ ...found, generation: { ...generation, runs: 0 } })).toBe('No run yet')
    expect(nextWords(found, NOW)).toEqual({ at: null, text: 'Due now', note: 'Europe/Berlin' })
  })

  it('never shows a past time as the next email', () => {
    expect(nextWords({ ...row, nextEmailAt: EARLIER }, NOW)).toEqual({
      at: null,
      text: 'Due now',
      note: 'Europe/Berlin',
    })
    expect(nextWords(row, NOW).at).toEqual(LATER)
  })

  it('says since when it is paused and when it ended', () => {
    expect(nextWords({ ...row, status: 'paused', pausedAt: EARLIER }, NOW).note).toBe('paused 2 h ago')
    expect(nextWords({ ...row, status: 'completed', completedAt: EARLIER }, NOW).note).toBe('ended Mon 23 Nov')
  })

  it('puts the reason behind the status', () => {
    expect(statusWords({ status: 'paused', statusReason: 'bounce rate 6 %' })).toBe('Paused')
    expect(statusWords({ status: 'draft', statusReason: 'The scheduled start was refused: ...' })).toBe(
      'Draft: start refused',
    )
  })
})
