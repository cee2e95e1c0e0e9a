import dns, { type LookupOptions } from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import { isIP, type LookupFunction, Socket, type TcpSocketConnectOpts } from 'node:net'

const LOCAL = /^(127(\.\d+){3}|::1|localhost)$/i

// Names that a run lets lead somewhere: each look-up takes the next address, and the last one from then on.
const answers = new Map<string, string[]>()

/** Has a name lead to these addresses, one a look-up. */
export const answerWith = (name: string, addresses: readonly string[]) => void answers.set(name, [...addresses])

/** Addresses outside of this machine's loopback that this process wanted to connect to. */
export const wanted: string[] = []

/**
 * Keeps this process on loopback, whatever hosts a run makes up: a name that is not known here does not exist, and a connection
 * to any other address fails as if no way led there.
 */
export function stayOnLoopback(): void {
  dns.lookup = lookUpHere(dns.lookup as LookupFunction) as typeof dns.lookup
  dns.promises.Resolver.prototype.resolveMx = async (name: string) => Promise.reject(notFound(name))
  const { connect } = Socket.prototype
  Socket.prototype.connect = function (this: Socket, ...given: unknown[]) {
    const options = optionsOf(given)
    if (!options) return connect.apply(this, given as Parameters<typeof connect>)
    if (isIP(options.host ?? '') && !LOCAL.test(options.host ?? '')) {
      process.nextTick(() => this.destroy(away(options.host ?? '')))
      return this
    }
    const kept = { ...options, lookup: keptLocal(options.lookup ?? (dns.lookup as LookupFunction)) }
    const listener = given.flat().find((one) => typeof one === 'function') as (() => void) | undefined
    return (connect as (options: TcpSocketConnectOpts, listener?: () => void) => Socket).call(this, kept, listener)
  } as typeof connect
  // Whoever imported them by name gets these.
  syncBuiltinESMExports()
}

/** `connect(options)`, `connect(port, host)`, and the list of both that `net.connect` makes of its arguments. */
function optionsOf([first, second]: unknown[]): TcpSocketConnectOpts | null {
  const [one, host] = Array.isArray(first) ? first : [first, second]
  if (typeof one === 'object' && one !== null) return 'port' in one && !('path' in one && one.path) ? one : null
  return Number.isInteger(Number(one)) ? { port: Number(one), ...(typeof host === 'string' && { host }) } : null
}

const lookUpHere =
  (real: LookupFunction): LookupFunction =>
  (name, options, callback) => {
    const known = answers.get(name)
    const address = known && (known.length > 1 ? known.shift() : known[0])
    if (address) return void process.nextTick(() => tell(address, options, callback))
    if (isIP(name) || LOCAL.test(name)) return real(name, options, callback)
    // As the real one: nothing beside the error.
    process.nextTick(() => (callback as (error: Error) => void)(notFound(name)))
  }

function tell(address: string, options: LookupOptions, callback: Parameters<LookupFunction>[2]): void {
  const family = isIP(address)
  if (options.all) callback(null, [{ address, family }])
  else callback(null, address, family)
}

const keptLocal =
  (lookup: LookupFunction): LookupFunction =>
  (name, options, callback) =>
    lookup(name, options, (error, found, family) => {
      const addresses = error ? [] : Array.isArray(found) ? found.map(({ address }) => address) : [found]
      const elsewhere = addresses.find((address) => !LOCAL.test(address))
      callback(elsewhere === undefined ? error : away(elsewhere), found, family)
    })

const notFound = (name: string) =>
  Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo' })

function away(address: string) {
  wanted.push(address)
  return Object.assign(new Error(`connect ENETUNREACH ${address}`), { code: 'ENETUNREACH', syscall: 'connect' })
}
