import { describe, expect, it } from 'vitest'
import { clientAddress, countedAddress, trustedProxies } from '@/lib/client-address'

const from = (connection: string, forwardedFor?: string, trusted = '') =>
  clientAddress({ connection, forwardedFor }, trustedProxies.parse(trusted))

it('is that of the connection, whatever the client says of itself', () => {
  expect(from('198.51.100.7')).toBe('198.51.100.7')
  expect(from('198.51.100.7', '203.0.113.9')).toBe('198.51.100.7')
  expect(from('::ffff:198.51.100.7', '203.0.113.9, 127.0.0.1')).toBe('198.51.100.7')
  // Loopback is trusted no more than others before it is named.
  expect(from('127.0.0.1', '203.0.113.9')).toBe('127.0.0.1')
})

it('is what a trusted proxy says, and of what it passes on only the last', () => {
  expect(from('127.0.0.1', '203.0.113.9', '127.0.0.1')).toBe('203.0.113.9')
  expect(from('127.0.0.1', '192.0.2.1, 203.0.113.9', '127.0.0.1')).toBe('203.0.113.9')
  expect(from('::1', '192.0.2.1, 2001:db8::7', '127.0.0.1, ::1')).toBe('2001:db8::7')
})

it('goes through several trusted proxies to the first address that is none', () => {
  expect(from('10.1.2.3', '192.0.2.1, 203.0.113.9, ::ffff:10.9.9.9', '10.0.0.0/8')).toBe('203.0.113.9')
  expect(from('10.1.2.3', '10.4.4.4', '10.0.0.0/8')).toBe('10.4.4.4')
})

it('stops at what is no address', () => {
  expect(from('10.1.2.3', '203.0.113.9, unknown', '10.0.0.0/8')).toBe('10.1.2.3')
  expect(from('10.1.2.3', '', '10.0.0.0/8')).toBe('10.1.2.3')
})

it.each(['proxy.example', '10.0.0.0/33', '10.0.0/8', '::1/129', '127.0.0.1/x'])('refuses %s as a proxy', (entry) => {
  expect(trustedProxies.safeParse(`127.0.0.1, ${entry}`).error?.issues[0]?.message).toBe(
    `"${entry}" is neither an address nor a network`,
  )
})

describe('by what an address is counted', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:aaaa:bbbb:cccc:dddd', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', ''],
    ['unknown', 'unknown'],
  ])('is of %j %j', (address, counted) => {
    expect(countedAddress(address)).toBe(counted)
  })
})
