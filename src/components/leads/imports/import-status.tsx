import { Ban, CircleCheck, CircleX, Clock, LoaderCircle, type LucideIcon, Undo2 } from 'lucide-react'
import { Chip, type ChipTone } from '@/components/ui/chip'
import type { ImportStatus } from '@/domain/lead-import/state'

const LOOKS: Record<ImportStatus, { label: string; tone: ChipTone; icon: LucideIcon }> = {
  waiting: { label: 'Waiting', tone: 'neutral', icon: Clock },
  running: { label: 'Importing', tone: 'accent', icon: LoaderCircle },
  done: { label: 'Imported', tone: 'sent', icon: CircleCheck },
  failed: { label: 'Failed', tone: 'failed', icon: CircleX },
  cancelled: { label: 'Cancelled', tone: 'neutral', icon: Ban },
  rolling_back: { label: 'Rolling back', tone: 'accent', icon: Undo2 },
  rolled_back: { label: 'Rolled back', tone: 'neutral', icon: Undo2 },
}

/** The status of an import: icon and word. */
export function ImportStatusChip({ status }: { status: ImportStatus }) {
  const { label, tone, icon } = LOOKS[status]
  return (
    <Chip tone={tone} icon={icon}>
      {label}
    </Chip>
  )
}
