import type { CampaignDetails, Progress } from '../../api-types'
import { ActivityCard } from './activity-card'
import { AnswersCard } from './answers-card'
import { MailboxesCard } from './mailboxes-card'

/** What stands below what comes next: who has answered, the mailboxes of today, and what has happened. */
export function LowerCards({ campaign, progress }: { campaign: CampaignDetails; progress: Progress }) {
  return (
    <>
      {progress.answers.contacted > 0 && <AnswersCard progress={progress} />}
      {campaign.type !== 'lead_generation' && <MailboxesCard progress={progress} />}
      <ActivityCard campaign={campaign} />
    </>
  )
}
