// IPv4 of this machine, of private networks and of links; IPv6 of the same.
const PRIVATE =
  /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.|^\[(::|f[cd]|fe[89ab])/
const LOCAL_NAME = /(^|\.)(localhost|local|internal|lan|home\.arpa)$/

/** Whether people anywhere can open the address: https, and a host that is neither this machine nor a private network's. */
export function isPublicHttps(address: string): boolean {
  const url = URL.parse(address)
  if (url?.protocol !== 'https:') return false
  const host = url.hostname.replace(/\.$/, '')
  if (host.startsWith('[')) return !PRIVATE.test(host)
  // A name may begin like an address.
  if (/^[\d.]+$/.test(host)) return !PRIVATE.test(host)
  return host.includes('.') && !LOCAL_NAME.test(host)
}

/** Whether the address leads to this machine alone. */
export function isLoopback(address: string): boolean {
  const host = URL.parse(address)?.hostname.replace(/\.$/, '')
  return (
    host !== undefined &&
    /^(127\.[\d.]+|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[\da-f]{2}:[\da-f]+\]|(.+\.)?localhost)$/.test(host)
  )
}
