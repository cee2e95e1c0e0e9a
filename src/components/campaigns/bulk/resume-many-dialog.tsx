'use client'

import { useEffect, useState } from 'react'
import { formatCount, formatOf } from '@/components/ui/numbers'
import { ConfirmDialog } from '@/components/ui/overlays/confirm-dialog'
import { api } from '@/trpc/react'
import type { ChosenCampaign } from '../api-types'
import { type Counted, countedOf, NOTHING_MOVES, resumeManyWords, withPreview } from './resume-many-text'
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
  const [{ asked, counted, error }, setCount] = useState<Count>(NOT_YET)
  const ids = campaigns.map(({ id }) => id).join()
  useEffect(() => {
    if (!open) return
    const leaving = new AbortController()
    let sum = NOTHING_MOVES
    setCount(NOT_YET)
    const each = ids.split(',').map((id) => ({ id, name: '' }))
    void runBulk(
      each,
      async ({ id }) => {
        sum = withPreview(sum, await client.campaigns.resumePreview.query({ campaignId: id }))
        return undefined
      },
      { signal: leaving.signal, onDone: (asked) => leaving.signal.aborted || setCount({ ...NOT_YET, asked }) },
    ).then((outcome) => {
      if (leaving.signal.aborted) return
      const { refused, notAsked } = outcome
      setCount({
        asked: each.length - notAsked,
        counted: countedOf(sum, outcome),
        error: refused[0]?.why ?? null,
      })
    })
    return () => leaving.abort()
  }, [open, ids, client])
  const all = formatOf(campaigns.length, 'campaign')
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Resume ${all}?`}
      confirmLabel={`Resume ${all}`}
      disabled={!counted}
      error={error ?? undefined}
      onConfirm={onConfirm}
    >
      {counted ? (
        resumeManyWords(counted).map((said) => <p key={said}>{said}</p>)
      ) : error ? (
        <p role="status">{`The count has ended: ${formatCount(asked)} of ${all} were asked what moves. Nothing was resumed. Close this, and choose Resume again.`}</p>
      ) : (
        <p role="status">{`Counting what moves: ${formatCount(asked)} of ${all}…`}</p>
      )}
    </ConfirmDialog>
  )
}

/** How many were asked; what came of it, once that is known; why one gave no figures. */
type Count = { asked: number; counted: Counted | null; error: string | null }

const NOT_YET: Count = { asked: 0, counted: null, error: null }
