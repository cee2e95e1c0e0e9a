import { SendHorizontal } from 'lucide-react'
import { cn } from '@/components/ui/class-names'

export function Brand({ className }: { className?: string }) {
  return (
    <span className={cn('flex items-center gap-2.5 font-semibold text-body', className)}>
      <SendHorizontal aria-hidden className="size-6 text-accent" />
      LeadNexConnect
    </span>
  )
}
