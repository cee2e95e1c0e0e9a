import { describe, expect, it } from 'vitest'
import { greetingName } from '@/domain/delivery/greeting-name'

const nameAt = (appUrl: string, own: string | null = null, fromEmail = 'sales@nexa.example') =>
  greetingName({ own, appUrl, fromEmail })

describe('the name in the greeting', () => {
  it('is what the owner entered, before anything else', () => {
    expect(nameAt('https://crm.nexa.example', 'mail.nexa.example')).toBe('mail.nexa.example')
  })

  it.each([
    ['https://crm.nexa.example', 'crm.nexa.example'],
    ['https://crm.nexa.example:8443/app', 'crm.nexa.example'],
    ['https://crm.Bücher.example', 'crm.xn--bcher-kva.example'],
  ])('is the host of %s: %s', (appUrl, expected) => {
    expect(nameAt(appUrl)).toBe(expected)
  })

  it.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000', 'http://crm', 'https://crm.local'])(
    'is the domain of the sender where %s names no host that others know',
    (appUrl) => {
      expect(nameAt(appUrl)).toBe('nexa.example')
      expect(nameAt(appUrl, null, 'vertrieb@müller.example')).toBe('xn--mller-kva.example')
    },
  )
})
