import {
  BadgeCheck,
  BellOff,
  Circle,
  type LucideIcon,
  Mail,
  Mails,
  MailX,
  MessageSquareReply,
  Star,
  ThumbsDown,
  Undo2,
} from 'lucide-react'
import { Chip, type ChipTone } from '@/components/ui/chip'
import type { LeadStatus } from '@/domain/lead/status'

export const LEAD_STATUS: Record<LeadStatus, { label: string; icon: LucideIcon; tone: ChipTone }> = {
  new: { label: 'New', icon: Circle, tone: 'neutral' },
  contacted: { label: 'Contacted', icon: Mail, tone: 'accent' },
  follow_up_1: { label: 'Follow-up 1', icon: Mails, tone: 'accent' },
  follow_up_2: { label: 'Follow-up 2', icon: Mails, tone: 'accent' },
  replied: { label: 'Replied', icon: MessageSquareReply, tone: 'sent' },
  interested: { label: 'Interested', icon: Star, tone: 'sent' },
  not_interested: { label: 'Not interested', icon: ThumbsDown, tone: 'neutral' },
  converted: { label: 'Converted', icon: BadgeCheck, tone: 'sent' },
  invalid: { label: 'Invalid', icon: MailX, tone: 'failed' },
  unsubscribed: { label: 'Unsubscribed', icon: BellOff, tone: 'held' },
  bounced: { label: 'Bounced', icon: Undo2, tone: 'failed' },
}

/** Where a lead stands: icon and word. */
export function LeadStatusChip({ status }: { status: LeadStatus }) {
  const { label, icon, tone } = LEAD_STATUS[status]
  return (
    <Chip icon={icon} tone={tone}>
      {label}
    </Chip>
  )
}
