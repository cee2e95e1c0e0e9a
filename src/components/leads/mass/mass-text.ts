import { formatCount, formatOf, inNumber } from '@/components/ui/numbers'
import { endReasonOf, type LeadStatus } from '@/domain/lead/status'
import type { LeftOut } from '@/domain/lists/mass-act'
import type { MassAct, MassPreview } from '../api-types'
import { LEAD_STATUS } from '../lead-status'
import { waitingRepliesWords } from '../waiting-replies'
import { LEFT_BATCH, uncountedConsequences } from './uncounted-text'

/** What a person asks for; of which leads is said apart. */
export type MassAsk =
  | { kind: 'status'; status: LeadStatus }
  | { kind: 'leave' }
  | { kind: 'suppress' }
  | { kind: 'delete' }

const statusName = (status: LeadStatus | undefined) => (status ? LEAD_STATUS[status].label : '')

/** The question and the button of the dialog. */
export function askWords(ask: MassAsk, total: number): { title: string; confirm: string } {
  const leads = formatOf(total, 'lead')
  switch (ask.kind) {
    case 'status':
      return { title: `Set ${leads} to “${statusName(ask.status)}”?`, confirm: `Set ${leads}` }
    case 'leave':
      return { title: `Take ${leads} out of the batch?`, confirm: `Take out ${leads}` }
    case 'suppress':
      return { title: `Put ${leads} on the suppression list?`, confirm: `Suppress ${leads}` }
    case 'delete':
      return { title: `Delete ${leads}?`, confirm: `Delete ${leads}` }
  }
}

/** What would follow, a sentence each: by the numbers of now, or without where so many leads match that they are not counted. */
export function consequences(ask: MassAsk, preview: MassPreview): string[] {
  if (!preview.isCounted) return uncountedConsequences(ask)
  const said = { status: ofStatus, leave: ofLeaving, suppress: ofSuppression, delete: ofDeletion }[ask.kind](
    preview,
    ask,
  )
  return said.filter((sentence) => typeof sentence === 'string')
}

type Sentence = string | false | null
type Counted = Extract<MassPreview, { isCounted: true }>

const stay = (count: number) => `${inNumber(count, 'stays', 'stay')} as ${inNumber(count, 'it is', 'they are')}`

function ofStatus({ already, emails }: Counted, ask: MassAsk): Sentence[] {
  const status = ask.kind === 'status' ? ask.status : null
  return [
    already > 0 && `${formatCount(already)} ${inNumber(already, 'is', 'are')} that already and ${stay(already)}.`,
    skippedWords(emails),
    ...onTheirWay(emails),
    status && endReasonOf(status) === 'lead_replied' && 'Campaigns that go on after a reply keep theirs.',
    status === 'unsubscribed' && 'Their addresses join the suppression list and stay there.',
    emails && 'Going back to another status does not plan emails again.',
  ]
}

const ofLeaving = ({ emails }: Counted): Sentence[] => [
  emails &&
    emails.planned > 0 &&
    `${formatOf(emails.planned, 'email')} that ${inNumber(emails.campaigns, 'a campaign', 'campaigns')} of this batch ${inNumber(emails.campaigns, 'has', 'have')} planned for them ${inNumber(emails.planned, 'stays', 'stay')} planned: a campaign keeps the leads it was planned with. Change the campaign to take leads out of it.`,
  ...LEFT_BATCH,
]

const ofSuppression = ({ already, emails }: Counted): Sentence[] => [
  already > 0 &&
    `${formatOf(already, 'address', 'addresses')} ${inNumber(already, 'is', 'are')} on it already and ${inNumber(already, 'keeps its', 'keep their')} reason.`,
  skippedWords(emails) ?? 'No email is planned for them.',
  ...onTheirWay(emails),
  'No campaign sends to them any more. Taking an address off the list asks for a reason, each for itself, and plans nothing again.',
]

