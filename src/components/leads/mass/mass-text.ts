import { formatCount, formatOf, inNumber } from '@/components/ui/numbers'
import type { LeadStatus } from '@/domain/lead/status'
import type { LeftOut } from '@/domain/lists/mass-act'
import type { MassAct, MassPreview } from '../api-types'
import { LEAD_STATUS } from '../lead-status'
import { uncountedConsequences } from './uncounted-text'

/** What a person asks for; of which leads is said apart. */
export type MassAsk = { kind: 'status'; status: LeadStatus } | { kind: 'suppress' } | { kind: 'delete' }

const statusName = (status: LeadStatus | undefined) => (status ? LEAD_STATUS[status].label : '')

/** The question and the button of the dialog. */
export function askWords(ask: MassAsk, total: number): { title: string; confirm: string } {
  const leads = formatOf(total, 'lead')
  switch (ask.kind) {
    case 'status':
      return { title: `Set ${leads} to “${statusName(ask.status)}”?`, confirm: `Set ${leads}` }
    case 'suppress':
      return { title: `Put ${leads} on the suppression list?`, confirm: `Suppress ${leads}` }
    case 'delete':
      return { title: `Delete ${leads}?`, confirm: `Delete ${leads}` }
  }
}

/** What would follow, a sentence each: by the numbers of now, or without where so many leads match that they are not counted. */
export function consequences(ask: MassAsk, preview: MassPreview): string[] {
  if (!preview.isCounted) return uncountedConsequences(ask)
  const { already, emails } = preview
  const planned = emails?.planned ?? 0
  const campaigns = formatOf(emails?.campaigns ?? 0, 'campaign')
  const skipped = planned > 0 ? `${formatOf(planned, 'planned email')} in ${campaigns} will be skipped.` : null
  const said = {
    status: () => [
      already > 0 &&
        `${formatCount(already)} ${inNumber(already, 'is', 'are')} that already and ${inNumber(already, 'stays', 'stay')} as ${inNumber(already, 'it is', 'they are')}.`,
      skipped,
      ask.kind === 'status' &&
        ask.status === 'unsubscribed' &&
        'Their addresses join the suppression list and stay there.',
      emails && 'Going back to another status does not plan emails again.',
    ],
    suppress: () => [
      already > 0 &&
        `${formatOf(already, 'address', 'addresses')} ${inNumber(already, 'is', 'are')} on it already and ${inNumber(already, 'keeps its', 'keep their')} reason.`,
      skipped ?? 'No email is planned for them.',
      'No campaign sends to them any more. Taking an address off the list asks for a reason, each for itself, and plans nothing again.',
    ],
    delete: () => [
      emails && emails.campaigns > 0
        ? `With them go ${formatOf(planned, 'planned email')} and the record of ${formatOf(emails.sent, 'sent email')}, in ${campaigns}.`
        : 'No email is on record or planned.',
      emails &&
        emails.sending > 0 &&
        `${formatOf(emails.sending, 'email is', 'emails are')} being sent right now: whoever gets one at that moment is left out.`,
      'Batches, campaigns and the suppression list stay. Of each address only a keyed hash is kept. This cannot be undone.',
    ],
  }[ask.kind]()
  return said.filter((sentence) => typeof sentence === 'string')
}

const LEFT_OUT: Record<keyof LeftOut, (count: number, act: MassAct) => string> = {
  already: (count, { kind }) =>
    `${formatCount(count)} ${inNumber(count, 'was', 'were')} ${kind === 'batch' ? 'in it' : kind === 'suppress' ? 'on it' : 'that'} already`,
  sending: (count) => `${formatCount(count)} left out: an email to ${inNumber(count, 'it', 'them')} was being sent`,
  held_reply: (count) =>
    `${formatCount(count)} left out: of a reply to ${inNumber(count, 'it', 'them')} nobody knows whether it left`,
  changed_since: (count) => `${formatCount(count)} left out: changed since, or gone`,
}

/** What an act does or has done: "1,202 leads set to “Converted”." */
export function actWords(act: MassAct): string {
  const leads = formatOf(act.changed, 'lead')
  switch (act.kind) {
    case 'status':
      return `${leads} set to “${statusName(act.choice.status)}”`
    case 'batch':
      return `${leads} added to ${act.batchName ? `“${act.batchName}”` : 'a batch that is gone'}`
    case 'suppress':
      return `${formatOf(act.changed, 'address', 'addresses')} put on the suppression list`
    case 'delete':
      return `${leads} deleted`
    case 'undo':
      return act.choice.status ? `${leads} given back the status of before` : `${leads} taken out of the batch again`
  }
}

/** What followed, and who was left out and why. */
export function detailWords(act: MassAct): string[] {
  const { emailsSkipped, leftOut, state, done, total, failure, kind } = act
  const gone = total - done
  return [
    ...(emailsSkipped > 0
      ? [`${formatOf(emailsSkipped, 'planned email')} ${kind === 'delete' ? 'deleted with them' : 'skipped'}`]
      : []),
    ...(Object.entries(leftOut) as [keyof LeftOut, number][]).flatMap(([reason, count]) =>
      count > 0 ? [LEFT_OUT[reason](count, act)] : [],
    ),
    ...(state === 'stopped' ? [`stopped with ${formatCount(gone)} to go, which stay as they were`] : []),
    ...(state === 'done' && gone > 0 ? [`${formatCount(gone)} did not match any more`] : []),
    ...(failure ? [failure.replace(/\.$/, '')] : []),
  ]
}
