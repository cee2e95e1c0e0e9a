import { Resolver } from 'node:dns/promises'

/** The names of the servers that take email for a domain, the preferred first; null when there was no answer in time. */
export type MxLookup = (domain: string) => Promise<string[] | null>

const NO_RECORDS = new Set(['ENODATA', 'ENOTFOUND'])

/** Asks the machine's name servers, or the given ones ("127.0.0.1:53"), for at most `timeoutMs`. Nothing else is asked. */
export function createMxLookup({
  timeoutMs = 5_000,
  servers,
}: {
  timeoutMs?: number
  servers?: string[]
} = {}): MxLookup {
  return async (domain) => {
    const resolver = new Resolver({ timeout: timeoutMs, tries: 1 })
    if (servers) resolver.setServers(servers)
    // Of several silent name servers each would get the whole time.
    const end = setTimeout(() => resolver.cancel(), timeoutMs)
    try {
      const records = await resolver.resolveMx(domain)
      return records
        .filter(({ exchange }) => exchange !== '')
        .sort((a, b) => a.priority - b.priority)
        .map(({ exchange }) => exchange)
    } catch (error) {
      return NO_RECORDS.has((error as NodeJS.ErrnoException).code ?? '') ? [] : null
    } finally {
      clearTimeout(end)
    }
  }
}
