'use client'

import { useEffect, useState } from 'react'
import { formatCount, formatOf } from '@/components/ui/numbers'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { api } from '@/trpc/react'
import type { ChosenCampaign } from '../api-types'
import { NOTHING_MOVES, resumeManyWords, type SumOfPreviews, withPreview } from './resume-many-text'
import { runBulk } from './run-bulk'

/** Counts what resuming these campaigns would do, one by one, before it is done. */
export function ResumeManyDialog({
  campaigns,
  open,
  onOpenChange,
  onConfirm,
}: {
  campaigns: readonly ChosenCampaign[]
  open: boolean
  onOpenChange: (open: boolean) => void
  onConfirm: () => void
}) {
  const { client } = api.useUtils()
  const [counted, setCounted] = useState<{ asked: number; sum: SumOfPreviews | null; error: string | null }>(NOT_YET)
  const ids = campaigns.map(({ id }) => id).join()
  useEffect(() => {
    if (!open) return
    const leaving = new AbortController()
    let sum = NOTHING_MOVES
    setCounted(NOT_YET)
    const each = ids.split(',').map((id) => ({ id, name: '' }))
    void runBulk(
      each,
      async ({ id }) => {
        sum = withPreview(sum, await client.campaigns.resumePreview.query({ campaignId: id }))
        return undefined
      },
      { signal: leaving.signal, onDone: (asked) => leaving.signal.aborted || setCounted({ ...NOT_YET, asked }) },
    ).then(({ refused }) => {
      if (leaving.signal.aborted) return
      setCounted({ asked: each.length, sum, error: refused[0]?.why ?? null })
    })
    return () => leaving.abort()
  }, [open, ids, client])
  const { sum, asked, error } = counted
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Resume ${formatOf(campaigns.length, 'campaign')}?`}
      confirmLabel={`Resume ${formatOf(campaigns.length, 'campaign')}`}
      disabled={!sum}
      error={error ?? undefined}
      onConfirm={onConfirm}
    >
      {sum ? (
        resumeManyWords(sum).map((said) => <p key={said}>{said}</p>)
      ) : (
        <p role="status">{`Counting what moves: ${formatCount(asked)} of ${formatOf(campaigns.length, 'campaign')}…`}</p>
      )}
    </ConfirmDialog>
  )
}

const NOT_YET = { asked: 0, sum: null, error: null }
