import { counted } from '../counted'
import { DomainError } from '../errors'
import type { Ledger } from './progress'
import { ACTS, ARCHIVABLE, type CampaignAct, type CampaignStatus, canAct, canMove } from './state'

const VERBS: Record<CampaignAct, string> = {
  start: 'start',
  schedule: 'schedule',
  unschedule: 'take back the start of',
  pause: 'pause',
  resume: 'resume',
  stop: 'stop',
}

const RESUME = 'Resume makes it running again.'
const RESUME_AFTER_FIX = 'Resume makes it running again, once the cause is fixed.'
const DUPLICATE = 'Duplicate it to send something again.'

/** What to do instead, where there is something; never an act that this state refuses. */
const INSTEAD: Record<CampaignAct, Partial<Record<CampaignStatus, string>>> = {
  start: { failed: 'Fix the cause before.', completed: DUPLICATE },
  schedule: {
    running: 'It has started already.',
    paused: RESUME,
    failed: RESUME_AFTER_FIX,
    completed: DUPLICATE,
  },
  unschedule: {
    running: 'It has started already: Pause holds its emails back, Stop ends it.',
    paused: 'It has started already: Stop ends it.',
    failed: 'It has started already: Stop ends it.',
    completed: DUPLICATE,
  },
  pause: {
    draft: 'Nothing leaves before it starts.',
    scheduled: 'Nothing leaves before it starts: its start can be taken back.',
    failed: 'Nothing leaves until it is resumed.',
    completed: 'Nothing more leaves.',
  },
  resume: { completed: DUPLICATE },
  stop: { draft: 'It has not started: delete it if nobody needs it.' },
}

/**
 * The refusal of an act, for the campaign as it is now: read after the guarded write has failed, since what was read
 * before it may be what somebody else has just changed. It names both states, and what to do instead.
 */
export function refusedAct(
  { id, name, status }: { id: string; name: string; status: CampaignStatus },
  act: CampaignAct,
): DomainError {
  const { to } = ACTS[act]
  const details = { campaignId: id, from: status, to }
  if (canAct(act, status)) {
    const message = `"${name}" was changed at the same moment, and is ${being(status)} now. Nothing was changed here. Try again.`
    return new DomainError('illegal_move', message, details)
  }
  if (status === to) {
    const outcome = act === 'start' ? 'It was not planned again.' : 'Nothing was changed.'
    const code = act === 'start' ? 'already_running' : 'illegal_move'
    return new DomainError(code, `"${name}" is already ${being(status)}. ${outcome}`, details)
  }
  const instead = INSTEAD[act][status]
  const message = `Can't ${VERBS[act]} "${name}": it is ${being(status)}, and ${whyNot(status, to, act)}. Nothing was changed.`
  return new DomainError('illegal_move', instead ? `${message} ${instead}` : message, details)
}

/** A move that the state table knows is another act's. */
function whyNot(from: CampaignStatus, to: CampaignStatus, act: CampaignAct): string {
  if (!canMove(from, to)) return `${whole(from)} cannot become ${being(to)}`
  if (from === 'completed') return `${whole(from)} becomes ${being(to)} only by a retry of failed emails`
  const other = act === 'start' ? 'Resume' : 'its start'
  return `${whole(from)} becomes ${being(to)} by ${other}`
}

const being = (status: CampaignStatus) => (status === 'draft' ? 'a draft' : status)
const whole = (status: CampaignStatus) => (status === 'draft' ? 'a draft' : `a ${status} campaign`)

type Refused = { id: string; name: string; status: CampaignStatus }

/** Why a campaign is not deleted: only a draft is. */
export const refusedDeletion = ({ id, name, status }: Refused): DomainError => {
  const why: Record<CampaignStatus, string> = {
    draft: 'was changed at the same moment, so it was not deleted. Try again.',
    scheduled: 'is scheduled to start, so it was not deleted. Take its start back first.',
    running: 'is running and holds the record of its emails, so it was not deleted.',
    paused: 'is paused and holds the record of its emails, so it was not deleted.',
    failed: 'has failed and holds the record of its emails, so it was not deleted.',
    completed: 'is completed and holds the record of its emails, so it was not deleted.',
  }
  return new DomainError('conflict', `"${name}" ${why[status]}`, { campaignId: id })
}

/** Why a campaign is not archived: something of it is still to come, or waits for a decision that nobody would see. */
export const refusedArchiving = (
  { id, name, status }: Refused,
  { held, sending }: Pick<Ledger, 'held' | 'sending'>,
): DomainError => {
  const message = !ARCHIVABLE.includes(status)
    ? `"${name}" is ${status}, so it was not archived: what is still to come would go on unseen. Stop it first.`
    : held > 0
      ? `"${name}" has ${counted(held, 'held email')}, so it was not archived: nobody would decide over ${held === 1 ? 'it' : 'them'}. Open its emails and choose for ${held === 1 ? 'it' : 'each'} whether it counts as delivered, then archive it.`
      : sending > 0
        ? `"${name}" has ${counted(sending, 'email')} on the way, so it was not archived. Try again when ${sending === 1 ? 'its answer has' : 'their answers have'} come.`
        : `"${name}" was changed at the same moment, and is ${being(status)} now. Nothing was changed here. Try again.`
  return new DomainError('conflict', message, { campaignId: id })
}

/** Why leads, sequence and schedule of a campaign do not change: they do in a draft alone. */
export const refusedEdit = ({ id, name, status }: Refused): DomainError => {
  const proposal =
    'Change shows what other leads or another sequence would do, and applies it. For anything else duplicate it.'
  const instead: Partial<Record<CampaignStatus, string>> = {
    scheduled: 'Take its start back to change them.',
    running: proposal,
    paused: proposal,
  }
  const message =
    status === 'draft'
      ? `"${name}" was changed at the same moment, and is a draft now. Nothing was changed here. Try again.`
      : `"${name}" ${status === 'failed' ? 'has' : 'is'} ${status}: its leads, sequence and schedule are fixed. Nothing was changed. ` +
        (instead[status] ?? 'Duplicate the campaign to send something else.')
  return new DomainError('conflict', message, { campaignId: id })
}

/** Why the plan of a campaign is not changed: only one that runs or is paused has one that may be. */
export const refusedChange = ({ id, name, status }: Refused): DomainError => {
  const instead: Partial<Record<CampaignStatus, string>> = {
    draft: 'A draft is edited as it stands.',
    scheduled: 'Take its start back to edit it.',
    failed: RESUME_AFTER_FIX,
    completed: DUPLICATE,
    running: 'Try again.',
    paused: 'Try again.',
  }
  const message = `"${name}" ${status === 'failed' ? 'has failed' : `is ${being(status)}`}: only a running or paused campaign is changed by a proposal. Nothing was changed. ${instead[status]}`
  return new DomainError('conflict', message, { campaignId: id, status })
}
