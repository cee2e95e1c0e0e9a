import { query, type Sql } from '@/db/sql'
import { COPY_WITHIN_MS, MISSED_AFTER_MS } from '@/domain/conversation/sent-copies'
import type { UnrecordedSubject } from '@/domain/conversation/unrecorded-subject'
import { isInThread } from '../conversations/unrecorded-subjects'

/** A held email of which no copy was found, and what a copy of it would have been known by. */
export type MissingCopy = UnrecordedSubject & { id: string; keepsMessageId: boolean; isEditedSince: boolean }

/**
 * Held emails of a campaign whose copies are missing: their provider files what it takes by itself, the folder for it was read to
 * its end an hour after they may have left, and no message of ours to the lead that belongs to no email lies there from that hour.
 * Folders are read in real time, of which campaign time is `aheadMs` ahead.
 */
export const selectMissingCopies = (sql: Sql, { campaignId, aheadMs }: { campaignId: string; aheadMs: number }) =>
  query<MissingCopy>(sql)`
  SELECT se.id, t.subject AS template, ${isInThread} AS "isInThread", r.rewrites_message_id IS FALSE AS "keepsMessageId",
         t.updated_at > se.sending_since AS "isEditedSince"
  FROM scheduled_emails se
  JOIN leads l ON l.id = se.lead_id
  JOIN email_templates t ON t.id = se.template_id
  JOIN mailbox_readers r ON r.mailbox_id = se.mailbox_id AND r.files_sent
  CROSS JOIN LATERAL (SELECT se.sending_since - make_interval(secs => ${aheadMs / 1_000}::float8) AS since) really
  WHERE se.campaign_id = ${campaignId}::uuid AND se.status = 'held' AND EXISTS (
    SELECT 1 FROM mailbox_folders f
    WHERE f.mailbox_id = se.mailbox_id AND f.role IN ('sent', 'all') AND f.failure IS NULL
      AND f.last_read_at >= really.since + make_interval(secs => ${MISSED_AFTER_MS / 1_000}::float8))
  AND NOT EXISTS (
    SELECT 1 FROM received_messages m
    WHERE m.mailbox_id = se.mailbox_id AND m.details ? 'byHand' AND (m.lead_id = se.lead_id OR l.email = ANY(m.to_emails))
      AND m.received_at >= really.since - make_interval(secs => ${COPY_WITHIN_MS / 1_000}::float8)
      AND LEAST(m.received_at, m.sent_at) <= really.since + make_interval(secs => ${MISSED_AFTER_MS / 1_000}::float8))`
