import { describe, expect, it } from 'vitest'
import { optOutColumns, optOutOf } from '@/domain/lead/opt-outs'

const reasonOf = (header: string, value: string) => optOutOf([value], optOutColumns([{ name: header }]))?.reason ?? null

describe('a column of another program', () => {
  it.each([
    ['Unsubscribed from all email', 'TRUE', 'unsubscribed'],
    ['Email Opt Out', 'Yes', 'unsubscribed'],
    ['HasOptedOutOfEmail', '1', 'unsubscribed'],
    ['Do Not Contact', 'x', 'unsubscribed'],
    ['Abgemeldet', 'Ja', 'unsubscribed'],
    ['Unsubscribe date', '2026-05-01', 'unsubscribed'],
    ['Unsubscribed', '2026-05-01 10:00', 'unsubscribed'],
    ['Status', 'Opted out', 'unsubscribed'],
    ['Lead Stage', 'DO NOT CONTACT', 'unsubscribed'],
    ['Status', 'cleaned', 'bounced'],
    ['status', 'Unreachable', 'bounced'],
    ['Bounced', 'true', 'bounced'],
    ['Bounce reason', 'mailbox full', 'bounced'],
    ['Status', 'Spam complaint', 'complained'],
    ['Complained at', '2026-05-01', 'complained'],
  ])('%s of %s means %s', (header, value, reason) => {
    expect(reasonOf(header, value)).toBe(reason)
  })

  it.each([
    ['Unsubscribed', 'false'],
    ['Email Opt Out', '0'],
    ['Email Opt Out', ''],
    ['Unsubscribed at', '-'],
    ['Bounced', 'No'],
    ['Bounce reason', 'n/a'],
    ['Status', 'active'],
    ['Email Status', 'Verified'],
    ['Email Status', 'Unavailable'],
    ['Lead Status', 'New'],
    ['Stage', 'Cold'],
    ['Do Not Call', 'true'],
    ['Marketing contact status', 'Non-marketing contact'],
    ['Comment', 'unsubscribed'],
  ])('%s of %j forbids no email', (header, value) => {
    expect(reasonOf(header, value)).toBeNull()
  })

  it('says which column and value it was; being unsubscribed goes before bouncing', () => {
    const columns = optOutColumns([{ name: 'Email' }, { name: 'Bounced' }, { name: 'Opted out' }])
    expect(optOutOf(['a@x.example', 'yes', 'yes'], columns)).toEqual({
      reason: 'unsubscribed',
      column: 'Opted out',
      value: 'yes',
    })
  })
})
