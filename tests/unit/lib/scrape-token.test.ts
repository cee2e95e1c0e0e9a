import { describe, expect, it } from 'vitest'
import { scrapeRefusal } from '@/lib/scrape-token'

const TOKEN = 'a token of more than 32 characters'.replaceAll(' ', '-')

describe('the token that opens figures', () => {
  it('lets in whoever sends it, and nobody else', () => {
    expect(scrapeRefusal(`Bearer ${TOKEN}`, TOKEN)).toBeNull()
    expect(scrapeRefusal(`bearer ${TOKEN}`, TOKEN)).toBeNull()
    for (const given of [
      null,
      undefined,
      '',
      TOKEN,
      'Bearer',
      'Bearer ',
      `Bearer ${TOKEN}x`,
      `Bearer ${TOKEN.slice(1)}`,
      `Basic ${TOKEN}`,
    ])
      expect([given, scrapeRefusal(given, TOKEN)?.status]).toEqual([given, 401])
  })

  it('is needed: without one that is set nobody is let in, and the answer says what is missing', () => {
    for (const given of [null, 'Bearer ', 'Bearer undefined']) {
      const refusal = scrapeRefusal(given, undefined)
      expect(refusal?.status).toBe(404)
      expect(refusal?.words).toContain('METRICS_TOKEN is not set')
    }
  })
})
