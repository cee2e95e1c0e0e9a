import type { Pool } from 'pg'
import type { Campaign, Email, Lead, Mailbox, Refused } from './state'
import { REPLIES, type Wire } from './wire'

type SeenEmail = Omit<Email, 'campaign' | 'lead' | 'box' | 'since' | 'lease'> & { mailbox: number }
type SeenLead = Omit<Lead, 'number' | 'writtenAt'> & { emailsSent: number; writtenAt?: number }
type SeenMailbox = Pick<Mailbox, 'limit' | 'ramp' | 'health' | 'coolUntil' | 'failures' | 'nextAt'>
type SeenCampaign = Pick<Campaign, 'status' | 'startsAt' | 'limit' | 'step'> &
  Record<'targeted' | 'scheduled' | 'sent' | 'failed', number> & {
    boxes: number[]
    /** Batches whose history says that they are in use. */
    open: number[]
  }

/** What the database shows, people and things by their number. Emails by `campaign/lead/step`, days by `m0 2026-03-02`, hours by `0 <hour>`. */
export type Seen = {
  emails: Map<string, SeenEmail>
  leads: Map<number, SeenLead>
  boxes: Map<number, SeenMailbox>
  /** What each mailbox's server refused since it last accepted. */
  refused: Map<string, Refused>
  campaigns: Map<number, SeenCampaign>
  /** The campaign that holds each batch, and who is in it. */
  batches: Map<number, { holder: number | null; leads: number[] }>
  suppressed: Map<string, 'message' | 'other'>
  messages: Map<number, { kind: string; sure: boolean }>
  reserved: Map<string, number>
  hours: Map<string, { emails: number; bounces: number }>
}

type Ids = {
  campaigns: string[]
  batches: string[]
  mailboxes: string[]
  leads: Map<number, string>
  /** By their hash: the list keeps some addresses as that alone. */
  addresses: ReadonlyMap<string, string>
}

