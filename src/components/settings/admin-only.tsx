import { Lock } from 'lucide-react'
import { Callout } from '@/components/ui/callout'

/** Above settings that a member only reads. */
export function AdminOnly({ children }: { children: string }) {
  return (
    <Callout icon={Lock} title="Only an owner or an admin can change this.">
      {children}
    </Callout>
  )
}
