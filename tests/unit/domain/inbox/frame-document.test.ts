import { describe, expect, it } from 'vitest'
import { frameDocument, framePolicy } from '@/domain/inbox/frame-document'

describe('a received HTML email', () => {
  const html = '<img src="https://tracker.example/open.gif">'

  it('is shown below a policy that fetches nothing', () => {
    const page = frameDocument(html)
    expect(page.indexOf("default-src 'none'")).toBeGreaterThan(0)
    expect(page.indexOf("default-src 'none'")).toBeLessThan(page.indexOf('tracker.example'))
    expect(framePolicy({ pictures: false })).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:",
    )
  })

  it('fetches pictures and nothing else once they were asked for, and tells their owner no address of ours', () => {
    const page = frameDocument(html, { pictures: true })
    expect(page).toContain("default-src 'none'; style-src 'unsafe-inline'; img-src data: https: http:; font-src data:")
    expect(page.indexOf('content="no-referrer"')).toBeLessThan(page.indexOf('tracker.example'))
  })
})
