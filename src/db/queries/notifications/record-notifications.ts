import { Prisma } from '@/db/generated/client'
import { execute, type Sql } from '@/db/sql'
import { failingSince } from '@/domain/backup/keep'
import { defaultChoice, type NotificationKind, TOLD_FROM } from '@/domain/notification/kinds'
import { isAtLeast, ROLES } from '@/domain/team/roles'

/**
 * Writes a row for each person and occurrence that has none yet; looking twice writes nothing twice. What is to be emailed is due from
 * `now`, however long ago it happened. `occurrences`: a select of occurrence, at, campaign_id, mailbox_id, message_id and only_for, the
 * one person whom it concerns, or null.
 */
const record = (sql: Sql, kind: NotificationKind, now: Date, occurrences: Prisma.Sql) => {
  const { inApp, byEmail } = defaultChoice(kind)
  const roles = ROLES.filter((role) => isAtLeast(role, TOLD_FROM[kind]))
  return execute(sql)`
  INSERT INTO notifications (user_id, kind, occurrence, at, campaign_id, mailbox_id, message_id, in_app, email, email_due_at)
  SELECT u.id, ${kind}, o.occurrence, o.at, o.campaign_id, o.mailbox_id, o.message_id,
         COALESCE(c.in_app, ${inApp}), CASE WHEN COALESCE(c.by_email, ${byEmail}) THEN 'due' ELSE 'none' END,
         CASE WHEN COALESCE(c.by_email, ${byEmail}) THEN ${now}::timestamptz END
  FROM (${occurrences}) o
  JOIN users u ON u.removed_at IS NULL AND u.role = ANY(${roles}) AND (o.only_for IS NULL OR o.only_for = u.id)
  LEFT JOIN notification_choices c ON c.user_id = u.id AND c.kind = ${kind}
  WHERE NOT EXISTS (SELECT 1 FROM notifications n
                    WHERE n.user_id = u.id AND n.kind = ${kind} AND n.occurrence = o.occurrence AND n.over_at IS NULL)
  ORDER BY o.at, o.occurrence, u.id
  ON CONFLICT (user_id, kind, occurrence) WHERE over_at IS NULL DO NOTHING`
}

/**
 * Of answers by people that were read since, and wait for ours or were seen by nobody, of no lead as well: to whoever their conversation
 * is assigned to, else to everybody. In Junk what answers nothing that we wrote is told to nobody. One that lay in two of our mailboxes is one (idx_received_messages_answers).
 */
export const recordReplies = (
  sql: Sql,
  { now, readSince, receivedSince }: { now: Date; readSince: Date; receivedSince: Date },
): Promise<number> =>
  record(
    sql,
    'reply',
    now,
    Prisma.sql`
    SELECT concat_ws(' ', m.lead_id, md5(COALESCE(NULLIF(m.message_id, ''), m.id::text))) AS occurrence,
           m.received_at AS at, m.campaign_id, NULL::uuid AS mailbox_id, m.id AS message_id, assignee.id AS only_for
    FROM received_messages m
    JOIN conversations v ON v.id = m.conversation_id AND (v.is_waiting OR (v.is_unread AND m.kind = 'human'))
    LEFT JOIN users assignee ON assignee.id = v.assignee_id AND assignee.removed_at IS NULL
    WHERE m.created_at >= ${readSince} AND m.kind IN ('human', 'stop_request') AND m.received_at >= ${receivedSince}
      AND (m.matched_by IS NOT NULL OR NOT EXISTS (
        SELECT 1 FROM mailbox_folders f WHERE f.mailbox_id = m.mailbox_id AND f.path = m.folder AND f.role = 'junk'))`,
  )

