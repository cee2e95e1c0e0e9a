import type { Act } from './acts'

/** Which rows of ours an act is done to, so that the log can name them; but leads, their messages and conversations, whose addresses go with them. */
export type SubjectKind =
  | 'campaign'
  | 'mailbox'
  | 'batch'
  | 'import'
  | 'template'
  | 'workflow'
  | 'person'
  | 'invitation'
  | 'suppression'
  | 'lead'
  | 'message'
  | 'conversation'
  | 'reply'
  | 'mass_act'

/** How an act of the API is written down. */
export type Recorded = {
  act: Act
  /** Another act, where this field of the input says so. */
  unlike?: { field: string; is: string; act: Act }
  /** The field of the input that names the row it is done to. */
  of?: { kind: SubjectKind; field: string }
  /** The field of the input that says itself to what it is done. */
  said?: string
  /** Fields of the input whose values may stand in the log: never a secret, never a text of an email. */
  values?: readonly string[]
  /** Lists of the input of which the log keeps how many there are, and never whom they name. */
  counts?: readonly string[]
  /** Lists of the input whose values may stand in the log. */
  lists?: readonly string[]
  /** The field of the input that something was searched for by: a person's address perhaps, so that the log says that alone. */
  search?: string
  /** Leaves no line where this field of the input is true: nothing is done then. */
  unless?: string
  /** The fields of this part of the input (all of it: '') are named, without their values. */
  names?: string
}

const campaign = { kind: 'campaign', field: 'campaignId' } as const
const mailbox = { kind: 'mailbox', field: 'mailboxId' } as const
const person = { kind: 'person', field: 'userId' } as const
const massAct = { kind: 'mass_act', field: 'id' } as const
const conversation = { kind: 'conversation', field: 'id' } as const

/** The procedures that the audit log keeps. Each other mutation stands in `UNRECORDED`. */
export const RECORDED: Readonly<Record<string, Recorded>> = {
  'account.endOtherSessions': { act: 'other_sessions_ended' },
  'account.endSession': { act: 'session_ended' },
  'account.resetPassword': { act: 'password_reset' },
  'account.update': { act: 'account_changed', values: ['name'] },
  'batches.delete': { act: 'batch_deleted', of: { kind: 'batch', field: 'id' }, values: ['unusedLeads'] },
  'batches.importCsv': { act: 'leads_imported', said: 'batchName', values: ['fileName'], unless: 'dryRun' },
  'campaigns.applyChange': { act: 'campaign_changed', of: campaign, values: ['undoes'], names: 'change' },
  'campaigns.archive': { act: 'campaign_archived', of: campaign },
  'campaigns.delete': { act: 'campaign_deleted', of: campaign },
  'campaigns.pause': { act: 'campaign_paused', of: campaign },
  'campaigns.resolveHeld': { act: 'held_resolved', of: campaign, values: ['choice'] },
  'campaigns.resume': { act: 'campaign_resumed', of: campaign },
  'campaigns.retryFailed': { act: 'emails_retried', of: campaign },
  'campaigns.schedule': { act: 'campaign_scheduled', of: campaign, values: ['startAt'] },
  'campaigns.start': { act: 'campaign_started', of: campaign },
  'campaigns.stop': { act: 'campaign_stopped', of: campaign },
  'imports.cancel': { act: 'import_cancelled', of: { kind: 'import', field: 'id' } },
  'imports.rollback': { act: 'import_rolled_back', of: { kind: 'import', field: 'id' } },
  'imports.start': { act: 'leads_imported', said: 'batchName', values: ['fileName'] },
  'campaigns.unarchive': { act: 'campaign_unarchived', of: campaign },
  'inbox.assign': { act: 'conversation_assigned', of: { kind: 'person', field: 'assigneeId' } },
  'inbox.resetInterest': { act: 'interest_taken_back', of: conversation },
  'inbox.setInterest': { act: 'interest_confirmed', of: conversation, values: ['interest'] },
  'invitations.accept': { act: 'invitation_accepted', values: ['name'] },
  'leadSources.save': { act: 'lead_source_saved', said: 'source', values: ['enabled'], names: '' },
  'leads.correctMessage': { act: 'message_corrected', of: { kind: 'message', field: 'id' }, values: ['to'] },
  'leads.delete': { act: 'leads_deleted', counts: ['ids'], unless: 'dryRun' },
  'leads.setStatus': { act: 'lead_status_set', of: { kind: 'lead', field: 'id' }, values: ['status'], counts: ['ids'] },
  'mailboxes.create': { act: 'mailbox_created', said: 'fromEmail', names: '' },
  'mailboxes.delete': { act: 'mailbox_deleted', of: mailbox },
  'mailboxes.endSignIn': { act: 'mailbox_sign_in_ended', of: mailbox },
  'mailboxes.saveOauthClient': { act: 'oauth_client_saved', said: 'provider', names: '' },
  'mailboxes.startSignIn': { act: 'mailbox_sign_in_started', of: mailbox },
  'mailboxes.update': { act: 'mailbox_changed', of: mailbox, names: 'mailbox' },
  'massActs.start': {
    act: 'mass_act_started',
    unlike: { field: 'kind', is: 'suppress', act: 'many_suppressed' },
    of: { kind: 'batch', field: 'batchId' },
    said: 'batchName',
    values: ['kind', 'status', 'expected', 'inBatch', 'source', 'addedFrom', 'addedTo'],
    lists: ['statuses'],
    search: 'search',
    counts: ['ids'],
  },
  'massActs.stop': { act: 'mass_act_stopped', of: massAct },
  'massActs.undo': { act: 'mass_act_undone', of: massAct },
  'replies.resolveHeld': { act: 'held_reply_resolved', of: { kind: 'reply', field: 'id' }, values: ['choice'] },
  'replies.retry': { act: 'reply_retried', of: { kind: 'reply', field: 'id' }, counts: ['confirmed'] },
  'replies.send': {
    act: 'reply_written',
    of: { kind: 'message', field: 'messageId' },
    values: ['kind'],
    counts: ['confirmed'],
  },
  'replies.undo': { act: 'reply_taken_back', of: { kind: 'reply', field: 'id' } },
  'settings.acceptRestore': { act: 'restore_accepted' },
  'settings.loadSampleData': { act: 'sample_data_loaded' },
  'settings.update': {
    act: 'settings_changed',
    values: [
      'companyName',
      'postalAddress',
      'defaultTimezone',
      'maxAttempts',
      'heldResolveAfterHours',
      'heldResolution',
      'awayDays',
      'freshReadMinutes',
      'auditDays',
      'checklistDismissed',
    ],
  },
  'settings.updateRetention': {
    act: 'settings_changed',
    values: ['sentTextDays', 'conversationTextDays', 'historyDays', 'requestDays', 'sandboxDays', 'sessionDays'],
  },
  'suppression.add': { act: 'suppression_added', said: 'value', values: ['reason'] },
  'suppression.import': { act: 'suppression_imported', said: 'fileName', values: ['reason'] },
  'suppression.remove': { act: 'suppression_removed', of: { kind: 'suppression', field: 'id' }, values: ['reason'] },
  'team.changeRole': { act: 'role_changed', of: person, values: ['from', 'to'] },
  'team.endInvitation': { act: 'invitation_ended', of: { kind: 'invitation', field: 'id' } },
  'team.endTwoFactor': { act: 'member_two_factor_off', of: person },
  'team.invite': { act: 'person_invited', said: 'email', values: ['role'] },
  'team.remove': { act: 'member_removed', of: person },
  'team.resetLink': { act: 'reset_link_made', of: person },
  'templates.delete': { act: 'template_deleted', of: { kind: 'template', field: 'id' } },
  'workflows.delete': { act: 'workflow_deleted', of: { kind: 'workflow', field: 'id' } },
}

