import { describe, expect, it } from 'vitest'
import { isPublicAddress, requirePublic } from '@/lib/public-lookup'

describe('public addresses', () => {
  it.each(['1.1.1.1', '93.184.216.34', '2606:4700::1111', '2001:4860:4860::8888', '192.88.98.255', '::ffff:8.8.8.8'])(
    '%s is one',
    (address) => {
      expect(isPublicAddress(address)).toBe(true)
    },
  )
  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'ff02::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    '192.88.99.1',
    '2001::1',
    '2001:10::1',
    '3fff::1',
    '5f00::1',
    'fec0::1',
  ])('%s is none', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe('a host that is an address', () => {
  it.each(['127.0.0.1', '10.0.0.5', '169.254.169.254', '::1', '[::1]', '[::ffff:10.0.0.1]'])(
    'is refused: %s',
    (host) => {
      expect(() => requirePublic(host)).toThrow(`${host} is not a public address`)
    },
  )
  it.each(['1.1.1.1', '[2606:4700::1111]', 'localhost', 'mail.nexa.example'])('is not, or no address: %s', (host) => {
    expect(() => requirePublic(host)).not.toThrow()
  })
})
