import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { BlockList, isIP, isIPv6, type LookupFunction } from 'node:net'

// IANA special-purpose registries: loopback, private, link-local, shared, test, multicast and reserved ranges.
const NOT_PUBLIC = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  NOT_PUBLIC.addSubnet(net, bits, 'ipv4')
}
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  NOT_PUBLIC.addSubnet(net, bits, 'ipv6')
}

/** True for an IP address on the public internet. IPv4 inside IPv6 counts as the IPv4 address. */
export const isPublicAddress = (address: string): boolean =>
  !NOT_PUBLIC.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')

/**
 * Refuses a host that is an address and not public: for those no look-up is made, so that the one below never sees them.
 * @throws {Error} with `code` ENOTPUBLIC
 */
export function requirePublic(host: string): void {
  const address = host.replace(/^\[|\]$/g, '')
  if (isIP(address) !== 0 && !isPublicAddress(address)) throw refusal(host, 'is not a public address', 'ENOTPUBLIC')
}

/**
 * Resolves a name for a connection, and refuses when one of its addresses is not public. The connection goes to the
 * address checked here: the name is not resolved again.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  const all = (options as LookupOptions).all === true
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const hidden = addresses?.find(({ address }) => !isPublicAddress(address))
    const [first] = addresses ?? []
    if (error || !first) callback(error ?? refusal(hostname, 'has no address', 'ENOTFOUND'), '', 0)
    else if (hidden)
      callback(refusal(hostname, `leads to ${hidden.address}, which is not a public address`, 'ENOTPUBLIC'), '', 0)
    else if (all) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}

const refusal = (hostname: string, reason: string, code: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${hostname} ${reason}`), { code })
