import type { Clock } from './clock'
import type { Uploads } from './csv/uploads'
import type { Models } from './db/client'
import type { Replica, Unfit } from './db/replica'
import type { SqlPool } from './db/sql'
import type { BackedUpSecrets } from './domain/backup/secrets'
import type { LeadSourceName } from './domain/lead-generation/criteria'
import type { OauthClient, OauthProvider } from './domain/mailbox/oauth'
import type { LeadSourceApis } from './lead-sources/types'
import type { Logger } from './log'
import type { Mailer } from './mail/mailer'
import type { Queue } from './queue/jobs'

/** Dependencies of use cases. Built once a process by `build-deps.ts`; tests build their own. */
export type Deps = {
  /** Plain reads, and writes of single rows, outside of transactions. */
  db: Models
  /** The door to the database: statements, locks, transactions. */
  sql: SqlPool
  clock: Clock
  /** Chance in [0, 1), for what is spread: retries, and the gaps of a mailbox. */
  random: () => number
  log: Logger
  queue: Queue
  mailer: Mailer
  /** The lead sources' APIs; `use-cases/lead-sources/open-lead-source.ts` opens those that are switched on, with their keys. */
  leadSources: LeadSourceApis
  /** Files on their way to an import. */
  uploads: Uploads
  config: Config
  /** A standby for what may be a little old; absent: the primary is asked for everything. */
  replica?: Replica | undefined
  /** What `db` and `sql` show is as old as this: they lead to a replica that is behind. Absent: it is as it is now. */
  asOf?: Date | undefined
  /** What is counted and timed of this process; absent: nobody asks for it. */
  measures?: Measures | undefined
}

/** Counts and times of what a process does, for whoever watches it. */
export type Measures = {
  /** A mailbox is served from here on: what it has not done yet counts as none, so that the first of each is seen. */
  mailboxServed(mailboxId: string): void
  /** So many emails of a mailbox came to one of these ends, or into doubt. */
  emailsRecorded(mailboxId: string, status: 'sent' | 'failed' | 'held', emails?: number): void
  /** Seconds of the statement that marks emails `sending`. */
  claimTook(seconds: number): void
  /** Seconds of the statement that records results. */
  recordTook(seconds: number): void
  /** Seconds from the beginning of an SMTP transaction to the server's answer to its message. */
  serverAnswered(seconds: number): void
  /** A list that a replica may answer was answered by it, or by the primary: for why. */
  listAnswered(by: 'replica' | 'own_change' | Unfit): void
  /** All of it, in the words of Prometheus. */
  text(): Promise<string>
}

export type Config = {
  appUrl: string
  /** 32 bytes, hexadecimal. */
  encryptionKey: string
  /** Signs unsubscribe links and hashes addresses; 32 bytes, hexadecimal. Stays when the encryption key changes. */
  consentKey: string
  /** Where mailboxes of kind `environment` deliver. */
  smtpUrl: string
  sandbox: boolean
  /** Where the job queue's tables are. */
  queueSchema: string
  /** Mailboxes may have a server on this machine or in its network. */
  allowPrivateMailHosts: boolean
  /** Name servers that are asked for records of domains ("192.0.2.1:53"); absent: the machine's. */
  dnsServers?: string[] | undefined
  /** Clients from the environment, each whole, before those in the settings. */
  oauthClients: Partial<Record<OauthProvider, OauthClient>>
  /** Where a backup is made every day, and what seals the keys in it; absent: none is. */
  backups?: { directory: string; passphrase: string; secrets: BackedUpSecrets } | undefined
  leadSources: {
    /** From the environment; keys in the settings come first. */
    keys: Partial<Record<LeadSourceName, string>>
    /** The sources are sample data on this machine. */
    sample: boolean
  }
}