/** Of campaigns that completed, were stopped or failed since; an end after a reopening is another occurrence. */
export const recordEndedCampaigns = (sql: Sql, { now, since }: { now: Date; since: Date }): Promise<number> =>
  record(
    sql,
    'campaign_ended',
    now,
    Prisma.sql`
    SELECT concat_ws(' ', CASE c.status_reason WHEN 'Stopped' THEN 'stopped' ELSE c.status END, c.id, extract(epoch FROM ended.at)) AS occurrence, ended.at, c.id AS campaign_id,
           NULL::uuid AS mailbox_id, NULL::uuid AS message_id, NULL AS only_for
    FROM campaigns c
    CROSS JOIN LATERAL (SELECT CASE c.status WHEN 'completed' THEN c.completed_at ELSE c.failed_at END AS at) ended
    WHERE c.status IN ('completed', 'failed') AND ended.at >= ${since}`,
  )

// Each state of a mailbox that somebody may have to do something about, as long as it lasts. What stops both ways is one.
const stoppedMailboxes = Prisma.sql`
  SELECT concat('sending ', m.id) AS occurrence, m.id AS mailbox_id,
         m.tested_at IS NOT NULL OR EXISTS (SELECT 1 FROM mailbox_days d WHERE d.mailbox_id = m.id) AS has_worked
  FROM mailboxes m WHERE m.health = 'stopped'
  UNION ALL
  SELECT concat('reading ', r.mailbox_id), r.mailbox_id, r.last_read_at IS NOT NULL
  FROM mailbox_readers r JOIN mailboxes m ON m.id = r.mailbox_id
  WHERE r.health = 'stopped' AND NOT (m.health = 'stopped' AND m.health_reason IS NOT DISTINCT FROM r.health_reason)`

const bouncingMailboxes = (now: Date) => Prisma.sql`
  SELECT concat('bounces ', id) AS occurrence, id AS mailbox_id FROM mailboxes WHERE first_steps_paused_until > ${now}`

const failingBackups = (at: Date) => Prisma.sql`
  SELECT 'backups' AS occurrence, NULL::uuid AS mailbox_id FROM backup_states WHERE tried_at > ${failingSince(at)}`

const stateOf = (states: Prisma.Sql, at: Date) => Prisma.sql`
  SELECT occurrence, ${at}::timestamptz AS at, NULL::uuid AS campaign_id, mailbox_id, NULL::uuid AS message_id, NULL AS only_for
  FROM (${states}) state`

/** Of mailboxes that have worked and stand still until somebody does something. One that never worked is still being set up. */
export const recordStoppedMailboxes = (sql: Sql, at: Date): Promise<number> =>
  record(sql, 'mailbox_stopped', at, stateOf(Prisma.sql`SELECT * FROM (${stoppedMailboxes}) s WHERE s.has_worked`, at))

/** Of mailboxes of which too much bounced. */
export const recordBouncingMailboxes = (sql: Sql, at: Date): Promise<number> =>
  record(sql, 'bounce_rate', at, stateOf(bouncingMailboxes(at), at))

/** Of scheduled backups that cannot be made. */
export const recordFailedBackups = (sql: Sql, at: Date): Promise<number> =>
  record(sql, 'backup_failed', at, stateOf(failingBackups(at), at))

/** Notes which states are over, so that the next of the same kind is told of again. What is over is emailed to nobody. */
export const endStates = (sql: Sql, at: Date): Promise<number> =>
  execute(sql)`
  UPDATE notifications n SET over_at = ${at}, email = CASE email WHEN 'due' THEN 'none' ELSE email END
  WHERE n.over_at IS NULL AND n.kind IN ('mailbox_stopped', 'bounce_rate', 'backup_failed')
    AND n.occurrence NOT IN (SELECT occurrence FROM (${stoppedMailboxes}) s UNION ALL ${bouncingOccurrences(at)}
                             UNION ALL SELECT occurrence FROM (${failingBackups(at)}) f)`

const bouncingOccurrences = (at: Date) => Prisma.sql`SELECT occurrence FROM (${bouncingMailboxes(at)}) b`
