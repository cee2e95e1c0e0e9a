import type { CampaignDetails, Change } from '../api-types'

/** A step as it stands in the form; `key` stays the same while others come and go. */
export type StepValues = {
  key: string
  /** Its number now; null for a new one. */
  was: number | null
  templateId: string
  /** As typed. */
  days: string
  replyInThread: boolean
}

type Step = NonNullable<Change['steps']>[number]
type Base = NonNullable<Change['base']>

export type LeadToTakeOut = { id: string; name: string; email: string }

export type ChangeValues = {
  /** The sequence as it was when the form was opened: whatever becomes of the campaign, the form speaks of this one. */
  base: Base
  steps: StepValues[]
  takeOut: LeadToTakeOut[]
  /** By an undo alone. */
  takeOutIds: string[]
  putBackIds: string[]
  batchIds: string[]
  mailboxIds: string[]
}

const stepValues = ({ was, templateId, daysAfterPrevious, replyInThread }: Step, index: number): StepValues => ({
  ...{ key: `step-${index}`, was, templateId, replyInThread },
  days: String(daysAfterPrevious),
})

const presentSteps = ({ steps }: Pick<CampaignDetails, 'steps'>): Base =>
  steps.map(({ templateId, daysAfterPrevious, replyInThread }) => ({ templateId, daysAfterPrevious, replyInThread }))

const unchanged = (base: Base): Step[] => base.map((step, i) => ({ ...step, was: i + 1 }))

/** The form as it begins: the campaign as it is, or with what a proposal would have otherwise. */
export function valuesOf(campaign: Pick<CampaignDetails, 'steps'>, proposal: Change = {}): ChangeValues {
  const base = proposal.base ?? presentSteps(campaign)
  return {
    base,
    steps: (proposal.steps ?? unchanged(base)).map(stepValues),
    takeOut: [],
    takeOutIds: proposal.takeOutLeadIds ?? [],
    putBackIds: proposal.putBackLeadIds ?? [],
    batchIds: proposal.addBatchIds ?? [],
    mailboxIds: proposal.addMailboxIds ?? [],
  }
}

const isSameStep = (a: Step, b: Step | undefined) =>
  a.was === b?.was &&
  a.templateId === b?.templateId &&
  a.daysAfterPrevious === b?.daysAfterPrevious &&
  a.replyInThread === b?.replyInThread

/** What the form says is otherwise; null where nothing is. */
export function toChange(values: ChangeValues): Change | null {
  const steps = values.steps.map(
    ({ was, templateId, days, replyInThread }, i): Step => ({
      ...{ was, templateId, daysAfterPrevious: i === 0 ? 0 : Number(days), replyInThread },
    }),
  )
  const present = unchanged(values.base)
  const isSame = steps.length === present.length && steps.every((step, i) => isSameStep(step, present[i]))
  const takeOut = [...values.takeOut.map(({ id }) => id), ...values.takeOutIds]
  const change: Change = {
    ...(isSame ? {} : { steps, base: values.base }),
    ...(takeOut.length > 0 ? { takeOutLeadIds: takeOut } : {}),
    ...(values.putBackIds.length > 0 ? { putBackLeadIds: values.putBackIds } : {}),
    ...(values.batchIds.length > 0 ? { addBatchIds: values.batchIds } : {}),
    ...(values.mailboxIds.length > 0 ? { addMailboxIds: values.mailboxIds } : {}),
  }
  return Object.keys(change).length > 0 ? change : null
}

const MOST_DAYS = 365

/** What is to be entered before the effect can be seen, by the key of its step. */
export function stepErrors({ steps }: Pick<ChangeValues, 'steps'>): Record<string, string> {
  return Object.fromEntries(
    steps.flatMap(({ key, days, templateId }, i) => {
      const number = Number(days)
      if (templateId === '') return [[key, 'Choose a template.']]
      const isWait = days.trim() !== '' && Number.isInteger(number) && number >= 1 && number <= MOST_DAYS
      return i === 0 || isWait ? [] : [[key, `A whole number from 1 to ${MOST_DAYS}.`]]
    }),
  )
}
