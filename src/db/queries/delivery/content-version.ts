import { Prisma } from '@/db/generated/client'
import { queryOne, type Sql } from '@/db/sql'

// xmin is the transaction that wrote a row's present version: every save changes it, whatever the clock says, and no writer
// has to remember to. A mailbox's row also changes when it sends, so its saves are counted apart.

/**
 * Fragment: version of what the content of the planned email `se` is made of: its template `t`, its lead `l`, its step `ws`
 * and the name of its campaign `c`. It changes with every save of one of them; a changed campaign has its steps written anew.
 */
export const contentVersion = Prisma.sql`format('%s %s %s %s', t.xmin, l.xmin, ws.xmin, c.name)`

/** Fragment: version of what a send job knows of its mailbox `m` and of the settings `st`. It changes with every save. */
export const senderVersion = Prisma.sql`format('%s %s', m.settings_version, st.xmin)`

/** Fragment: joins `t` and `ws` to `se`. */
export const contentSources = Prisma.sql`
  JOIN email_templates t ON t.id = se.template_id
  LEFT JOIN workflow_steps ws ON ws.workflow_id = se.workflow_id AND ws.step_number = se.workflow_step_number`

/** Fragment: joins `m` and `st` to `se`. */
export const senderSources = Prisma.sql`JOIN mailboxes m ON m.id = se.mailbox_id CROSS JOIN settings st`

/** The present version of what a send job knows of this mailbox and of the settings; null when the mailbox is gone. */
export const selectSenderVersion = (sql: Sql, mailboxId: string) =>
  queryOne<{ version: string }>(sql)`
  SELECT ${senderVersion} AS version FROM mailboxes m CROSS JOIN settings st WHERE m.id = ${mailboxId}::uuid`
