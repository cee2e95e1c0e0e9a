import { createEnv } from '@t3-oss/env-nextjs'
import { z } from 'zod'
import { CONNECTIONS } from './db/connection-counts'
import { SHORTEST_PASSPHRASE } from './domain/backup/secrets'
import type { LeadSourceName } from './domain/lead-generation/criteria'
import type { OauthClient, OauthProvider } from './domain/mailbox/oauth'
import { oauthAuthority, oauthTenant } from './domain/mailbox/oauth-input'
import { trustedProxies } from './lib/client-address'
import { SHORTEST_SCRAPE_TOKEN } from './lib/scrape-token'
import { isQueueSchema, QUEUE_SCHEMA } from './queue/queue-schema'

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

/**
 * Address of a lead source in place of its vendor's. A key travels with each request: encrypted, or on this machine.
 */
const baseUrl = z
  .url({ protocol: /^https?$/ })
  .refine((value) => value.startsWith('https:') || LOOPBACK.has(URL.parse(value)?.hostname ?? ''), 'must be https')
  .optional()
const apiKey = z.string().trim().min(1).optional()
const clientId = z.string().trim().min(1).max(300).optional()
const clientSecret = z.string().trim().min(1).max(500).optional()

const NEEDS_CLIENT_ID = {
  MICROSOFT_CLIENT_ID: ['MICROSOFT_CLIENT_SECRET', 'MICROSOFT_TENANT', 'MICROSOFT_AUTHORITY'],
  GOOGLE_CLIENT_ID: ['GOOGLE_CLIENT_SECRET'],
} as const

/**
 * The only reader of `process.env` in `src`. A missing or malformed variable ends the process with its name and
 * what was expected. `next build` runs without an environment, so nothing is validated then.
 */
