import { selectTemplates } from '@/db/queries/campaigns/select-campaign'
import { type ChangeRow, selectChanges } from '@/db/queries/changes/save-change'
import type { Deps } from '@/deps'
import type { PlannedEffect } from '@/domain/campaign/changes/effect'
import { effectInWords } from '@/domain/campaign/changes/effect'
import type { MadeChange } from '@/domain/campaign/changes/reverse'
import type { PresentStep } from '@/domain/campaign/changes/steps'
import { undoneVersions } from '@/domain/campaign/changes/undone-versions'
import { titleOf } from '@/domain/templates/title'

export type VersionStep = PresentStep & { templateName: string }

/** A change of a campaign, as its history shows it. */
export type ListedChange = {
  version: number
  at: Date
  /** Who made it. */
  by: string
  /** What it did, in words. */
  effect: string
  /** The sequence before and after it; null where that stayed. */
  steps: { before: VersionStep[]; after: VersionStep[] } | null
  leadsTakenOut: number
  leadsPutBack: number
  batchesAdded: number
  mailboxesAdded: number
  /** The version that it took back. */
  undoes: number | null
  /** The version that took it back; null where none did, or where that was taken back as well. */
  undoneBy: number | null
}

/** The changes of a campaign since its start, the latest first. Its version is the first one's, or 1. */
export async function listChanges({ sql }: Deps, { campaignId }: { campaignId: string }): Promise<ListedChange[]> {
  const rows = await selectChanges(sql, campaignId)
  const made = rows.map(madeOf)
  const ids = made.flatMap(({ steps }) => [...(steps?.before ?? []), ...(steps?.after ?? [])].map((s) => s.templateId))
  const templates = new Map(
    (await selectTemplates(sql, [...new Set(ids)])).map((template) => [template.id, titleOf(template)]),
  )
  const named = (steps: readonly PresentStep[]): VersionStep[] =>
    steps.map(({ templateId, daysAfterPrevious, replyInThread }) => ({
      ...{ templateId, daysAfterPrevious, replyInThread },
      templateName: templates.get(templateId) ?? 'a deleted template',
    }))
  const undone = undoneVersions(rows)
  return rows.map(({ version, at, actorName, effect, undoes }, i) => {
    const { steps, takeOutLeadIds = [], putBackLeadIds = [], addBatchIds = [], addMailboxIds = [] } = made[i] ?? {}
    return {
      ...{ version, at, undoes, undoneBy: undone.get(version) ?? null },
      by: actorName ?? 'a former user',
      effect: effectInWords(effect as PlannedEffect),
      steps: steps ? { before: named(steps.before), after: named(steps.after) } : null,
      leadsTakenOut: takeOutLeadIds.length,
      leadsPutBack: putBackLeadIds.length,
      batchesAdded: addBatchIds.length,
      mailboxesAdded: addMailboxIds.length,
    }
  })
}

/** A change as it was stored. */
export const madeOf = ({ version, change }: ChangeRow): MadeChange => ({
  ...(change as Omit<MadeChange, 'version'>),
  version,
})
