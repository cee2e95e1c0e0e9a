'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useState } from 'react'
import { notifyDone } from '@/components/ui/overlays/toast'
import { routes } from '@/routes'
import { api, detailsOf, messageOf } from '@/trpc/react'
import type { CampaignDetails, Change, ChangeEffect } from '../api-types'
import { useRefreshCampaigns } from '../dialogs/use-campaign-actions'
import { type ChangeValues, stepErrors, toChange } from './change-values'

/** A proposal from the form to its application: the effect is seen first, and again where emails have moved since. */
export function useChange(campaign: CampaignDetails, begun: ChangeValues, undoes: number | null) {
  const router = useRouter()
  const refresh = useRefreshCampaigns()
  const [values, setValues] = useState(begun)
  const [effect, setEffect] = useState<ChangeEffect | null>(null)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [moved, setMoved] = useState(false)
  const [stale, setStale] = useState(false)
  const preview = api.campaigns.previewChange.useMutation()
  const apply = api.campaigns.applyChange.useMutation({ onSettled: refresh })
  const campaignId = campaign.id

  const look = (change: Change) => {
    setMoved(false)
    preview.mutate({ campaignId, change }, { onSuccess: setEffect, onError: refused })
  }
  const refused = (error: unknown) => {
    const { effect, stale } = detailsOf(error) ?? {}
    const now = effect as ChangeEffect | undefined
    if (stale) {
      setEffect(null)
      setStale(true)
    }
    if (!now) return
    setEffect(now)
    setMoved(true)
  }
  const change = toChange(values)
  // What an undo would do is seen at once: nothing is to be entered first.
  const begin = useEffectEvent(() => {
    if (undoes !== null && change) look(change)
  })
  useEffect(() => begin(), [])
  return {
    values,
    errors,
    effect,
    /** Emails have moved since the effect was seen: it was counted anew. */
    moved,
    /** The sequence is another one by now: what stands in the form can be neither seen nor applied. */
    stale,
    isChange: change !== null,
    looking: preview.isPending,
    applying: apply.isPending,
    error: !moved && (preview.error ?? apply.error) ? messageOf(preview.error ?? apply.error) : null,
    edit: (part: Partial<ChangeValues>) => {
      setValues({ ...values, ...part })
      setEffect(null)
      setMoved(false)
      preview.reset()
      apply.reset()
    },
    see: () => {
      const found = stepErrors(values)
      setErrors(found)
      if (change && Object.keys(found).length === 0) look(change)
    },
    apply: () => {
      if (!change || !effect) return
      apply.mutate(
        { campaignId, change, seen: effect.mark, undoes },
        {
          onSuccess: ({ version }) => {
            notifyDone(`Changed. This is version ${version} of the campaign.`)
            router.push(routes.campaign(campaignId, { tab: 'settings' }))
          },
          onError: refused,
        },
      )
    },
  }
}
