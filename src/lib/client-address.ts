import { BlockList, isIP, isIPv6 } from 'node:net'
import { z } from 'zod'

/** Those who may say on whose behalf they ask: addresses and networks, as in `127.0.0.1, 10.0.0.0/8`. */
export const trustedProxies = z
  .string()
  .default('')
  .transform((list, context) => {
    const known = new BlockList()
    for (const entry of list.split(/[\s,]+/).filter(Boolean)) {
      const [address = '', bits] = entry.split('/')
      const family = isIPv6(address) ? 'ipv6' : 'ipv4'
      const longest = family === 'ipv6' ? 128 : 32
      const prefix = bits === undefined ? longest : Number(bits)
      if (isIP(address) === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > longest) {
        context.addIssue({ code: 'custom', message: `"${entry}" is neither an address nor a network` })
        return z.NEVER
      }
      known.addSubnet(address, prefix, family)
    }
    return known
  })

/**
 * The address that a request comes from: that of the connection. Where a trusted proxy made it, the last one in
 * `X-Forwarded-For` that no trusted proxy has; what stands before it, anybody may have written.
 */
export function clientAddress(
  { connection, forwardedFor }: { connection: string | undefined; forwardedFor: string | undefined },
  trusted: BlockList,
): string {
  let nearest = plain(connection ?? '')
  for (const hop of (forwardedFor ?? '').split(',').reverse().map(plain)) {
    if (!isTrusted(nearest, trusted) || isIP(hop) === 0) break
    nearest = hop
  }
  return nearest
}

/**
 * By what an address is counted: all that one holder has. Of IPv6 that is a network of 64 bits, whose every address they may take;
 * of IPv4 the address itself, and what is no address as it is.
 */
export function countedAddress(address: string): string {
  const hosts = plain(address).replace(/%.*$/, '')
  if (!isIPv6(hosts)) return hosts
  const [before = [], after = []] = new URL(`http://[${hosts}]`).hostname
    .slice(1, -1)
    .split('::')
    .map((part) => part.split(':').filter(Boolean))
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after]
  return `${groups.slice(0, 4).join(':')}::/64`
}

/** IPv4 within IPv6 as IPv4. */
const plain = (address: string) => address.trim().replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')

const isTrusted = (address: string, trusted: BlockList) =>
  isIP(address) !== 0 && trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')