const ms = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`

const SNAPSHOT = `SELECT json_build_object(
  'emails', (SELECT json_agg(json_build_object('campaign', campaign_id, 'lead', lead_id, 'step', workflow_step_number,
      'mailbox', mailbox_id, 'messageId', message_id, 'due', ${ms('scheduled_for')}, 'status', status, 'reason', failure_reason,
      'wait', wait_reason, 'tries', retry_count, 'claim', claim, 'sentAt', ${ms('sent_at')}, 'heldAt', ${ms('held_at')}, 'endedAt', ${ms('ended_at')},
      'to', (SELECT to_email FROM emails e WHERE e.id = se.id))) FROM scheduled_emails se),
  'leads', (SELECT json_agg(json_build_object('id', id, 'email', email, 'status', status, 'emailsSent', emails_sent,
      'contactedAt', ${ms('last_contacted_at')}, 'company', company_name, 'awayUntil', ${ms('away_until')}, 'writtenAt', ${ms('updated_at')})) FROM leads),
  'mailboxes', (SELECT json_agg(json_build_object('id', id, 'limit', daily_limit, 'health', health,
      'ramp', CASE WHEN ramp_from IS NOT NULL THEN json_build_object('start', ramp_start, 'step', ramp_step, 'from', ramp_from) END,
      'coolUntil', ${ms('cool_down_until')}, 'failures', trouble_count, 'nextAt', ${ms('next_send_at')})) FROM mailboxes),
  'campaigns', (SELECT json_agg(json_build_object('id', id, 'status', status, 'startsAt', ${ms('scheduled_start_at')},
      'limit', daily_limit, 'targeted', total_leads_targeted, 'scheduled', emails_scheduled_count, 'sent', emails_sent_count,
      'failed', emails_failed_count, 'step', current_workflow_step,
      'mailboxes', (SELECT json_agg(mailbox_id) FROM campaign_mailboxes cm WHERE cm.campaign_id = c.id))) FROM campaigns c),
  'uses', (SELECT json_agg(json_build_object('campaign', campaign_id, 'batch', batch_id)) FROM campaign_batches
           WHERE started_at IS NOT NULL AND completed_at IS NULL),
  'batches', (SELECT json_agg(json_build_object('id', id, 'holder', active_campaign_id,
      'leads', (SELECT json_agg(lead_id) FROM batch_leads WHERE batch_id = b.id))) FROM lead_batches b),
  'suppressed', (SELECT json_agg(json_build_object('address', COALESCE(value, value_hash), 'source', source)) FROM suppressions),
  'messages', (SELECT json_agg(json_build_object('id', message_id, 'kind', kind, 'asksPerson', effects ? 'asksPerson'))
               FROM received_messages WHERE message_id LIKE '<message%'),
  'reserved', (SELECT json_agg(r) FROM (
      SELECT 'm' AS kind, mailbox_id AS id, day, reserved FROM mailbox_days
      UNION ALL SELECT 'c', campaign_id, day, reserved FROM campaign_days) r),
  'hours', (SELECT json_agg(json_build_object('id', mailbox_id, 'hour', ${ms('hour')}, 'emails', mails, 'bounces', bounces))
            FROM mailbox_hours),
  'refused', (SELECT json_agg(json_build_object('id', scheduled_email_id, 'token', claim, 'suspect', suspect, 'words', words,
      'putBacks', put_backs, 'othersPassed', others_passed, 'returned', returned)) FROM mailbox_refusals)) AS all`

type Rows = {
  emails:
    | (Omit<SeenEmail, 'mailbox' | 'arrived'> & Record<'campaign' | 'lead' | 'mailbox' | 'messageId', string>)[]
    | null
  leads: (SeenLead & { id: string })[] | null
  mailboxes: (SeenMailbox & { id: string })[] | null
  campaigns: (Omit<SeenCampaign, 'open' | 'boxes'> & { id: string; mailboxes: string[] | null })[] | null
  uses: { campaign: string; batch: string }[] | null
  batches: { id: string; holder: string | null; leads: string[] | null }[] | null
  suppressed: { address: string; source: string }[] | null
  messages: { id: string; kind: string; asksPerson: boolean }[] | null
  reserved: { kind: string; id: string; day: string; reserved: number }[] | null
  hours: { id: string; hour: number; emails: number; bounces: number }[] | null
  refused: (Refused & { id: string })[] | null
}

/** The whole database of the model in one question, people and things by their numbers. */
export async function readSnapshot(pool: Pool, ids: Ids, wire: Wire): Promise<Seen> {
  const { rows } = await pool.query<{ all: Rows }>({ name: 'snapshot', text: SNAPSHOT })
  const all = rows[0]?.all
  if (!all) throw new Error('The snapshot has no row')
  const leadNumber = new Map([...ids.leads].map(([index, id]) => [id, index]))
  const campaignNumber = (id: string) => ids.campaigns.indexOf(id)
  const mailboxNumber = (id: string) => ids.mailboxes.indexOf(id)
  const leadsOf = (of: string[]) => of.map((id) => leadNumber.get(id) ?? -1).sort((a, b) => a - b)
  const emails: Seen['emails'] = new Map()
  const keys = new Map<string, string>()
  for (const { messageId, campaign, lead, mailbox, ...row } of all.emails ?? []) {
    const key = `${campaignNumber(campaign)}/${leadNumber.get(lead) ?? -1}/${row.step}`
    emails.set(key, {
      ...row,
      mailbox: mailboxNumber(mailbox),
      reason: kindOf(row.reason),
      wait: kindOf(row.wait),
      arrived: wire.arrived.filter((id) => id === messageId).length,
    })
    keys.set(messageId.slice(1, 37), key)
  }
  const batches = (all.batches ?? []).map(({ id, holder, leads }) => {
    const batch = { holder: holder === null ? null : campaignNumber(holder), leads: leadsOf(leads ?? []) }
    return [ids.batches.indexOf(id), batch] as const
  })
  const open = (campaign: string) =>
    (all.uses ?? [])
      .filter((use) => use.campaign === campaign)
      .map(({ batch }) => ids.batches.indexOf(batch))
      .sort()
  return {
    emails,
    leads: new Map((all.leads ?? []).map(({ id, ...lead }) => [leadNumber.get(id) ?? -1, lead])),
    boxes: new Map((all.mailboxes ?? []).map(({ id, ...mailbox }) => [mailboxNumber(id), mailbox])),
    refused: new Map(
      (all.refused ?? []).map(({ id, words, ...rest }) => [
        keys.get(id) ?? 'gone',
        { ...rest, words: kindOfWords(words) },
      ]),
    ),
    campaigns: new Map(
      (all.campaigns ?? []).map(({ id, mailboxes, ...campaign }) => {
        const boxes = (mailboxes ?? []).map(mailboxNumber).sort()
        return [campaignNumber(id), { ...campaign, boxes, open: open(id) }]
      }),
    ),
    batches: new Map(batches),
    suppressed: new Map(
      (all.suppressed ?? []).map(({ address, source }) => [
        ids.addresses.get(address) ?? address,
        source === 'answer' ? 'message' : 'other',
      ]),
    ),
    messages: new Map(
      (all.messages ?? []).map(({ id, kind, asksPerson }) => [numberOf(id), { kind, sure: !asksPerson }]),
    ),
    reserved: new Map(
      (all.reserved ?? [])
        .filter(({ reserved }) => reserved > 0)
        .map(({ kind, id, day, reserved }) => [
          `${kind}${kind === 'm' ? mailboxNumber(id) : campaignNumber(id)} ${day}`,
          reserved,
        ]),
    ),
    hours: new Map(
      (all.hours ?? []).map(({ id, hour, emails, bounces }) => [`${mailboxNumber(id)} ${hour}`, { emails, bounces }]),
    ),
  }
}

const numberOf = (messageId: string) => Number(/^<message(\d+)@/.exec(messageId)?.[1])

/** A server's words, or the product's, as the kind that the model knows. */
function kindOf(text: string | null): string | null {
  if (text === null) return null
  if (/^The server refuses (every recipient|the emails of several campaigns) with the same words/.test(text))
    return `ours ${kindOf(text.slice(text.indexOf('“')))}`
  for (const [kind, reply] of Object.entries(REPLIES)) if (text.includes(reply)) return kind
  if (text.includes('The worker stopped')) return 'lapsed'
  if (text.includes('handed over')) return 'lost'
  return text.includes(' ') ? 'lost_before' : text
}

/** A server's words without codes, as the kind of answer that they are from. */
const kindOfWords = (words: string | null) =>
  words && (Object.entries(REPLIES).find(([, reply]) => reply.toLowerCase().endsWith(words))?.[0] ?? words)