const ofDeletion = ({ emails, replies, leftOut }: Counted): Sentence[] => {
  const { sending = 0, held_reply: held = 0 } = leftOut
  return [
    emails && emails.campaigns > 0
      ? `With them go ${formatOf(emails.planned, 'planned email')}${emails.held > 0 ? `, ${formatOf(emails.held, 'held email')}` : ''} and the record of ${formatOf(emails.sent, 'sent email')}, in ${formatOf(emails.campaigns, 'campaign')}.`
      : 'No email is on record or planned.',
    replies && replies.waiting > 0 && `${waitingRepliesWords(replies.waiting)}.`,
    sending > 0 &&
      `${formatOf(sending, 'lead')} ${inNumber(sending, 'is', 'are')} left out if nothing changes: an email or a reply to ${inNumber(sending, 'it', 'them')} is being sent right now.`,
    held > 0 &&
      `${formatOf(held, 'lead')} ${inNumber(held, 'is', 'are')} left out: of a reply to ${inNumber(held, 'it', 'them')} nobody knows whether it left. Say in the inbox what became of it first.`,
    'Batches, campaigns and the suppression list stay. Of each address only a keyed hash is kept. This cannot be undone.',
  ]
}

const skippedWords = (emails: Counted['emails']): string | null =>
  emails && emails.planned > 0
    ? `${formatOf(emails.planned, 'planned email')} in ${formatOf(emails.campaigns, 'campaign')} will be skipped.`
    : null

const onTheirWay = (emails: Counted['emails']): Sentence[] => [
  emails !== null &&
    emails.held > 0 &&
    `${formatOf(emails.held, 'held email')} ${stay(emails.held)}: nobody knows whether ${inNumber(emails.held, 'it', 'they')} left.`,
  emails !== null &&
    emails.sending > 0 &&
    `${formatOf(emails.sending, 'email is', 'emails are')} being sent right now.`,
]

const ALREADY: Partial<Record<MassAct['kind'], string>> = { batch: 'in it', leave: 'out of it', suppress: 'on it' }

const LEFT_OUT: Record<keyof LeftOut, (count: number, act: MassAct) => string> = {
  already: (count, { kind }) =>
    `${formatCount(count)} ${inNumber(count, 'was', 'were')} ${ALREADY[kind] ?? 'that'} already`,
  sending: (count) =>
    `${formatCount(count)} left out: an email or a reply to ${inNumber(count, 'it', 'them')} was being sent`,
  held_reply: (count) =>
    `${formatCount(count)} left out: of a reply to ${inNumber(count, 'it', 'them')} nobody knows whether it left`,
  no_match: (count) => `${formatCount(count)} left out: did not match any more`,
  gone: (count) => `${formatCount(count)} left out: deleted meanwhile`,
  changed_since: (count) => `${formatCount(count)} left out: changed, or in a conversation, since`,
}

const batchOf = ({ batchName }: MassAct) => (batchName ? `“${batchName}”` : 'a batch that is gone')

/** What an act does or has done: "1,202 leads set to “Converted”." */
export function actWords(act: MassAct): string {
  const leads = formatOf(act.changed, 'lead')
  switch (act.kind) {
    case 'status':
      return `${leads} set to “${statusName(act.choice.status)}”`
    case 'batch':
      return `${leads} added to ${batchOf(act)}`
    case 'leave':
      return `${leads} taken out of ${batchOf(act)}`
    case 'suppress':
      return `${formatOf(act.changed, 'address', 'addresses')} put on the suppression list`
    case 'delete':
      return `${leads} deleted`
    case 'undo':
      if (act.choice.status) return `${leads} given back the status of before`
      return act.choice.leaves ? `${leads} put back into ${batchOf(act)}` : `${leads} taken out of the batch again`
  }
}

/** What followed, and who was left out and why. */
export function detailWords(act: MassAct): string[] {
  const { emailsSkipped, repliesDropped, leftOut, state, done, total, failure, kind } = act
  const toGo = total - done
  return [
    ...(emailsSkipped > 0
      ? [
          kind === 'delete'
            ? `${formatOf(emailsSkipped, 'planned or held email')} deleted with them`
            : `${formatOf(emailsSkipped, 'planned email')} skipped`,
        ]
      : []),
    ...(repliesDropped > 0 ? [waitingRepliesWords(repliesDropped)] : []),
    ...(Object.entries(leftOut) as [keyof LeftOut, number][]).flatMap(([reason, count]) =>
      count > 0 ? [LEFT_OUT[reason](count, act)] : [],
    ),
    ...(failure ? [failure.replace(/\.$/, '')] : []),
    ...(state === 'stopped' ? [`stopped with ${formatCount(toGo)} to go, which stay as they were`] : []),
    ...(state === 'failed' && toGo > 0 ? [`${formatCount(toGo)} to go, which stay as they were`] : []),
  ]
}
