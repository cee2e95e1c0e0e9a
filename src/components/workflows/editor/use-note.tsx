'use client'

import { History, Megaphone } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import type { WorkflowForm } from './use-save-workflow'

/** What a save will and will not reach, and what became of changes that were not saved. */
export function UseNote({ form, reach }: { form: WorkflowForm; reach: string | null }) {
  const [fact = '', ...rest] = (reach ?? '').split('. ')
  return (
    <>
      {form.outdated ? (
        <Callout
          tone="held"
          title="Somebody else saved this workflow since you began."
          action={<Button onClick={form.discard}>Drop my changes</Button>}
        >
          Your changes are not saved and will not replace theirs.
        </Callout>
      ) : (
        form.restored && (
          <Callout
            icon={History}
            title="Your unsaved changes are back."
            action={<Button onClick={form.discard}>Drop them</Button>}
          >
            They were kept in this tab when you left.
          </Callout>
        )
      )}
      {reach && (
        <Callout icon={Megaphone} title={`${fact}.`}>
          {rest.join('. ')}
        </Callout>
      )}
    </>
  )
}
