import { query, queryCount, queryOne, type Sql } from '@/db/sql'
import type { LeadSourceName } from '@/domain/lead-generation/criteria'
import type { OauthProvider } from '@/domain/mailbox/oauth'

export type InstallationRow = {
  version: number
  keyFingerprint: string
  live: boolean
  publicAddress: string | null
  acceptedAt: Date
  reason: string
}

/** Which of these tables the database has; an earlier version or an empty database lacks some. */
export const selectTables = (sql: Sql, names: readonly string[]) =>
  query<{ name: string }>(
    sql,
  )`SELECT name FROM unnest(${[...names]}::text[]) AS name WHERE to_regclass(name) IS NOT NULL`

/** The installations that were accepted, the latest first. */
export const selectInstallations = (sql: Sql) =>
  query<InstallationRow>(sql)`
  SELECT version, key_fingerprint AS "keyFingerprint", live, public_address AS "publicAddress",
         accepted_at AS "acceptedAt", reason
  FROM installations ORDER BY version DESC`

/** The passwords of mailboxes, sealed, the oldest first. */
export const selectSealedPasswords = (sql: Sql) =>
  query<{ id: string; name: string; sealed: string }>(sql)`
  SELECT id, name, smtp_password_encrypted AS sealed FROM mailboxes
  WHERE smtp_password_encrypted IS NOT NULL ORDER BY created_at`

/** The passwords of the mailboxes' ways in, sealed, the oldest mailbox first. */
export const selectSealedImapPasswords = (sql: Sql) =>
  query<{ id: string; name: string; sealed: string }>(sql)`
  SELECT m.id, m.name, r.imap_password_encrypted AS sealed
  FROM mailbox_readers r JOIN mailboxes m ON m.id = r.mailbox_id
  WHERE r.imap_password_encrypted IS NOT NULL ORDER BY m.created_at`

/** The tokens of mailboxes that signed in at their provider, sealed, the oldest mailbox first. */
export const selectSealedTokens = (sql: Sql) =>
  query<{ id: string; name: string; sealed: string }>(sql)`
  SELECT m.id, m.name, s.tokens_encrypted AS sealed
  FROM mailbox_sign_ins s JOIN mailboxes m ON m.id = s.mailbox_id ORDER BY m.created_at`

/** The keys of lead sources, sealed. */
export const selectSealedKeys = (sql: Sql) =>
  query<{ source: LeadSourceName; sealed: string }>(sql)`
  SELECT source, api_key_encrypted AS sealed FROM lead_sources WHERE api_key_encrypted IS NOT NULL ORDER BY source`

/** The secrets with which the installation is known to providers, sealed. */
export const selectSealedClientSecrets = (sql: Sql) =>
  query<{ provider: OauthProvider; sealed: string }>(sql)`
  SELECT provider, secret_encrypted AS sealed FROM oauth_clients WHERE secret_encrypted IS NOT NULL ORDER BY provider`

/** The key of unsubscribe links, sealed; without those that were set aside. */
export const selectSealedOwnKeys = (sql: Sql) =>
  query<{ sealed: string }>(sql)`SELECT sealed FROM sealed_keys WHERE name = 'consent'`

/** How many emails were sent. */
export const countSent = (sql: Sql) =>
  queryCount(sql)`SELECT count(*)::int AS count FROM emails WHERE sent_at IS NOT NULL`

/** How many workers have reported themselves since. */
export const countWorkersSince = (sql: Sql, since: Date) =>
  queryCount(sql)`SELECT count(*)::int AS count FROM worker_heartbeats WHERE seen_at > ${since}`

export type SendingCampaign = {
  id: string
  name: string
  /** Emails that are planned from the mailbox of SMTP_URL. */
  emails: number
  usesEnvironment: boolean
  usesOwnServer: boolean
}

/** The running campaigns that send emails, and from which kinds of mailboxes. */
export const selectSendingCampaigns = (sql: Sql) =>
  query<SendingCampaign>(sql)`
  SELECT c.id, c.name, bool_or(m.kind = 'environment') AS "usesEnvironment", bool_or(m.kind <> 'environment') AS "usesOwnServer",
    (SELECT count(*)::int FROM scheduled_emails se JOIN mailboxes own ON own.id = se.mailbox_id
     WHERE se.campaign_id = c.id AND se.status = 'pending' AND own.kind = 'environment') AS emails
  FROM campaigns c
  JOIN campaign_mailboxes cm ON cm.campaign_id = c.id
  JOIN mailboxes m ON m.id = cm.mailbox_id
  WHERE c.status = 'running' AND c.campaign_type <> 'lead_generation'
  GROUP BY c.id ORDER BY c.name, c.id`

/** Inserts the installation as that of this version unless there is one already; null then. */
export const insertInstallationIf = (sql: Sql, row: InstallationRow) =>
  queryOne<{ version: number }>(sql)`
  INSERT INTO installations (version, key_fingerprint, live, public_address, accepted_at, reason)
  VALUES (${row.version}, ${row.keyFingerprint}, ${row.live}, ${row.publicAddress}, ${row.acceptedAt}, ${row.reason})
  ON CONFLICT (version) DO NOTHING RETURNING version`
