import type { ReactNode } from 'react'
import { DraftHost } from '@/components/campaigns/editor/draft-host'

/** The editor stands above its two addresses: a new draft that gets one of its own stays the same page. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <>
      <DraftHost />
      {children}
    </>
  )
}
