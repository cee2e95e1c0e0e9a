import type { LookupFunction } from 'node:net'
import { Parser } from 'htmlparser2'
import { Agent, request } from 'undici'
import { isHostName, type NamedServers } from '@/domain/mailbox/found-servers'
import type { MailServer } from '@/domain/mailbox/presets/preset'
import { publicLookup, requirePublic } from '@/lib/public-lookup'

// Theirs are a few kilobytes.
const MOST_BYTES = 64 * 1024

export type AutoconfigOptions = {
  /** From the request to the last byte. */
  timeoutMs?: number
  /** Resolves the names of the servers asked; absent: to public addresses only. */
  lookup?: LookupFunction
  port?: number
}

/** Servers as an address of Mozilla's autoconfig names them; null where there is none, or nothing that can be read. */
export type Autoconfig = (url: URL, address: string) => Promise<NamedServers | null>

/** Where the domain itself may publish its servers, in order. The address goes to servers of its own domain alone. */
export function ownAutoconfigUrls(domain: string, address: string): URL[] {
  const urls = [
    `https://autoconfig.${domain}/mail/config-v1.1.xml`,
    `https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml`,
  ]
  return urls.map((text) => {
    const url = new URL(text)
    url.searchParams.set('emailaddress', address)
    return url
  })
}

/** Mozilla's list of providers; it is asked for the domain alone. */
export const providerListUrl = (domain: string): URL => new URL(`https://autoconfig.thunderbird.net/v1.1/${domain}`)

/**
 * Asks over https, without redirects, and connects to an address that was looked at before: none leads into this machine's
 * own network.
 */
export function createAutoconfig({
  timeoutMs = 5_000,
  lookup = publicLookup,
  port,
}: AutoconfigOptions = {}): Autoconfig {
  return async (url, address) => {
    const target = new URL(url)
    if (port !== undefined) target.port = String(port)
    const agent = new Agent({ connect: { lookup, timeout: timeoutMs } })
    try {
      // Nobody looks an address up that needs no looking up.
      requirePublic(target.hostname)
      const { statusCode, body } = await request(target, { dispatcher: agent, signal: AbortSignal.timeout(timeoutMs) })
      if (statusCode !== 200) return null
      const parts: Buffer[] = []
      let bytes = 0
      for await (const part of body as AsyncIterable<Buffer>) {
        bytes += part.length
        if (bytes > MOST_BYTES) return null
        parts.push(part)
      }
      return serversOf(Buffer.concat(parts).toString('utf8'), address)
    } catch {
      // A name that does not exist, a server that says nothing, a certificate that is not its own: it publishes nothing.
      return null
    } finally {
      await agent.destroy()
    }
  }
}

type Entry = { kind: 'smtp' | 'imap'; fields: Map<string, string> }

/** Servers that a configuration names, those with encryption alone; null where it names none. */
export function serversOf(xml: string, address: string): NamedServers | null {
  const entries = entriesOf(xml)
  const first = (kind: Entry['kind']) => {
    for (const { kind: its, fields } of entries) {
      const server = its === kind ? serverIn(fields, address) : null
      if (server) return { server, user: filled(fields.get('username') ?? '', address) || null }
    }
    return null
  }
  const [smtp, imap] = [first('smtp'), first('imap')]
  if (!smtp && !imap) return null
  return { smtp: smtp?.server ?? null, imap: imap?.server ?? null, user: smtp?.user ?? imap?.user ?? null }
}

function entriesOf(xml: string): Entry[] {
  const entries: Entry[] = []
  let entry: Entry | null = null
  let field = ''
  const parser = new Parser(
    {
      onopentag: (name, { type = '' }) => {
        field = name.toLowerCase()
        const isServer = field === 'incomingserver' || field === 'outgoingserver'
        if (isServer) entry = type === 'smtp' || type === 'imap' ? { kind: type, fields: new Map() } : null
      },
      ontext: (text) => {
        if (entry && field) entry.fields.set(field, `${entry.fields.get(field) ?? ''}${text}`)
      },
      onclosetag: (name) => {
        field = ''
        if (!/^(?:incoming|outgoing)server$/i.test(name)) return
        if (entry) entries.push(entry)
        entry = null
      },
    },
    { xmlMode: true },
  )
  parser.end(xml)
  return entries
}

const SECURITY: Readonly<Record<string, MailServer['security']>> = { SSL: 'tls', STARTTLS: 'starttls' }

function serverIn(fields: ReadonlyMap<string, string>, address: string): MailServer | null {
  const host = filled(fields.get('hostname') ?? '', address).toLowerCase()
  const port = Number(fields.get('port')?.trim())
  // No password leaves unencrypted.
  const security = SECURITY[fields.get('sockettype')?.trim().toUpperCase() ?? '']
  return security && isHostName(host) && Number.isInteger(port) && port > 0 && port < 65_536
    ? { host, port, security }
    : null
}

/** The value with the parts of the address in place of what stands for them. */
function filled(value: string, address: string): string {
  const at = address.lastIndexOf('@')
  return value
    .trim()
    .replaceAll('%EMAILADDRESS%', address)
    .replaceAll('%EMAILLOCALPART%', address.slice(0, at))
    .replaceAll('%EMAILDOMAIN%', address.slice(at + 1))
}
