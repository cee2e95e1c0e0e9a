import type { CampaignChange } from '@/domain/campaign/changes/input'
import { applyChange } from '@/use-cases/changes/apply-change'
import { previewChange } from '@/use-cases/changes/preview-change'
import { presentSteps } from '../../support/changes'
import { BY } from '../../support/engine'
import { batchId, campaignId, type Installation, leadId, mailboxId, may } from '../installation'

/** Changes of campaigns that have started: each is looked at, and then applied under what was seen. */
export function changeDoor(at: Installation) {
  const apply = (index: number, change: CampaignChange) =>
    may(
      (async () => {
        const asked = { campaignId: campaignId(at, index), change }
        const { mark } = await previewChange(at.deps, asked)
        const { effect } = await applyChange(at.deps, { ...asked, seen: mark, by: BY })
        if (effect.mark !== mark) throw new Error(`Seen was ${mark}, done was ${effect.mark}`)
      })(),
    )
  return {
    changeSteps: async (index: number, days: readonly number[]) => {
      const present = await presentSteps(at.deps, campaignId(at, index))
      const [first] = present
      if (!first) return false
      const steps = days.map((daysAfterPrevious, i) => ({
        ...(present[i] ?? { ...first, was: null }),
        daysAfterPrevious,
      }))
      return apply(index, { base: present, steps })
    },
    takeOut: (index: number, lead: number) => apply(index, { takeOutLeadIds: [leadId(at, lead)] }),
    putBack: (index: number, lead: number) => apply(index, { putBackLeadIds: [leadId(at, lead)] }),
    addMailbox: (index: number, mailbox: number) => apply(index, { addMailboxIds: [mailboxId(at, mailbox)] }),
    addBatch: (index: number, batch: number) => apply(index, { addBatchIds: [batchId(at, batch)] }),
  }
}
