import { chmodSync } from 'node:fs'
import { expect } from 'vitest'
import { mailboxInput } from '@/domain/mailbox/mailbox-input'
import { encrypt } from '@/lib/encryption'
import { startBoss } from '@/queue/boss'
import { JOB } from '@/queue/jobs'
import { createMailbox } from '@/use-cases/mailboxes/save-mailbox'
import type { Engine } from '../engine'
import { runSql } from './role'

/** Chapter, what is wrong, and what puts it right. */
export type ToldFault = [chapter: string, says: string, fix: string | undefined]

/** Another key than that of the installation. */
const OTHER = 'fedcba9876543210'.repeat(4)

// What a machine needs whose clock is a minute and a half ahead.
export const CLOCK_AHEAD = {
  NODE_OPTIONS: '--import=data:text/javascript,const/**/now=Date.now;Date.now=()=>now()+90000',
}

/**
 * Spoils a sound installation with a campaign "Spring", in every chapter of the doctor but the disk, and returns what it has to say
 * of that to a process of `CLOCK_AHEAD`, in its order. `secretsPath`: the file of the keys.
 */
export async function plantFaults(engine: Engine, secretsPath: string): Promise<ToldFault[]> {
  const told = {
    jobs: await plantJobs(engine),
    mailboxes: await plantMailboxes(engine),
    keys: await plantKeys(engine, secretsPath),
    times: await plantTimes(engine),
    // The last: nothing is written afterwards.
    database: await plantDatabase(engine),
  }
  const { workers, failing } = told.jobs
  const { unopened, stopped, domains } = told.mailboxes
  const { links, sources, file } = told.keys
  const keys = [links, unopened, sources, file]
  return [
    ...told.database,
    ...keys,
    ...told.times.clock,
    ...stopped,
    ...domains,
    workers,
    ...failing,
    ...told.times.ledger,
  ]
}

async function plantDatabase({ url }: Engine): Promise<ToldFault[]> {
  const { pathname, port, host } = new URL(url)
  const name = pathname.slice(1)
  const psql = (user: string, statement: string) =>
    `psql -h 127.0.0.1 -p ${port} -U ${user} -d ${name} -c '${statement}'`
  await runSql(
    url,
    `DELETE FROM _prisma_migrations WHERE migration_name LIKE '0008%'`,
    'ALTER TABLE leads DISABLE TRIGGER USER',
    `UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'idx_emails_lead_sent_at'::regclass`,
    `UPDATE installations SET public_address = 'https://nexa.example'`,
    `ALTER DATABASE ${name} CONNECTION LIMIT 20`,
    `ALTER DATABASE ${name} SET default_transaction_read_only = on`,
  )
  return [
    [
      'database',
      `The database of DATABASE_URL (${host}/${name}) takes no changes: default_transaction_read_only is on.`,
      `Turn it off: ${psql('postgres', `ALTER DATABASE ${name} RESET default_transaction_read_only`)}.`,
    ],
    [
      'connections',
      'The app and one worker take up to 58 connections, and this database allows 20.',
      `${psql('postgres', `ALTER DATABASE ${name} CONNECTION LIMIT -1`)}, or take fewer: WEB_CONNECTIONS (10 now), WORKER_CONNECTIONS (30 now).`,
    ],
    [
      'migrations',
      'The database is of an older version than this folder: 0008_mailbox_tested_at missing.',
      'Run "npm run db:migrate" with the same DATABASE_URL.',
    ],
    [
      'tables',
      'The index idx_emails_lead_sent_at was never finished, so it is kept and not used.',
      `Build it anew: ${psql('leadnexconnect', 'REINDEX INDEX CONCURRENTLY idx_emails_lead_sent_at')}.`,
    ],
    [
      'tables',
      'Triggers of leads are switched off, as by a restore that was cut off: counts and references go wrong.',
      `Switch them on: ${psql('postgres', 'ALTER TABLE leads ENABLE TRIGGER ALL')}.`,
    ],
    ['installation', expect.stringContaining('Set APP_URL=https://nexa.example.'), undefined],
  ]
}

const FORMER = 'Start with the ENCRYPTION_KEY that it was stored with'

async function plantKeys(
  { url }: Engine,
  secretsPath: string,
): Promise<Record<'links' | 'sources' | 'file', ToldFault>> {
  const sealed = encrypt(OTHER, OTHER, 'sealed_keys/consent/sealed')
  const key = encrypt(OTHER, 'key', 'lead_sources/apollo/api_key')
  await runSql(
    url,
    `UPDATE sealed_keys SET sealed = '${sealed}'`,
    `INSERT INTO lead_sources (source, api_key_encrypted) VALUES ('apollo', '${key}')`,
  )
  chmodSync(secretsPath, 0o644)
  return {
    links: [
      'keys',
      'The key of unsubscribe links cannot be read with this ENCRYPTION_KEY, so no process starts.',
      `${FORMER}: that installation's environment has it, or its .data/secrets.json.`,
    ],
    sources: [
      'keys',
      'The stored key of the lead source apollo cannot be read with this ENCRYPTION_KEY.',
      `${FORMER}, or enter the key again under Settings, Lead sources.`,
    ],
    file: ['keys', '.data/secrets.json can be read by others on this machine.', 'chmod 600 .data/secrets.json'],
  }
}

