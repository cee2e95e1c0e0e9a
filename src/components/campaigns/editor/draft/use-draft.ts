'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { api, isRefusal, messageOf } from '@/trpc/react'
import type { CampaignDetails } from '../../api-types'
import { type DraftPatch, errorsOf, valuesOf } from './draft-values'
import { canSend, hasUnsaved, NOTHING_TO_SAVE, nextSaving } from './saving'

const PAUSE_MS = 400
const RETRY_MS = 5_000

/**
 * A draft that is saved as it goes: changes are gathered for a moment and sent one request at a time; what fails waits
 * and is tried again. `save` answers whether everything is saved now.
 */
export function useDraft(campaign: CampaignDetails) {
  const campaignId = campaign.id
  const utils = api.useUtils()
  const { mutateAsync } = api.campaigns.update.useMutation()
  const [values, setValues] = useState(() => valuesOf(campaign))
  const [saving, setSaving] = useState(NOTHING_TO_SAVE)
  const latest = useRef(saving)
  const open = useRef(true)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const step = useCallback((next: Parameters<typeof nextSaving>[1]) => {
    latest.current = nextSaving(latest.current, next)
    setSaving(latest.current)
  }, [])

  const save = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current)
    while (latest.current.sending) await new Promise((resolve) => setTimeout(resolve, 50))
    if (!canSend(latest.current)) return !hasUnsaved(latest.current)
    step({ kind: 'sent' })
    try {
      await mutateAsync({ campaignId, patch: latest.current.sending ?? {} })
    } catch (error) {
      step({ kind: 'failed', message: messageOf(error) })
      // A refusal stays one until something is changed; and a page that was left does not wait.
      if (open.current && !isRefusal(error)) timer.current = setTimeout(() => void save(), RETRY_MS)
      return false
    }
    step({ kind: 'saved', at: Date.now() })
    void utils.campaigns.invalidate()
    return canSend(latest.current) ? save() : !hasUnsaved(latest.current)
  }, [campaignId, mutateAsync, step, utils])

  const change = useCallback(
    (patch: DraftPatch) => {
      setValues((before) => ({ ...before, ...patch }))
      step({ kind: 'changed', patch, errors: errorsOf(patch) })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void save(), PAUSE_MS)
    },
    [save, step],
  )

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (hasUnsaved(latest.current)) event.preventDefault()
    }
    open.current = true
    window.addEventListener('beforeunload', warn)
    return () => {
      open.current = false
      window.removeEventListener('beforeunload', warn)
      if (canSend(latest.current)) void save()
    }
  }, [save])

  return { values, saving, change, save }
}

export type Draft = ReturnType<typeof useDraft>