export const env = createEnv({
  server: {
    /** Folder of what this machine keeps beside the database: files on their way to an import. Set by `npm start`. */
    DATA_DIR: z.string().default('.data'),
    /** PostgreSQL 18 or newer. `npm start` sets it to the embedded server when it is absent. */
    DATABASE_URL: z.url(),
    /** PostgreSQL itself, where DATABASE_URL leads to a pooler that lends sessions by transaction: for workers and migrations. */
    DIRECT_DATABASE_URL: z.url().optional(),
    /** A standby of the same database that answers lists and results of the web app, while it is less than 10 s behind. */
    DATABASE_REPLICA_URL: z.url().optional(),
    /** Connections to PostgreSQL of one process at most, beside the few of its queue; few make it slower, never wrong. */
    WEB_CONNECTIONS: z.coerce.number().int().min(2).max(500).default(CONNECTIONS.web),
    /** At least two for each of the four mailboxes that a worker serves at a time, and two for all else. */
    WORKER_CONNECTIONS: z.coerce.number().int().min(10).max(500).default(CONNECTIONS.worker),
    /** The job queue's tables; another name where `pgboss` belongs to another program. The same for every process. */
    PGBOSS_SCHEMA: z.string().refine(isQueueSchema, 'must be a name such as leadnexconnect_jobs').default(QUEUE_SCHEMA),
    /** Where mailboxes of kind `environment` deliver. `npm start` sets it to the sandbox inbox when it is absent. */
    SMTP_URL: z.url(),
    /** Mailboxes in the settings may have a server on this machine or in its network. `SMTP_URL` always may. */
    ALLOW_PRIVATE_MAIL_HOSTS: z.stringbool().default(false),
    /** Name servers to ask for records of domains, such as "9.9.9.9,1.1.1.1:53"; those of the machine when absent. */
    DNS_SERVERS: z
      .string()
      .transform((typed) => typed.split(',').map((server) => server.trim()))
      .pipe(
        z.array(
          z.string().regex(/^(?:[\d.]+|\[[\da-f:]+\])(?::\d{1,5})?$/i, 'must be addresses, with a port or without'),
        ),
      )
      .optional(),
    /** Mailboxes at most whose servers report new messages to one worker at once (IMAP IDLE), the busiest; all are polled anyway. */
    IDLE_CONNECTIONS: z.coerce.number().int().min(0).max(10_000).default(100),
    /** Set by `npm start`: mail stays on this machine. */
    SANDBOX_INBOX: z.stringbool().default(false),
    /** Used where the settings hold no key of the source. */
    APOLLO_API_KEY: apiKey,
    GOOGLE_PLACES_API_KEY: apiKey,
    HUNTER_API_KEY: apiKey,
    APOLLO_BASE_URL: baseUrl,
    GOOGLE_PLACES_BASE_URL: baseUrl,
    HUNTER_BASE_URL: baseUrl,
    /** Set by `npm start -- --sample-sources`: the three above lead to made-up data on this machine. */
    SAMPLE_SOURCES: z.stringbool().default(false),
    /** This installation as Microsoft and Google know it, so that mailboxes sign in on their pages; before what the settings hold. */
    MICROSOFT_CLIENT_ID: clientId,
    MICROSOFT_CLIENT_SECRET: clientSecret,
    /** The organisation whose accounts may sign in; any when absent. */
    MICROSOFT_TENANT: oauthTenant.optional(),
    /** Address of a sovereign cloud; the public one when absent. */
    MICROSOFT_AUTHORITY: oauthAuthority.optional(),
    GOOGLE_CLIENT_ID: clientId,
    GOOGLE_CLIENT_SECRET: clientSecret,
    /** Folder in which a worker makes a backup every day and keeps 7 of days, 4 of weeks and 12 of months; none when absent. */
    BACKUP_DIRECTORY: z.string().trim().min(1).optional(),
    /** Seals the keys in these backups; without it nobody can open them. */
    BACKUP_PASSPHRASE: z.string().min(SHORTEST_PASSPHRASE).optional(),
    PORT: z.coerce.number().int().min(1).max(65535).default(3000),
    /** The address to listen on: this machine alone, unless it says otherwise. */
    HOST: z.string().default('127.0.0.1'),
    /** Proxies that say in `X-Forwarded-For` whom they ask for. Nobody else is believed. */
    TRUSTED_PROXIES: trustedProxies,
    /** What the first sign-up must give. `npm start` makes one and prints it. Without, nobody can become the owner. */
    OWNER_CODE: z.string().trim().min(8).optional(),
    APP_URL: z.url(),
    AUTH_SECRET: z.string().min(32),
    /** 32 bytes, hexadecimal: protects stored credentials and the key of unsubscribe links. */
    ENCRYPTION_KEY: z.string().regex(/^[0-9a-f]{64}$/i),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    /** Opens the figures of this process (`/api/metrics`) to whoever sends it. Without, they are given to nobody. */
    METRICS_TOKEN: z.string().min(SHORTEST_SCRAPE_TOKEN).optional(),
    /** Where a worker gives out its figures; without a port it does not listen. The web process has its own. */
    METRICS_PORT: z.coerce.number().int().min(1).max(65535).optional(),
    METRICS_HOST: z.string().default('127.0.0.1'),
    /** The collector that traces are sent to (OTLP over HTTP), such as http://127.0.0.1:4318; without, nothing is traced nor loaded for it. */
    OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
    /** Share of traces that are kept. */
    OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
    /** Simulated time for demos and tests: where it starts, and simulated seconds per real second. */
    CLOCK_START: z.iso.datetime({ offset: true }).optional(),
    CLOCK_SPEED: z.coerce.number().positive().max(100_000).default(1),
    /**
     * For tests of freezing workers alone: the deadline of an SMTP transaction, from which the lease and the time at the send
     * gate follow (`use-cases/delivery/lease.ts`), so that one can't be shortened without the other. Slow servers need the default.
     */
    SMTP_DEADLINE_SECONDS: z.coerce.number().min(1).max(120).default(120),
    NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
  },
  client: {},
  // A secret without its id would say nothing to anybody, and be missed only when somebody signs in.
  createFinalSchema: (shape) =>
    z.object(shape).superRefine((read, { addIssue }) => {
      for (const [id, others] of Object.entries(NEEDS_CLIENT_ID)) {
        const alone = others.find((name) => read[name] !== undefined)
        if (alone && read[id as keyof typeof NEEDS_CLIENT_ID] === undefined)
          addIssue({ code: 'custom', path: [id], message: `must be set, since ${alone} is` })
      }
      if (read.BACKUP_DIRECTORY && !read.BACKUP_PASSPHRASE)
        addIssue({ code: 'custom', path: ['BACKUP_PASSPHRASE'], message: 'must be set, since BACKUP_DIRECTORY is' })
    }),
  experimental__runtimeEnv: {},
  emptyStringAsUndefined: true,
  skipValidation: process.env.NEXT_PHASE === 'phase-production-build',
})

type Clients = Partial<Record<OauthProvider, OauthClient>>

/** The clients that the environment names, each whole: nothing of one is taken from the settings. */
export function oauthEnv(): Clients {
  const clients: Clients = {}
  const microsoft = env.MICROSOFT_CLIENT_ID
  const google = env.GOOGLE_CLIENT_ID
  if (microsoft)
    clients.microsoft = {
      provider: 'microsoft',
      clientId: microsoft,
      secret: env.MICROSOFT_CLIENT_SECRET ?? null,
      tenant: env.MICROSOFT_TENANT ?? null,
      authority: env.MICROSOFT_AUTHORITY ?? null,
    }
  if (google)
    clients.google = {
      ...{ provider: 'google', clientId: google, secret: env.GOOGLE_CLIENT_SECRET ?? null },
      ...{ tenant: null, authority: null },
    }
  return clients
}

type BySource = Partial<Record<LeadSourceName, string>>

/** Keys and addresses of lead sources from the environment, by source. */
export function leadSourceEnv(): { keys: BySource; baseUrls: BySource; sample: boolean } {
  return {
    keys: { apollo: env.APOLLO_API_KEY, google_places: env.GOOGLE_PLACES_API_KEY, hunter: env.HUNTER_API_KEY },
    baseUrls: { apollo: env.APOLLO_BASE_URL, google_places: env.GOOGLE_PLACES_BASE_URL, hunter: env.HUNTER_BASE_URL },
    sample: env.SAMPLE_SOURCES,
  }
}
