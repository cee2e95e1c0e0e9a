import { describe, expect, it } from 'vitest'
import { frameDocument } from '@/components/messages/frame-document'

describe('a received HTML email', () => {
  it('is shown below a policy that fetches nothing', () => {
    const page = frameDocument('<img src="https://tracker.example/open.gif">')
    expect(page.indexOf("default-src 'none'")).toBeGreaterThan(0)
    expect(page.indexOf("default-src 'none'")).toBeLessThan(page.indexOf('tracker.example'))
  })
})
