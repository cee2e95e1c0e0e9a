import type { Deps } from '@/deps'
import type { CampaignChange } from '@/domain/campaign/changes/input'
import { applyChange } from '@/use-cases/changes/apply-change'
import { previewChange } from '@/use-cases/changes/preview-change'
import { BY, type Engine } from './engine'

/** An installation without people and campaigns, whose mailboxes send at once, at this moment. */
export async function beginAnew({ clock, pool }: Engine, at = '2026-03-02T09:00:00Z') {
  clock.set(at)
  await pool.query('TRUNCATE campaigns, leads, lead_batches, suppressions CASCADE')
  await pool.query(`UPDATE mailboxes SET next_send_at = NULL, health = 'ready'`)
}

/** What a person does: looks at the effect, and applies the change under what was seen. */
export async function changeAsSeen({ deps }: Engine, campaignId: string, asked: CampaignChange) {
  const change = await withBase(deps, campaignId, asked)
  const seen = await previewChange(deps, { campaignId, change })
  const done = await applyChange(deps, { campaignId, change, seen: seen.mark, by: BY })
  return { seen, ...done }
}

/** The proposal as one of the sequence as it is, unless it says of which. */
export async function withBase(
  deps: Pick<Deps, 'db'>,
  campaignId: string,
  change: CampaignChange,
): Promise<CampaignChange> {
  return change.steps ? { base: await presentSteps(deps, campaignId), ...change } : change
}

/** The sequence of a campaign as a proposal that changes nothing yet. */
export async function presentSteps({ db }: Pick<Deps, 'db'>, campaignId: string) {
  const { workflow } = await db.campaign.findUniqueOrThrow({
    where: { id: campaignId },
    include: { workflow: { include: { steps: { orderBy: { stepNumber: 'asc' } } } } },
  })
  return (workflow?.steps ?? []).map(({ stepNumber, emailTemplateId, daysAfterPrevious, replyInThread }) => ({
    was: stepNumber as number | null,
    templateId: emailTemplateId,
    daysAfterPrevious,
    replyInThread,
  }))
}
