import { Gauge, Registry } from 'prom-client'
import { selectBackupState } from '@/db/queries/maintenance/backup-state'
import { countJobsByQueue } from '@/db/queries/maintenance/figures/count-jobs-by-queue'
import { countLiveEmails } from '@/db/queries/maintenance/figures/count-live-emails'
import { DUE_COUNTED_AT_MOST, measureDueEmails } from '@/db/queries/maintenance/figures/measure-due-emails'
import { measureImbalance } from '@/db/queries/maintenance/figures/measure-imbalance'
import { measureImports } from '@/db/queries/maintenance/figures/measure-imports'
import { measureRuns } from '@/db/queries/maintenance/figures/measure-runs'
import { selectMailboxFigures } from '@/db/queries/maintenance/figures/select-mailbox-figures'
import type { Deps } from '@/deps'
import { isFailingNow } from '@/domain/backup/keep'
import { EMAIL_STATUSES } from '@/domain/campaign/progress'
import { shareAnswer } from '@/lib/shared-answer'
import { countWorkers } from './get-health'

type Labels = Record<string, string>
type Value = { labels?: Labels; value: number }
type Figure = { name: string; help: string; values: Value[] }
type Watched = Pick<Deps, 'db' | 'sql' | 'clock' | 'log' | 'config'>

/** How long figures are kept, from the beginning of the look: scraping more often costs nothing, and says nothing more. */
export const FIGURES_KEPT_MS = 5_000

const figure = (name: string, help: string, ...values: Value[]): Figure => ({ name: `leadnex_${name}`, help, values })
const gauge = (name: string, help: string, value: number | null) =>
  figure(name, help, ...(value === null ? [] : [{ value }]))
const secondsSince = (at: Date | null, now: Date) => at && Math.max(0, (now.getTime() - at.getTime()) / 1000)

/** The parts of a look at the installation, each of cheap statements of its own: one that fails takes no other along. */
const PARTS: readonly ((deps: Watched) => Promise<Figure[]>)[] = [
  liveEmails,
  dueEmails,
  imbalance,
  mailboxes,
  queue,
  imports,
  runs,
  workers,
  backups,
]

/**
 * A look at the figures of the whole installation, as they stand in its database, in the words of Prometheus. One at a time, and kept for
 * a while, however many ask. What could not be read is not there, and neither is what there is none of.
 */
export const createFiguresLook = (): ((deps: Watched) => Promise<string>) => shareAnswer(readFigures, FIGURES_KEPT_MS)

async function readFigures(deps: Watched): Promise<string> {
  const register = new Registry()
  const parts = await Promise.all(
    PARTS.map((part) =>
      part(deps).catch((error: unknown): Figure[] => {
        deps.log.error({ err: error, part: part.name }, 'figures could not be read')
        return []
      }),
    ),
  )
  for (const { name, help, values } of parts.flat()) {
    if (values.length === 0) continue
    const labelNames = Object.keys(values[0]?.labels ?? {})
    const kept = new Gauge({ name, help, labelNames, registers: [register] })
    for (const { labels = {}, value } of values) kept.set(labels, value)
  }
  return register.metrics()
}

async function liveEmails({ sql }: Watched): Promise<Figure[]> {
  const counted = new Map((await countLiveEmails(sql)).map(({ status, count }) => [status, count]))
  const values = EMAIL_STATUSES.map((status) => ({ labels: { status }, value: counted.get(status) ?? 0 }))
  return [figure('emails', 'Emails of campaigns that run or pause, by state.', ...values)]
}

async function dueEmails({ sql, clock }: Watched): Promise<Figure[]> {
  const now = clock.now()
  const due = await measureDueEmails(sql, now)
  const most = DUE_COUNTED_AT_MOST.toLocaleString('en-US')
  return [
    gauge('due_emails', `Emails of running campaigns that are due, counted up to ${most}.`, due?.count ?? null),
    gauge(
      'oldest_due_email_age_seconds',
      'For how long the email has been due that has waited longest; absent where none is.',
      secondsSince(due?.oldestAt ?? null, now),
    ),
  ]
}

