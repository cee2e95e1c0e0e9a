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
    expect(offersOf(reply)).toEqual({ login, encryption, maxBytes: null })
  })

  it('goes in the clear to this machine alone', () => {
    for (const address of ['127.0.0.1', '127.0.0.53', '::1', '::ffff:127.0.0.1'])
      expect(loginRefusal({ address, security: 'none' }, OFFERED)).toBeNull()
    for (const address of ['mail.nexa.example', '127.0.0.1.nexa.example', 'localhost', '10.0.0.7', '::2', undefined])
      expect(loginRefusal({ address, security: 'none' }, OFFERED)?.code).toBe(538)
    expect(loginRefusal({ address: '93.184.216.34', security: 'starttls' }, OFFERED)).toBeNull()
  })
})

it.each([
  ['250-x\n250-SIZE 10240000\n250 HELP', 10_240_000],
  ['250-x\n250 size=35882577', 35_882_577],
  ['250-x\n250 SIZE', null],
  ['250-x\n250 SIZE 0', null],
  ['250-x\n250-OVERSIZE 5\n250 XSIZE 7', null],
])('the largest message is read from "%s"', (reply, bytes) => {
  expect(offersOf(reply).maxBytes).toBe(bytes)
})
