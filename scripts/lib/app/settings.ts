import { isQueueSchema, QUEUE_SCHEMA } from '../../../src/queue/queue-schema'
import { Problem } from '../problem'
import type { AppOptions } from './start-app'

/** Lock, embedded database and secrets of this installation, beside the code unless `DATA_DIR` names another folder. */
export const DATA_DIR = '.data'

/** The part of the environment the supervisor itself acts on; everything else passes through to its processes. */
export function readSettings(env: Record<string, string | undefined>): Omit<AppOptions, 'mode'> {
  // Windows of a shell leave variables set but empty; empty means absent.
  const value = (name: string) => env[name]?.trim() || undefined
  const port = Number(value('PORT') ?? 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Problem(`PORT is "${value('PORT')}"; a number from 1 to 65535 is needed. Nothing was started.`)
  }
  const encryptionKey = value('ENCRYPTION_KEY')
  if (encryptionKey && !/^[0-9a-f]{64}$/i.test(encryptionKey)) {
    throw new Problem(
      'ENCRYPTION_KEY is not of 64 hexadecimal digits. Nothing was started. Correct it, or leave it out.',
    )
  }
  const formerEncryptionKeys = value('FORMER_ENCRYPTION_KEYS')?.split(/[\s,]+/)
  if (formerEncryptionKeys?.some((key) => !/^[0-9a-f]{64}$/i.test(key))) {
    throw new Problem(
      'FORMER_ENCRYPTION_KEYS has a key that is not of 64 hexadecimal digits. Nothing was started. Correct it, or leave it out.',
    )
  }
  const queueSchema = value('PGBOSS_SCHEMA') ?? QUEUE_SCHEMA
  if (!isQueueSchema(queueSchema)) {
    throw new Problem(
      `PGBOSS_SCHEMA is "${queueSchema}"; a name in lower case such as leadnexconnect_jobs is needed. Nothing was started.`,
    )
  }
  const ownerCode = value('OWNER_CODE')
  if (ownerCode && ownerCode.length < 8) {
    throw new Problem('OWNER_CODE is shorter than 8 characters. Nothing was started. Lengthen it, or leave it out.')
  }
  const start = value('CLOCK_START')
  return {
    dataDir: value('DATA_DIR') ?? DATA_DIR,
    port,
    host: value('HOST'),
    ownerCode,
    appUrl: value('APP_URL'),
    databaseUrl: value('DATABASE_URL'),
    directUrl: value('DIRECT_DATABASE_URL'),
    replicaUrl: value('DATABASE_REPLICA_URL'),
    queueSchema,
    smtpUrl: value('SMTP_URL'),
    authSecret: value('AUTH_SECRET'),
    encryptionKey,
    formerEncryptionKeys,
    ...(start && { clock: { start, speed: Number(value('CLOCK_SPEED') ?? 1) } }),
  }
}
