import { Ban, CircleCheck, CircleX, Clock, type LucideIcon, Send, ShieldQuestionMark, SkipForward } from 'lucide-react'
import { Chip, type ChipTone } from '@/components/ui/chip'
import type { EmailStatus } from '@/domain/campaign/progress'

type Look = { label: string /** In full, where there is room. */; says?: string; icon: LucideIcon; tone: ChipTone }

export const EMAIL_STATUS: Record<EmailStatus, Look> = {
  pending: { label: 'Pending', icon: Clock, tone: 'neutral' },
  sending: { label: 'Sending', icon: Send, tone: 'accent' },
  held: { label: 'Held', says: 'Held, delivery unknown', icon: ShieldQuestionMark, tone: 'held' },
  sent: { label: 'Sent', icon: CircleCheck, tone: 'sent' },
  failed: { label: 'Failed', icon: CircleX, tone: 'failed' },
  skipped: { label: 'Skipped', icon: SkipForward, tone: 'neutral' },
  cancelled: { label: 'Cancelled', icon: Ban, tone: 'neutral' },
}

/** State of one planned email: icon and word. */
export function EmailStatusChip({ status }: { status: EmailStatus }) {
  const { label, says = label, icon, tone } = EMAIL_STATUS[status]
  return (
    <Chip icon={icon} tone={tone}>
      {says}
    </Chip>
  )
}
