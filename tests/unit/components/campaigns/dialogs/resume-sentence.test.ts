import { describe, expect, it } from 'vitest'
import { resumeSentence } from '@/components/campaigns/dialogs/resume-sentence'

describe('a resume', () => {
  const preview = {
    leadsShifted: 2,
    emailsShifted: 5,
    emailsUnchanged: 1,
    largestShiftSeconds: 7_200,
    nextAt: null,
    lastAt: null,
  }

  it('says how many emails of how many leads move, and by how much', () => {
    expect(resumeSentence({ campaignId: 'c', ...preview })).toBe(
      "5 emails of 2 leads move later, by up to 2 h. The days between a lead's steps are kept, and nothing leaves in a rush. 1 email stays as planned.",
    )
  })

  it('says when nothing moves, and when nothing is left', () => {
    const none = { ...preview, campaignId: 'c', emailsShifted: 0, leadsShifted: 0 }
    expect(resumeSentence({ ...none, emailsUnchanged: 3 })).toBe('Nothing is overdue: 3 emails stay planned as before.')
    expect(resumeSentence({ ...none, emailsUnchanged: 0 })).toBe('Nothing is left to send, so the campaign completes.')
  })
})
