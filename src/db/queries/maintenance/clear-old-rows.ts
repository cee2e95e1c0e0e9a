import { columnOf } from '@/db/columns'
import { Prisma } from '@/db/generated/client'
import { execute, type Sql } from '@/db/sql'
import { KEPT_DAYS as IMPORTS_KEPT_DAYS } from '@/domain/lead-import/state'
import { UNDO_DAYS } from '@/domain/lists/mass-act'
import { NOTIFICATIONS_KEPT_DAYS } from '@/domain/notification/kinds'
import type { KeptThing } from '@/domain/retention'

/** Rows that a statement deletes at the most: none holds its locks for long. */
export const ROWS_AT_ONCE = 1_000

/** What is cleared, each by one statement of at most `ROWS_AT_ONCE` rows that returns how many went. */
export type Clearing = (sql: Sql, at: { now: Date; realNow: Date }) => Promise<number>

const DAY_MS = 86_400_000
export const daysBefore = (at: Date, days: number) => new Date(at.getTime() - days * DAY_MS)

/** Fragment: days for which an owner has a thing kept; null for ever. */
export const keptDays = (thing: KeptThing) =>
  Prisma.sql`(SELECT ${Prisma.raw(columnOf(thing))} FROM settings WHERE id = 1)`

/** Fragment: the moment until which a thing is deleted at `at`; null, which nothing is older than, where it is kept for ever. */
export const keptSince = (at: Date, thing: KeptThing) =>
  Prisma.sql`(${at}::timestamptz - ${keptDays(thing)} * interval '1 day')`

/** Messages of the sandbox inbox that are kept, the newest. */
export const SANDBOX_MESSAGES_KEPT = 10_000

/** Messages of the sandbox inbox behind the newest, and those that are older than they are kept (idx_sandbox_messages_received_at). */
export const clearSandboxMessages: Clearing = (sql, { now }) =>
  execute(sql)`
  DELETE FROM sandbox_messages WHERE id IN (
    SELECT id FROM sandbox_messages
    WHERE received_at < GREATEST(
      (SELECT received_at FROM sandbox_messages ORDER BY received_at DESC OFFSET ${SANDBOX_MESSAGES_KEPT - 1} LIMIT 1),
      ${keptSince(now, 'sandboxDays')})
    ORDER BY received_at LIMIT ${ROWS_AT_ONCE})`

/**
 * Requests to lead sources, of runs that ended longer ago than they are kept; what was bought stays for ever, since it is never bought again. A run's
 * yields and the number of its requests stand beside it.
 */
export const clearCalls: Clearing = (sql, { now }) =>
  execute(sql)`
  DELETE FROM lead_generation_calls WHERE id IN (
    SELECT c.id FROM lead_generation_runs r JOIN lead_generation_calls c ON c.run_id = r.id
    WHERE r.status NOT IN ('pending', 'running') AND r.finished_at < ${keptSince(now, 'requestDays')}
      AND NOT (c.status IN ('answered', 'in_doubt') AND c.refs <> '{}')
    LIMIT ${ROWS_AT_ONCE})`

/** Sessions that are over or older than they may become, one-time values and links for new passwords that are over, in real time. */
export const clearSessions: Clearing = async (sql, { realNow }) => {
  const sessions = await execute(sql)`
  DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < ${realNow} OR created_at < ${keptSince(realNow, 'sessionDays')}
    LIMIT ${ROWS_AT_ONCE})`
  const verifications = await execute(sql)`
  DELETE FROM verifications WHERE id IN (SELECT id FROM verifications WHERE expires_at < ${realNow} LIMIT ${ROWS_AT_ONCE})`
  const resets = await execute(sql)`
  DELETE FROM password_resets WHERE token_hash IN (SELECT token_hash FROM password_resets WHERE expires_at < ${realNow} LIMIT ${ROWS_AT_ONCE})`
  return Math.max(sessions, verifications, resets)
}

/** Counters of attempts that nobody has made for a day, in real time. */
export const clearAttempts: Clearing = async (sql, { realNow }) => {
  const attempts = await execute(sql)`
  DELETE FROM rate_limits WHERE id IN (
    SELECT id FROM rate_limits WHERE last_request < ${daysBefore(realNow, 1).getTime()} LIMIT ${ROWS_AT_ONCE})`
  const tests = await execute(sql)`
  DELETE FROM test_email_counts WHERE user_id IN (
    SELECT user_id FROM test_email_counts WHERE since_at < ${daysBefore(realNow, 1)} LIMIT ${ROWS_AT_ONCE})`
  return Math.max(attempts, tests)
}

