import type { EmailRow } from '@/db/queries/changes/select-emails-to-change'
import type { PresentStep } from '@/domain/campaign/changes/steps'
import type { CampaignWithParts } from '@/use-cases/campaigns/load-campaign'

/** The steps of a campaign as they are, which a proposal is made of. */
export const presentSteps = ({ sequence }: Pick<CampaignWithParts, 'sequence'>): PresentStep[] =>
  sequence.map(({ template, daysAfterPrevious, replyInThread }) => ({
    templateId: template.id,
    daysAfterPrevious,
    replyInThread,
  }))

/** The last step that a lead has got; 0 for none. */
export const reachedStep = (emails: readonly Pick<EmailRow, 'isReached' | 'step'>[]): number =>
  emails.reduce((last, { isReached, step }) => (isReached ? Math.max(last, step) : last), 0)
