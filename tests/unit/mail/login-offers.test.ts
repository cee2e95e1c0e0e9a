import { describe, expect, it } from 'vitest'
import { loginRefusal, offersOf } from '@/mail/login-offers'

const OFFERED = offersOf('250-mail.nexa.example\n250-STARTTLS\n250 AUTH PLAIN LOGIN')

describe('a login', () => {
  it.each([
    ['250-x\n250 AUTH PLAIN', true, false],
    ['250-x\n250-AUTH=LOGIN\n250 STARTTLS', true, true],
    ['250-x\n250 XAUTH', false, false],
    ['250 AUTHOR of this server', false, false],
  ])('is read from "%s"', (reply, login, encryption) => {
    expect(offersOf(reply)).toEqual({ login, encryption })
  })

  it('goes in the clear to this machine alone', () => {
    for (const address of ['127.0.0.1', '127.0.0.53', '::1', '::ffff:127.0.0.1'])
      expect(loginRefusal({ address, security: 'none' }, OFFERED)).toBeNull()
    for (const address of ['mail.nexa.example', '127.0.0.1.nexa.example', 'localhost', '10.0.0.7', '::2', undefined])
      expect(loginRefusal({ address, security: 'none' }, OFFERED)?.code).toBe(538)
    expect(loginRefusal({ address: '93.184.216.34', security: 'starttls' }, OFFERED)).toBeNull()
  })
})
