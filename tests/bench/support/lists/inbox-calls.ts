import type { Deps } from '@/deps'
import { countConversations } from '@/use-cases/inbox/count-conversations'
import { getConversation } from '@/use-cases/inbox/get-conversation'
import { listAnsweredCampaigns } from '@/use-cases/inbox/list-answered-campaigns'
import { type ListConversations, listConversations } from '@/use-cases/inbox/list-conversations'
import { getReceivedMessage } from '@/use-cases/leads/get-received-message'
import { getReplyDraft } from '@/use-cases/replies/get-reply-draft'
import { getWrittenReply } from '@/use-cases/replies/get-written-reply'
import { listReplies } from '@/use-cases/replies/list-replies'
import { prepareReplyText } from '@/use-cases/replies/prepare-reply-text'
import { getMessage } from '@/use-cases/sandbox/get-message'
import { listAnswers } from '@/use-cases/sandbox/list-answers'
import { listMessages } from '@/use-cases/sandbox/list-messages'
import { type Calls, type Ids, lastPlace } from './calls'

/** The reads of the inbox, of replies, and of the sandbox. */
export async function inboxCalls(deps: Deps, { idOf, middle, campaigns, template }: Ids): Promise<Calls> {
  const campaignId = campaigns.running
  const inbox = (input: ListConversations = {}) => listConversations(deps, input)
  const conversation = await middle('conversations', 'WHERE lead_id IS NOT NULL')
  const long = await idOf('SELECT conversation_id AS id FROM conversation_notes LIMIT 1')
  const lead = await idOf(
    'SELECT lead_id AS id FROM conversations WHERE id IN (SELECT conversation_id FROM conversation_notes)',
  )
  const answer = await middle(
    'received_messages',
    `WHERE kind = 'human' AND campaign_id IS NOT NULL AND lead_id IN (SELECT id FROM leads WHERE company_name <> '')`,
  )
  const reply = await middle('replies', 'WHERE received_message_id IS NOT NULL')
  const inSandbox = await middle('sandbox_messages')
  const answered = await idOf(
    'SELECT sandbox_message_id AS id FROM sandbox_answers GROUP BY 1 ORDER BY count(*) DESC LIMIT 1',
  )
  const last = lastPlace('1970-01-01T00:00:00.000Z')
  return {
    'inbox.list': () => inbox(),
    'inbox.list waiting': () => inbox({ scope: 'waiting' }),
    'inbox.list snoozed': () => inbox({ scope: 'snoozed' }),
    'inbox.list done': () => inbox({ scope: 'done' }),
    'inbox.list everything, last page': () => inbox({ scope: 'everything', before: last }),
    'inbox.list of a campaign': () => inbox({ campaignId }),
    'inbox.list of a campaign, everything': () => inbox({ scope: 'everything', campaignId }),
    'inbox.list of nobody': () => inbox({ assigneeId: null }),
    'inbox.list search of many': () => inbox({ scope: 'everything', search: 'keller' }),
    'inbox.list search of few': () => inbox({ scope: 'everything', search: 'keller1900' }),
    'inbox.list found nothing': () => inbox({ search: 'zzzz' }),
    'inbox.list search of two letters': () => inbox({ search: 'zz' }),
    'inbox.counts': () => countConversations(deps, {}),
    'inbox.counts of a campaign': () => countConversations(deps, { campaignId }),
    'inbox.counts of nobody': () => countConversations(deps, { assigneeId: null }),
    'inbox.counts of a search': () => countConversations(deps, { search: 'keller' }),
    'inbox.campaigns': () => listAnsweredCampaigns(deps),
    'inbox.get': () => getConversation(deps, { id: conversation, by: '' }),
    'inbox.get of a long one': () => getConversation(deps, { id: long, by: '' }),
    'leads.receivedMessage': () => getReceivedMessage(deps, answer),
    'replies.list': () => listReplies(deps, { leadId: lead }),
    'replies.list of a message': () => listReplies(deps, { messageIds: [answer] }),
    'replies.draft': () => getReplyDraft(deps, { messageId: answer, kind: 'answer' }),
    'replies.fromTemplate': () => prepareReplyText(deps, { messageId: answer, templateId: template }),
    'replies.written': () => getWrittenReply(deps, { id: reply }),
    'sandbox.list': () => listMessages(deps, {}),
    'sandbox.list last page': () => listMessages(deps, { before: lastPlace(0) }),
    'sandbox.list search': () => listMessages(deps, { search: 'question 123' }),
    'sandbox.get': () => getMessage(deps, { id: inSandbox }),
    'sandbox.answers': () => listAnswers(deps, { id: answered }),
  }
}
