import { SendHorizontal } from 'lucide-react'
import { cn } from '@/components/ui/class-names'

/** `tight`: where a narrow screen leaves no room for the name, the sign stands for it. */
export function Brand({ className, tight }: { className?: string; tight?: boolean }) {
  return (
    <span className={cn('flex items-center gap-2.5 font-semibold text-body', className)}>
      <SendHorizontal aria-hidden className="size-6 text-accent" />
      <span className={tight ? 'max-[430px]:sr-only' : undefined}>LeadNexConnect</span>
    </span>
  )
}