async function imbalance({ sql }: Watched): Promise<Figure[]> {
  const help =
    'Emails by which what campaigns say was planned, sent and has failed differs from the counts by state. Must be 0.'
  return [gauge('ledger_imbalance_emails', help, await measureImbalance(sql))]
}

async function mailboxes({ sql, clock }: Watched): Promise<Figure[]> {
  const all = await selectMailboxFigures(sql)
  const now = clock.realNow()
  const each = (value: (mailbox: (typeof all)[number]) => number | null): Value[] =>
    all.flatMap((mailbox) => {
      const known = value(mailbox)
      return known === null ? [] : [{ labels: { mailbox: mailbox.id }, value: known }]
    })
  return [
    figure(
      'mailbox_info',
      'A mailbox with its name and how it is: ready, cooling_down or stopped.',
      ...all.map(({ id, name, health }) => ({ labels: { mailbox: id, name, health }, value: 1 })),
    ),
    figure(
      'reader_lag_seconds',
      'Time since the answers of a mailbox were read last; absent where they are not read.',
      ...each(({ lastReadAt }) => secondsSince(lastReadAt, now)),
    ),
    figure(
      'token_expiry_timestamp_seconds',
      'When the token of a mailbox expires that signs in at its provider; it is renewed before.',
      ...each(({ tokenExpiresAt }) => tokenExpiresAt && tokenExpiresAt.getTime() / 1000),
    ),
    figure(
      'sign_in_ended',
      'Whether a person has to sign in again for a mailbox: 1 or 0.',
      ...each(({ signInEnded }) => (signInEnded === null ? null : Number(signInEnded))),
    ),
  ]
}

async function queue({ sql, config }: Watched): Promise<Figure[]> {
  const queues = await countJobsByQueue(sql, config.queueSchema)
  const values = queues.flatMap(({ queue, waiting, active }) => [
    { labels: { queue, state: 'waiting' }, value: waiting },
    { labels: { queue, state: 'active' }, value: active },
  ])
  return [figure('queue_jobs', 'Jobs of the queue that wait or are worked on.', ...values)]
}

async function imports({ sql, clock }: Watched): Promise<Figure[]> {
  const open = await measureImports(sql)
  if (!open) return []
  return [
    gauge('open_imports', 'Imports of leads and rollbacks that are not over.', open.imports),
    gauge('open_import_rows', 'Rows of the files of open imports, once they are counted.', open.rows),
    gauge('open_import_rows_taken', 'Rows of open imports that were taken or left out.', open.taken),
    gauge(
      'open_import_idle_seconds',
      'Time since the open import was worked on that has waited longest; absent where none is open.',
      secondsSince(open.touchedAt, clock.realNow()),
    ),
  ]
}

async function runs({ sql, clock }: Watched): Promise<Figure[]> {
  const open = await measureRuns(sql)
  if (!open) return []
  return [
    figure(
      'open_runs',
      'Runs of lead generation that are not over, by state.',
      { labels: { status: 'pending' }, value: open.pending },
      { labels: { status: 'running' }, value: open.running },
    ),
    gauge('open_run_leads_wanted', 'Leads that the sources of open runs may find at most.', open.wanted),
    gauge('open_run_leads_found', 'Leads that the sources of open runs have found.', open.found),
    gauge(
      'open_run_age_seconds',
      'Time since the first of the open runs began; absent where none has.',
      secondsSince(open.startedAt, clock.now()),
    ),
  ]
}

async function workers(deps: Watched): Promise<Figure[]> {
  return [gauge('workers', 'Workers that have reported within 20 seconds.', await countWorkers(deps))]
}

async function backups({ sql, clock }: Watched): Promise<Figure[]> {
  const state = await selectBackupState(sql)
  if (!state) return []
  return [
    gauge(
      'last_backup_age_seconds',
      'Time since the last scheduled backup was made; absent where none ever was.',
      secondsSince(state.madeAt, clock.realNow()),
    ),
    gauge(
      'backup_failing',
      'Whether scheduled backups cannot be made: 1 or 0.',
      Number(isFailingNow(state.triedAt, clock.realNow())),
    ),
  ]
}
