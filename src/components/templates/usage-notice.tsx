'use client'

import { History, Megaphone } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'

/** The reach of a save (`title` null: nothing yet), and the state of changes that were not saved. */
export function UsageNotice({
  noun,
  form: { outdated, restored, discard },
  title,
  children,
}: {
  /** "template" */
  noun: string
  form: { outdated: boolean; restored: boolean; discard: () => void }
  title: string | null
  children?: ReactNode
}) {
  return (
    <>
      {outdated ? (
        <Callout
          tone="held"
          title={`Somebody else saved this ${noun} since you began.`}
          action={<Button onClick={discard}>Drop my changes</Button>}
        >
          Your changes are not saved and will not replace theirs. Copy what you need, then drop them.
        </Callout>
      ) : (
        restored && (
          <Callout
            icon={History}
            title="Your unsaved changes are back."
            action={<Button onClick={discard}>Drop them</Button>}
          >
            They were kept in this tab when you left.
          </Callout>
        )
      )}
      {title && (
        <Callout icon={Megaphone} title={title}>
          {children}
        </Callout>
      )}
    </>
  )
}
