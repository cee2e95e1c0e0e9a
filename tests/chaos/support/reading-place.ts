import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { createDatabase } from '@/db/client'
import type { Deps } from '@/deps'
import { answerOf, contactLeads, READ_AT } from '../../support/conversation/contacted-leads'
import { SAMPLE_MESSAGES } from '../../support/conversation/received'
import { createTestClock, depsOn } from '../../support/deps'
import { type Dovecot, startDovecot } from '../../support/mail-servers/dovecot'
import { type Delivery, deliverAll } from '../../support/mail-servers/dovecot-messages'
import { openPool } from '../../support/open-pool'
import { programOf } from '../../support/runs/programs'
import type { Random } from './random'
import type { Closers, OpenServer } from './stage'

/** A database with leads that were written to, and the mailbox at Dovecot's that their answers came to. */
export type ReadingPlace = { url: string; deps: Deps; pool: Pool; mailboxId: string; certificate: string }

/** Tables that a message's transaction writes to: it stands still behind such a write, where the run says so. */
export const STANDS = ['received_messages', 'leads', 'scheduled_emails', 'mailbox_folders'] as const
export type Stand = (typeof STANDS)[number]

/** So many messages share a transaction at most: what is armed stands within the one that passes that number, or in the next. */
export const TOGETHER = 25

// A transaction that the run has armed stands still for so long at most; the kill comes at once.
const PAUSE_SECONDS = 120

/** Dovecot with answers of every kind, one a lead; of a hundred so many lie there twice, and some were looked at by a person. */
export async function openFilledDovecot(
  { messages, twicePercent, random }: { messages: number; twicePercent: number; random: Random },
  closers: Closers,
): Promise<Dovecot> {
  const dovecot = await startDovecot({ sam: 'right' })
  closers.push(dovecot.close)
  const all = function* (): Generator<Delivery> {
    for (let n = 0; n < messages; n++) {
      const raw = answerOf(n, random.pick(SAMPLE_MESSAGES).name)
      const flags = random.pick([undefined, undefined, undefined, 'S', 'FRS', ''])
      yield { raw, flags }
      if (random.int(1, 100) > twicePercent) continue
      yield { raw: `Received: once more\r\n${raw}`, folder: random.pick(['Inbox', 'Junk']) }
    }
  }
  await deliverAll(dovecot, 'sam', { at: READ_AT, messages: all() })
  return dovecot
}

/** Leads, their emails and the reader of the mailbox, in a database of its own. */
export async function openReadingPlace(
  server: OpenServer,
  { dovecot, leads }: { dovecot: Dovecot; leads: number },
  closers: Closers,
): Promise<ReadingPlace> {
  const { url, close } = await server({ ownServer: false })
  closers.push(close)
  const database = createDatabase(url, { connections: 3 })
  closers.push(() => database.close())
  const pool = openPool(url, 2)
  closers.push(() => pool.end())
  const deps = depsOn(database, { port: 1 }, createTestClock(READ_AT.toISOString()))
  const { mailboxId } = await contactLeads(deps, { leads, port: dovecot.ports.imaps })
  await pool.query(`CREATE TABLE armed (place text, stored int);
    CREATE FUNCTION stand_still() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM armed WHERE place = TG_TABLE_NAME AND stored <= (SELECT count(*) FROM received_messages)) THEN
          PERFORM pg_sleep(${PAUSE_SECONDS});
        END IF;
        RETURN NULL;
      END $$;
    ${STANDS.map((table) => `CREATE TRIGGER stand_still AFTER INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION stand_still()`).join(';\n')}`)
  await pool.query('ANALYZE')
  return { url, deps, pool, mailboxId, certificate: dovecot.certificate.cert }
}

/** Processes that read a mailbox until nothing new is in it. */
export type Readers = { start(): Promise<ChildProcess> }

// So many are loaded ahead: that takes longer than what they are started for.
const SPARE = 3

/** Readers of a place, at most `count` of them. */
export function openReaders(
  { url, mailboxId, certificate }: ReadingPlace,
  { count }: { count: number },
  closers: Closers,
): Readers {
  const loaded: { reader: ChildProcess; ready: Promise<unknown> }[] = []
  let left = count
  const load = () => {
    if (left-- <= 0) return
    const { file, execArgv } = programOf('tests/chaos/support/reader-process.ts')
    const reader = fork(file, [url, mailboxId, READ_AT.toISOString()], {
      execArgv,
      env: { ...process.env, NODE_EXTRA_CA_CERTS: certificate },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    closers.push(() => reader.kill('SIGKILL'))
    const ready = Promise.race([once(reader, 'message'), once(reader, 'exit')])
    loaded.push({ reader, ready })
  }
  for (let n = 0; n < SPARE; n++) load()
  return {
    start: async () => {
      const next = loaded.shift()
      if (!next) throw new Error('There are no more readers')
      load()
      await next.ready
      if (isAlive(next.reader)) next.reader.send('read')
      return next.reader
    },
  }
}

/** Waits until the process has ended, and returns its code; null when a signal has ended it. */
export async function endOf(reader: ChildProcess): Promise<number | null> {
  if (isAlive(reader)) await once(reader, 'exit')
  return reader.exitCode
}

export const isAlive = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null

/** Reads all that is left. @throws {Error} when it could not */
export async function readToTheEnd(readers: Readers): Promise<void> {
  const code = await endOf(await readers.start())
  if (code !== 0) throw new Error(`The reader ended with ${code}`)
}

const LOOK_MS = 10
// Of a sleeping session whose process was killed the server hears only when it wakes.
const ASLEEP = `datname = current_database() AND wait_event = 'PgSleep'`

/** Lets a transaction that writes there stand still, once so many messages are stored. */
export const letStand = ({ pool }: ReadingPlace, place: Stand, stored: number) =>
  pool.query('INSERT INTO armed VALUES ($1, $2)', [place, stored])

// A worker that begins nothing in this time hangs.
const LONGEST_MS = 300_000

/** The application whose transaction stands still, once one does; null when the reader ends without. */
export async function untilStanding({ pool }: ReadingPlace, isOver: () => boolean): Promise<string | null> {
  for (const endBy = performance.now() + LONGEST_MS; ; ) {
    const { rows } = await pool.query<{ name: string }>(
      `SELECT application_name AS name FROM pg_stat_activity WHERE ${ASLEEP}`,
    )
    if (rows[0]) return rows[0].name
    if (isOver()) return null
    if (performance.now() > endBy) throw new Error('No transaction stood still')
    await sleep(LOOK_MS)
  }
}

/** Ends what the killed process has left standing. */
export async function clearStanding({ pool }: ReadingPlace): Promise<void> {
  // No TRUNCATE: it would wait for who stands there and has looked.
  await pool.query('DELETE FROM armed')
  for (;;) {
    const { rowCount } = await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${ASLEEP}`)
    if (!rowCount) return
    await sleep(LOOK_MS)
  }
}

/** Lines of the one that the other has not, as often as they are missing there. */
export function missingFrom(others: readonly string[], some: readonly string[]): string[] {
  const left = new Map<string, number>()
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1)
  return some.filter((line) => {
    const count = left.get(line) ?? 0
    left.set(line, count - 1)
    return count <= 0
  })
}

/** How many lines only one of both has. */
export const differences = (some: readonly string[], others: readonly string[]): number =>
  missingFrom(others, some).length + missingFrom(some, others).length