/** A mailbox whose server has refused it, and one that came without its key and is not read. */
async function plantMailboxes({ url, deps }: Engine) {
  const create = async (name: string) => {
    const own = { fromName: 'Sam', fromEmail: `${name}@nexa.example`, smtpHost: 'mail.nexa.example' }
    return (await createMailbox(deps, mailboxInput.parse({ name, ...own, smtpPassword: 'pass-word' }))).id
  }
  const [refused, foreign] = [await create('refused'), await create('foreign')]
  const sealed = encrypt(OTHER, 'pass-word', `mailboxes/${foreign}/smtp_password`)
  await runSql(
    url,
    `UPDATE mailboxes SET health = 'stopped', health_reason = 'The server refused the login.' WHERE id = '${refused}'`,
    `UPDATE mailboxes SET tested_at = now(), smtp_password_encrypted = '${sealed}' WHERE id = '${foreign}'`,
    `INSERT INTO mailbox_readers (mailbox_id, imap_host, imap_port, last_read_at)
     VALUES ('${foreign}', 'mail.nexa.example', 993, now() - interval '50 minutes 10 seconds')`,
    `INSERT INTO mailbox_checks (mailbox_id, name, outcome, message, details, checked_at) VALUES ('${refused}', 'spf', 'missing',
     'There is no SPF record.', '{"copy": {"host": "nexa.example", "type": "TXT", "value": "v=spf1 mx ~all"}}', now())`,
  )
  const unopened: ToldFault = [
    'keys',
    'A stored password of the mailbox “foreign” cannot be read with this ENCRYPTION_KEY.',
    `${FORMER}, or enter the password again under Settings, Mailboxes.`,
  ]
  const stopped: ToldFault[] = [
    [
      'mailboxes',
      '“refused”: The server refused the login.',
      'Fix its settings, then test it, under Settings, Mailboxes.',
    ],
    [
      'mailboxes',
      '“foreign”: It was not read for 50 minutes, so answers are not known and follow-ups wait.',
      'See that a worker is at work. Test it under Settings, Mailboxes.',
    ],
  ]
  const domains: ToldFault[] = [
    ['domains', 'nexa.example: There is no SPF record.', 'In its DNS: nexa.example TXT "v=spf1 mx ~all".'],
  ]
  return { unopened, stopped, domains }
}

/** Nobody at work, a job that fails, and one that nobody begins. */
async function plantJobs({ url, deps }: Engine): Promise<{ workers: ToldFault; failing: ToldFault[] }> {
  const boss = await startBoss({ databaseUrl: url, log: deps.log, role: 'web' })
  for (const queue of [JOB.sendMailbox, JOB.tick]) await boss.createQueue(queue, { policy: 'stately', retryLimit: 0 })
  const id = await boss.send(JOB.sendMailbox, {}, { singletonKey: 'one' })
  await boss.fetch(JOB.sendMailbox)
  await boss.fail(JOB.sendMailbox, id ?? '', new Error('no such mailbox'))
  await boss.send(JOB.tick, {})
  await boss.stop({ graceful: false })
  await runSql(url, `UPDATE pgboss.job SET start_after = '2026-03-02T09:00:00Z' WHERE state = 'created'`)
  return {
    workers: [
      'workers',
      'None is at work: nothing is sent, read or planned.',
      'Start the app (npm start), or a worker alone (npm run worker); its last lines say why it had ended.',
    ],
    failing: [
      [
        'jobs',
        'send-mailbox fails: no such mailbox',
        'It is tried again by itself. Should it go on failing, the log of the worker has the whole error.',
      ],
      [
        'jobs',
        'A job waits since 2026-03-02T09:00:00.000Z, and nobody begins it.',
        'Start a worker (npm run worker), or one more: each serves four mailboxes at a time.',
      ],
    ],
  }
}

/** A campaign of a time to come, with sent emails that it has not. */
async function plantTimes({ url }: Engine): Promise<Record<'clock' | 'ledger', ToldFault[]>> {
  await runSql(
    url,
    `UPDATE campaigns SET updated_at = '2099-01-01T00:00:00Z', emails_sent_count = emails_sent_count + 2`,
  )
  return {
    clock: [
      [
        'clock',
        'The clock of this machine is 90 s ahead of that of the database, so codes of second factors and sign-ins at providers fail.',
        'Let both be set by the network: timedatectl set-ntp true.',
      ],
      ['clock', expect.stringMatching(/before the last entry of this database\. Check the clock of the/), undefined],
    ],
    ledger: [
      [
        'ledger',
        '“Spring” counts otherwise than its emails are: 2 sent too many.',
        'Count anew: docs/operations.md, "When the numbers of a campaign are wrong".',
      ],
    ],
  }
}
