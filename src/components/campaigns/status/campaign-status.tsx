import { CalendarClock, CircleCheck, CircleX, type LucideIcon, Pause, Pencil, Play, Square } from 'lucide-react'
import { Chip, type ChipTone } from '@/components/ui/chip'
import type { CampaignStatus } from '@/domain/campaign/state'

type Look = { label: string; icon: LucideIcon; tone: ChipTone }

export const CAMPAIGN_STATUS: Record<CampaignStatus, Look> = {
  running: { label: 'Running', icon: Play, tone: 'sent' },
  scheduled: { label: 'Scheduled', icon: CalendarClock, tone: 'neutral' },
  paused: { label: 'Paused', icon: Pause, tone: 'held' },
  draft: { label: 'Draft', icon: Pencil, tone: 'neutral' },
  completed: { label: 'Completed', icon: CircleCheck, tone: 'sent' },
  failed: { label: 'Failed', icon: CircleX, tone: 'failed' },
}

type Stand = { status: CampaignStatus; statusReason: string | null }

/** "Failed: 54 % of the emails failed". Why it was paused may be long: that is in the banner, and on hover. A draft whose start was refused says so in short. */
export function statusWords({ status, statusReason }: Stand): string {
  const { label } = CAMPAIGN_STATUS[status]
  if (!statusReason || status === 'paused') return label
  if (status === 'draft') return `${label}: start refused`
  return `${label}: ${statusReason.charAt(0).toLowerCase()}${statusReason.slice(1)}`
}

const lookOf = ({ status, statusReason }: Stand): Look => {
  const look = CAMPAIGN_STATUS[status]
  if (status === 'completed' && statusReason) return { ...look, icon: Square, tone: 'neutral' }
  if (status === 'draft' && statusReason) return { ...look, tone: 'held' }
  return look
}

/** Icon, word and reason of a campaign's status. */
export function CampaignStatusChip({ campaign, className }: { campaign: Stand; className?: string }) {
  const { icon, tone } = lookOf(campaign)
  return (
    <span title={campaign.statusReason ?? undefined} className="inline-flex min-w-0 max-w-full">
      <Chip icon={icon} tone={tone} {...(className ? { className } : {})}>
        {statusWords(campaign)}
      </Chip>
    </span>
  )
}
