import { randomUUID } from 'node:crypto'
import { createRandom } from '../support/random'
import type { Target } from './asked'

/** The newest id of a kind of the pool. */
type Newest = (kind: string) => string | undefined

const STEP = { subject: 'A word for {{ company_name }}', bodyText: 'Hello, a few words.' }
const ROWS = 'email,company\nnora1@customer.example,Nora Ltd\nnora2@customer.example,Nora & Co\n'

/**
 * Inputs that are answered with yes, of procedures that want more than their schema says: that what is named exists, and is in a state
 * in which that can be done with it.
 */
export const WELL_MEANT: Readonly<Record<string, (newest: Newest) => unknown>> = {
  'batches.delete': (newest) => ({ id: newest('freeBatch') }),
  'batches.importCsv': () => ({ text: ROWS, batchName: 'A few leads' }),
  'campaigns.create': () => ({ name: 'A few words', timezone: 'Europe/Berlin' }),
  'campaigns.delete': (newest) => ({ campaignId: newest('draft') }),
  'campaigns.email': (newest) => ({ id: newest('email') }),
  'campaigns.pause': (newest) => ({ campaignId: newest('running') }),
  'campaigns.previewChange': (newest) => ({
    campaignId: newest('running'),
    change: { addBatchIds: [newest('freeBatch')] },
  }),
  'campaigns.resume': (newest) => ({ campaignId: newest('paused') }),
  'campaigns.sequencePreview': (newest) => ({ campaignId: newest('running'), stepNumber: 1 }),
  'inbox.assign': (newest) => ({ id: newest('inbox'), assigneeId: newest('user') }),
  'inbox.removeNote': (newest) => ({ id: newest('note') }),
  'inbox.setDone': (newest) => ({ id: newest('inbox'), done: false }),
  'inbox.setUnread': (newest) => ({ id: newest('inbox'), isUnread: true }),
  'inbox.snooze': (newest) => ({ id: newest('inbox'), until: null }),
  'leads.correctMessage': (newest) => ({ id: newest('message'), to: 'nothing' }),
  'leads.delete': (newest) => ({ ids: [newest('lead')], dryRun: true }),
  'leads.receivedMessage': (newest) => ({ id: newest('message') }),
  'leads.setStatus': (newest) => ({ ids: [newest('lead')], status: 'interested' }),
  'mailboxes.create': () => ({ name: 'Nora', kind: 'environment', fromName: 'Nora', fromEmail: 'nora@nexa.example' }),
  'mailboxes.delete': (newest) => ({ mailboxId: newest('mailbox') }),
  'mailboxes.update': (newest) => ({
    mailboxId: newest('mailbox'),
    mailbox: { name: 'Nora', kind: 'environment', fromName: 'Nora', fromEmail: 'nora@nexa.example' },
  }),
  'replies.send': (newest) => ({
    id: randomUUID(),
    messageId: newest('message'),
    to: ['lead1@customer.example'],
    text: 'With pleasure.',
    confirmed: ['lead1@customer.example'],
  }),
  'sandbox.answers': (newest) => ({ id: newest('sandbox') }),
  'sandbox.get': (newest) => ({ id: newest('sandbox') }),
  'suppression.import': () => ({ text: 'email\ngone@elsewhere.example\n', reason: 'manual' }),
  'suppression.remove': (newest) => ({ id: newest('suppression'), reason: 'Added by mistake' }),
  'team.endInvitation': (newest) => ({ id: newest('invitation') }),
  'templates.delete': (newest) => ({ id: newest('freeTemplate') }),
  'templates.sendTest': (newest) => ({ template: STEP, to: 'nora@nexa.example', mailboxId: newest('mailbox') }),
  'templates.update': (newest) => ({ id: newest('freeTemplate'), name: 'Other words', ...STEP }),
  'workflows.create': (newest) => ({ name: 'Once', steps: [{ templateId: newest('freeTemplate') }] }),
  'workflows.delete': (newest) => ({ id: newest('freeWorkflow') }),
  'workflows.update': (newest) => ({
    id: newest('freeWorkflow'),
    name: 'Once more',
    steps: [{ templateId: newest('freeTemplate') }],
  }),
}

const ENDS = /\.(delete|remove\w*|stop|end\w+)$/

/** Reads first, and last what ends something that others are about. */
export function inOrder(targets: readonly Target[]): Target[] {
  const place = ({ name, sample }: Target) =>
    ENDS.test(name) ? 2 : sample(createRandom(0), 0).method === 'GET' ? 0 : 1
  return targets.toSorted((a, b) => place(a) - place(b))
}
