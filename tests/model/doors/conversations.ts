import { correctMessage } from '@/use-cases/conversations/correct-message'
import { readMailbox } from '@/use-cases/conversations/read-mailbox'
import { BY } from '../../support/engine'
import { type Installation, leadId, mailboxId, may, NO_ID } from '../installation'
import { answerId, folderOf, type Written, write } from '../messages'
import type { Correction } from '../rules/answers'

/** What comes about the email of this key, into the mailbox of this number. */
export type Coming = Pick<Written, 'type' | 'from' | 'to' | 'until'> & { key: string; mailbox: number }

/** What comes into the mailboxes, how they are read, and what a person makes of it. */
export function conversationDoor(at: Installation) {
  const { deps, pool, ids, time } = at
  const read = async (mailbox: number) => {
    const id = mailboxId(at, mailbox)
    await pool.query('UPDATE mailbox_readers SET next_read_at = NULL WHERE mailbox_id = $1', [id])
    await readMailbox(deps, { mailboxId: id, open: at.folders[mailbox]?.open })
  }
  return {
    read,
    receive: async ({ key, mailbox, ...written }: Coming) => {
      const [c, l, step] = key.split('/').map(Number)
      const { rows } = await pool.query<{ id: string }>(
        'SELECT message_id AS id FROM scheduled_emails WHERE campaign_id = $1 AND lead_id = $2 AND workflow_step_number = $3',
        [ids.campaigns[c ?? 0], leadId(at, l ?? 0), step],
      )
      // Copies have the id of what they are of, and are never corrected.
      const number = written.type === 'copy' ? at.messages : at.messages++
      const own = `ada${mailbox}@sender.example`
      const raw = write({ ...written, number, own, about: rows[0]?.id ?? '', at: time.now })
      at.folders[mailbox]?.put(folderOf(written.type), raw, new Date(time.now))
      await read(mailbox)
    },
    correct: async (number: number, to: Correction, why: string) => {
      const { rows } = await pool.query<{ id: string }>('SELECT id FROM received_messages WHERE message_id = $1', [
        answerId(number),
      ])
      return may(correctMessage(deps, { id: rows[0]?.id ?? NO_ID, to, why, by: BY }))
    },
  }
}