/** Lines of the audit log that are older than the settings keep them, in real time. */
export const clearAudit: Clearing = (sql, { realNow }) =>
  execute(sql)`
  DELETE FROM audit_entries WHERE id IN (
    SELECT id FROM audit_entries
    WHERE at < ${realNow}::timestamptz - (SELECT audit_days FROM settings WHERE id = 1) * interval '1 day'
    ORDER BY at LIMIT ${ROWS_AT_ONCE})`

/** Notifications that are old, but of states that last. By the earlier clock: replies come in real time, whatever time is simulated. */
export const clearNotifications: Clearing = (sql, { now, realNow }) =>
  execute(sql)`
  DELETE FROM notifications WHERE id IN (
    SELECT id FROM notifications
    WHERE at < ${daysBefore(new Date(Math.min(+now, +realNow)), NOTIFICATIONS_KEPT_DAYS)} AND (over_at IS NOT NULL OR kind IN ('reply', 'campaign_ended'))
    LIMIT ${ROWS_AT_ONCE})`

/**
 * Acts on many leads that ended long ago: the leads that they were about first, then the acts. A day later than nobody may take them
 * back, and not while that is at work: an undo must find them all. Whom those were about that have no undo is forgotten at once.
 */
export const clearMassActs: Clearing = async (sql, { now }) => {
  const before = daysBefore(now, UNDO_DAYS + 1)
  const leads = await execute(sql)`
  DELETE FROM mass_act_leads WHERE (mass_act_id, lead_id) IN (
    SELECT l.mass_act_id, l.lead_id FROM mass_acts m JOIN mass_act_leads l ON l.mass_act_id = m.id
    WHERE (m.ended_at < ${before} OR (m.kind IN ('suppress', 'delete') AND m.state <> 'working'))
      AND NOT EXISTS (SELECT FROM mass_acts u WHERE u.undoes = m.id AND u.state = 'working')
    LIMIT ${ROWS_AT_ONCE})`
  if (leads > 0) return leads
  return execute(sql)`
  DELETE FROM mass_acts WHERE id IN (
    SELECT id FROM mass_acts m WHERE m.ended_at < ${before} AND NOT EXISTS (SELECT FROM mass_act_leads l WHERE l.mass_act_id = m.id)
      AND NOT EXISTS (SELECT FROM mass_acts u WHERE u.undoes = m.id AND u.state = 'working')
    LIMIT ${ROWS_AT_ONCE})`
}

/** Days for which the counters of limits and bounces are kept; a rule asks for today and the last 24 hours. */
export const COUNTERS_KEPT_DAYS = 35

/** Counters of past days against the limits of campaigns and mailboxes, and of past hours for bounce rates. */
export const clearCounters: Clearing = async (sql, { now }) => {
  const before = daysBefore(now, COUNTERS_KEPT_DAYS)
  const campaigns = await execute(sql)`
  DELETE FROM campaign_days WHERE (campaign_id, day) IN (
    SELECT campaign_id, day FROM campaign_days WHERE day < ${before}::date LIMIT ${ROWS_AT_ONCE})`
  const mailboxes = await execute(sql)`
  DELETE FROM mailbox_days WHERE (mailbox_id, day) IN (
    SELECT mailbox_id, day FROM mailbox_days WHERE day < ${before}::date LIMIT ${ROWS_AT_ONCE})`
  const hours = await execute(sql)`
  DELETE FROM mailbox_hours WHERE (mailbox_id, hour) IN (
    SELECT mailbox_id, hour FROM mailbox_hours WHERE hour < ${before} LIMIT ${ROWS_AT_ONCE})`
  return Math.max(campaigns, mailboxes, hours)
}

/**
 * Who came by imports that cannot be rolled back any more, and the rows that those left out, in real time; what they counted stays. A
 * day later than nobody may ask for it, so that none is cleared while it is asked for.
 */
export const clearImports: Clearing = async (sql, { realNow }) => {
  const before = daysBefore(realNow, IMPORTS_KEPT_DAYS + 1)
  const leads = await execute(sql)`
  DELETE FROM lead_import_leads WHERE (import_id, lead_id) IN (
    SELECT l.import_id, l.lead_id FROM lead_imports i JOIN lead_import_leads l ON l.import_id = i.id
    WHERE i.finished_at < ${before} AND i.status <> 'rolling_back' LIMIT ${ROWS_AT_ONCE})`
  const refusals = await execute(sql)`
  DELETE FROM lead_import_refusals WHERE (import_id, line) IN (
    SELECT r.import_id, r.line FROM lead_imports i JOIN lead_import_refusals r ON r.import_id = i.id
    WHERE i.finished_at < ${before} LIMIT ${ROWS_AT_ONCE})`
  return Math.max(leads, refusals)
}
