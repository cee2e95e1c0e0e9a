import { Lock } from 'lucide-react'
import { Callout } from '@/components/ui/callout'

/** Above settings that a member only reads. */
export function OwnerOnly({ children }: { children: string }) {
  return (
    <Callout icon={Lock} title="Only the owner can change this.">
      {children}
    </Callout>
  )
}
