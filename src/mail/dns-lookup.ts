import { Resolver } from 'node:dns/promises'
import type { ServiceRecord } from '@/domain/mailbox/found-servers'

/** Answers of name servers: empty where there is no such record, null where nobody could say in time. */
export type DnsLookup = {
  /** The names of the servers that take email for a domain, the preferred first. "" is a server that takes none. */
  mx(domain: string): Promise<string[] | null>
  /** Each text as a whole, however it was cut. */
  txt(name: string): Promise<string[] | null>
  srv(name: string): Promise<ServiceRecord[] | null>
}

const NO_RECORDS = new Set(['ENODATA', 'ENOTFOUND'])

/** Asks the machine's name servers, or the given ones ("127.0.0.1:53"), for at most `timeoutMs` a question. */
export function createDnsLookup({
  timeoutMs = 5_000,
  servers,
}: {
  timeoutMs?: number
  servers?: string[]
} = {}): DnsLookup {
  const ask = async <T>(question: (resolver: Resolver) => Promise<T[]>): Promise<T[] | null> => {
    const resolver = new Resolver({ timeout: timeoutMs, tries: 1 })
    if (servers) resolver.setServers(servers)
    // Of several silent name servers each would get the whole time.
    const end = setTimeout(() => resolver.cancel(), timeoutMs)
    try {
      return await question(resolver)
    } catch (error) {
      return NO_RECORDS.has((error as NodeJS.ErrnoException).code ?? '') ? [] : null
    } finally {
      clearTimeout(end)
    }
  }
  return {
    mx: (domain) =>
      ask(async (resolver) =>
        (await resolver.resolveMx(domain)).sort((a, b) => a.priority - b.priority).map(({ exchange }) => exchange),
      ),
    txt: (name) => ask(async (resolver) => (await resolver.resolveTxt(name)).map((parts) => parts.join(''))),
    srv: (name) =>
      ask(async (resolver) =>
        (await resolver.resolveSrv(name)).map(({ name: host, port, priority, weight }) => ({
          host,
          port,
          priority,
          weight,
        })),
      ),
  }
}
