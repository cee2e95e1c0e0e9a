import { change } from './look-ups'
import type { Stage } from './stage'

const CONVERSATIONS = `
  INSERT INTO conversations (lead_id, mailbox_id, campaign_id, correspondent, subject, last_in_at, last_in_kind, asked_at,
                             last_message_at, scope, is_waiting)
  SELECT se.lead_id, se.mailbox_id, se.campaign_id, l.email, 'Re: A word', now(), 'human', now(), now(), 'open', true
  FROM scheduled_emails se JOIN leads l ON l.id = se.lead_id WHERE se.workflow_step_number = 1 ORDER BY se.id LIMIT $1`

const MESSAGES = `
  INSERT INTO received_messages (mailbox_id, folder, uid_validity, uid, message_id, content_hash, received_at, from_email, subject, new_text,
                                 body_text, size, kind, matched_by, scheduled_email_id, lead_id, campaign_id, conversation_id)
  SELECT c.mailbox_id, 'INBOX', 1, row_number() OVER (), '<' || c.id || '@customer.example>', '', now(), c.correspondent, c.subject,
         'Tell me more.', 'Tell me more.', 100, 'human', 'in_reply_to', se.id, c.lead_id, c.campaign_id, c.id
  FROM conversations c JOIN scheduled_emails se ON se.lead_id = c.lead_id AND se.workflow_step_number = 1`

const SANDBOX = `
  INSERT INTO sandbox_messages (message_id, from_email, to_email, subject, raw, received_at)
  VALUES ('<1@nexa.example>', 'ada@nexa.example', 'lead1@customer.example', 'A word',
          convert_to(E'From: ada@nexa.example\\r\\nTo: lead1@customer.example\\r\\nSubject: A word\\r\\n\\r\\nA few words.\\r\\n', 'UTF8'),
          now())`

/** Puts an email into the sandbox inbox. */
export const addSandboxEmail = (stage: Stage): Promise<void> => change(stage, SANDBOX)

/** Has some leads of the only campaign answered, as their messages would have been stored. */
export async function addAnswers(stage: Stage, answers: number): Promise<void> {
  await change(stage, CONVERSATIONS, [answers])
  await change(stage, MESSAGES)
}
