// Ranges of IPv4 that nobody reaches from elsewhere: this machine, private networks, links, carriers, tests, multicast, reserved.
const PRIVATE_V4 =
  /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|192\.0\.[02]|198\.1[89]|198\.51\.100|203\.0\.113|22[4-9]|2[34]\d|25[0-5])\./
// The same of IPv6, as a URL writes them: without leading zeros.
const PRIVATE_V6 = /^\[(::|f[c-f][\da-f]{2}:|64:ff9b:|100::|2001:db8:|2002:)/
const MAPPED = /^\[::ffff:([\da-f]{1,4}):([\da-f]{1,4})\]$/
const LOCAL_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home|corp|private|home\.arpa|test|invalid)$/

/** Whether people anywhere can open the address: https, and a host that is neither this machine nor a private network's. */
export function isPublicHttps(address: string): boolean {
  const url = URL.parse(address)
  if (url?.protocol !== 'https:') return false
  const host = hostOf(url)
  if (host.startsWith('[')) return !PRIVATE_V6.test(host)
  // A name may begin like an address.
  if (/^[\d.]+$/.test(host)) return !PRIVATE_V4.test(host)
  return host.includes('.') && !LOCAL_NAME.test(host)
}

/** The host without the dot that may end a name; IPv4 within IPv6 as IPv4. */
function hostOf({ hostname }: URL): string {
  const [, high, low] = MAPPED.exec(hostname) ?? []
  if (high === undefined || low === undefined) return hostname.replace(/\.$/, '')
  const parts = [high, low].map((part) => Number.parseInt(part, 16))
  return parts.flatMap((part) => [part >> 8, part & 255]).join('.')
}

/** Whether the address leads to this machine alone. */
export function isLoopback(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && /^(127\.[\d.]+|0\.0\.0\.0|\[::1?\]|(.+\.)?localhost)$/.test(hostOf(url))
}