/** Mutations of daily work that leave no line: they have a history of their own, change one draft, or change nothing. */
export const UNRECORDED: readonly string[] = [
  'account.deleteView',
  'account.requestReset',
  'account.saveView',
  'batches.create',
  'batches.update',
  'campaigns.create',
  'campaigns.duplicate',
  'campaigns.previewChange',
  'campaigns.update',
  'inbox.addNote',
  'inbox.readAgain',
  'inbox.removeNote',
  'inbox.setDone',
  'inbox.setUnread',
  'inbox.snooze',
  'leadSources.test',
  'leads.create',
  'leads.update',
  'mailboxes.checkDomain',
  'mailboxes.previewUpdate',
  'mailboxes.test',
  'notifications.markRead',
  'notifications.setChoice',
  'massActs.preview',
  'sandbox.answer',
  'templates.create',
  'templates.preview',
  'templates.saveOwnText',
  'templates.sendTest',
  'templates.update',
  'workflows.create',
  'workflows.update',
]

const LONGEST = 200

/** A text of a caller as the log may hold it: one line, short, without signs that no column can hold. */
export const shortText = (text: string): string =>
  text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST)
    .toWellFormed()

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown): string | null => (typeof value === 'string' ? shortText(value) || null : null)

function plainValue(value: unknown): string | number | boolean | null {
  if (typeof value === 'string') return shortText(value)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  return null
}

const countIn = (value: unknown): number | null => (Array.isArray(value) ? value.length : null)

/** Whether a call only asks what it would do. */
export const isDryRun = ({ unless }: Recorded, input: unknown): boolean =>
  unless !== undefined && isFields(input) && input[unless] === true

// What is no list of short words is none of ours.
const listIn = (value: unknown): string | null =>
  Array.isArray(value) && value.every((one) => typeof one === 'string' && /^[a-z0-9_]{1,40}$/.test(one))
    ? shortText(value.join(', ')) || null
    : null

const isSearched = (value: unknown): true | null => (typeof value === 'string' && value.trim() !== '' ? true : null)

// What the log calls a call with this input.
const actOf = ({ act, unlike }: Recorded, input: unknown): Act =>
  unlike && isFields(input) && input[unlike.field] === unlike.is ? unlike.act : act

/** What the log keeps of a call, whose input was not checked yet: by this list of fields alone, whatever else it holds. */
export function recordOf(rule: Recorded, input: unknown) {
  const { of, said, values = [], lists = [], counts = [], search, names } = rule
  const fields = isFields(input) ? input : {}
  const part = names === undefined ? {} : names === '' ? fields : fields[names]
  const changed = isFields(part) ? Object.keys(part).map(shortText).slice(0, 40) : []
  const kept = [
    ...values.map((field) => [field, field, plainValue] as const),
    ...lists.map((field) => [field, field, listIn] as const),
    ...counts.map((field) => [field, field, countIn] as const),
    ...(search ? [[search, 'searched', isSearched] as const] : []),
  ]
  const details = Object.fromEntries(
    kept.flatMap(([field, as, read]) => {
      const value = Object.hasOwn(fields, field) ? read(fields[field]) : null
      return value === null ? [] : [[as, value] as const]
    }),
  )
  return {
    act: actOf(rule, input),
    subject: said ? textOf(fields[said]) : null,
    subjectId: of ? textOf(fields[of.field]) : null,
    kind: of?.kind ?? null,
    details: changed.length > 0 ? { ...details, fields: changed.join(', ') } : details,
  }
}
