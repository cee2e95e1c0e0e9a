'use client'

import { useEffect } from 'react'
import { formatCount } from '@/components/ui/numbers'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { Skeleton } from '@/components/ui/skeleton'
import { api, messageOf } from '@/trpc/react'
import type { MassFilterInput } from '../api-types'
import { askWords, consequences, type MassAsk } from './mass-text'

/** The question before an act on many leads, with what would follow as it is counted now. */
export function MassDialog({
  ask,
  filter,
  onClose,
  onStarted,
}: {
  /** Null: nothing is asked. */
  ask: MassAsk | null
  filter: MassFilterInput
  onClose: () => void
  onStarted: () => void
}) {
  const utils = api.useUtils()
  const preview = api.massActs.preview.useMutation()
  const start = api.massActs.start.useMutation()
  const count = preview.mutate
  const asked = ask && JSON.stringify({ ...filter, ...ask })
  useEffect(() => {
    if (asked) count(JSON.parse(asked))
  }, [asked, count])
  const close = () => {
    preview.reset()
    start.reset()
    onClose()
  }
  if (!ask) return null
  const { total } = preview.data ?? { total: 0 }
  const words = askWords(ask, total)
  const begin = () =>
    start.mutate(
      { ...filter, ...ask, expected: total },
      {
        onSuccess: () => {
          void utils.massActs.list.invalidate()
          close()
          onStarted()
        },
        // Another number matches by now.
        onError: () => count({ ...filter, ...ask }),
      },
    )
  const error = start.error ?? preview.error
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && close()}
      title={preview.data ? words.title : 'Counting the leads…'}
      confirmLabel={preview.data ? words.confirm : 'Counting…'}
      tone={ask.kind === 'status' || ask.kind === 'leave' ? 'primary' : 'danger'}
      disabled={!preview.data || total === 0}
      pending={start.isPending}
      error={error ? messageOf(error) : undefined}
      {...(ask.kind === 'delete' && preview.data ? { typeToConfirm: `delete ${formatCount(total)}` } : {})}
      onConfirm={begin}
    >
      {preview.data ? (
        consequences(ask, preview.data).map((said) => <p key={said}>{said}</p>)
      ) : (
        <Skeleton className="h-10" />
      )}
    </ConfirmDialog>
  )
}
