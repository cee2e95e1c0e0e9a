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
    ['UNSUB_TIME', '2026-05-01 10:00', 'unsubscribed'],
    ['UNSUB_REASON', 'Too many', 'unsubscribed'],
    ['CLEAN_TIME', '2026-05-01 10:00', 'bounced'],
    ['Email Opt-out Date', '01.05.2026', 'unsubscribed'],
    ['Opted out of email: Monthly news', 'true', 'unsubscribed'],
    ['Newsletter opt-out', 'yes', 'unsubscribed'],
    ['Global opt out', '1', 'unsubscribed'],
    ['Do not allow Bulk Emails', 'Do Not Allow', 'unsubscribed'],
    ['Do not contact', 'Email', 'unsubscribed'],
    ['Subscribed', 'FALSE', 'unsubscribed'],
    ['Accepts Email Marketing', 'no', 'unsubscribed'],
    ['Email Marketing Consent', 'UNSUBSCRIBED', 'unsubscribed'],
    ['GDPR consent', 'Withdrawn', 'unsubscribed'],
    ['Sequence status', 'Opted out', 'unsubscribed'],
    ['Status', 'Unsubscribed (by hand)', 'unsubscribed'],
    ['Keine E-Mails', 'ja', 'unsubscribed'],
    ['Widerspruch', 'x', 'unsubscribed'],
    ['Ne pas contacter', 'oui', 'unsubscribed'],
    ['No contactar', 'sí', 'unsubscribed'],
    ['Fecha de baja', '2026-05-01', 'unsubscribed'],
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
    ['Subscribed', ''],
    ['Subscribed', 'yes'],
    ['Email Marketing Consent', 'NEVER_SUBSCRIBED'],
    ['Do not allow Emails', 'Allow'],
    ['Do not allow Phone Calls', 'Do Not Allow'],
    ['Do not contact', 'Phone'],
    ['Unsubscribe link', 'https://x.example/u'],
    ['Opt-out rate', '1'],
    ['Unsubscribes', '1'],
    ['Payment status', 'denied'],
    ['Cheque status', 'bounced'],
    ['Newsletter', 'no'],
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
