'use client'

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { later } from '@/components/ui/later/later'
import type { CampaignType } from '@/domain/campaign/state'
import { api, isRefusal, messageOf } from '@/trpc/react'
import type { DraftPatch, DraftValues } from './draft-values'
import { canSend, hasUnsaved, NOTHING_TO_SAVE, nextSaving, type Saving } from './saving'

const PAUSE_MS = 400
const RETRY_MS = 5_000

const checks = later(() => import('./draft-checks'))

/** What the editor begins with: a stored draft, or a new one that has no id yet. */
type DraftStart = { id: string | null; type: CampaignType; values: DraftValues }

/**
 * A draft that is saved as it goes: changes are gathered for a moment and sent one request at a time; what fails waits
 * and is tried again. A new one is stored by its first change, or by `store`, and has its id from then on. `save`
 * answers whether everything is saved now.
 */
export function useDraft(start: DraftStart) {
  const { type } = start
  const utils = api.useUtils()
  const { mutateAsync: update } = api.campaigns.update.useMutation()
  const { mutateAsync: create } = api.campaigns.create.useMutation()
  const [id, setId] = useState(start.id)
  const stored = useRef(start.id)
  const [values, setValues] = useState(start.values)
  const [proposed, setProposed] = useState(start.id === null ? start.values.name : null)
  const { name, timezone, batchIds } = start.values
  const begins = useRef({ campaignType: type, name, timezone, ...(batchIds.length > 0 ? { batchIds } : {}) })
  const [saving, setSaving] = useState(NOTHING_TO_SAVE)
  const latest = useRef(saving)
  const open = useRef(true)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const step = useCallback((next: Parameters<typeof nextSaving>[1]) => {
    latest.current = nextSaving(latest.current, next)
    setSaving(latest.current)
  }, [])
  const rules = useRules(latest, step)

  const save = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current)
    if (!hasUnsaved(latest.current)) return true
    try {
      const { errorsOf } = await checks.load().catch(unreachable)
      while (latest.current.sending) await new Promise((resolve) => setTimeout(resolve, 50))
      // What was changed before the rules were there has not been checked yet.
      const { waiting } = latest.current
      step({ kind: 'changed', patch: waiting, errors: errorsOf(waiting) })
      if (!canSend(latest.current)) return !hasUnsaved(latest.current)
      step({ kind: 'sent' })
      const patch = latest.current.sending ?? {}
      if (stored.current) await update({ campaignId: stored.current, patch })
      else stored.current = (await create({ ...begins.current, ...patch })).id
    } catch (error) {
      step({ kind: 'failed', message: messageOf(error) })
      // A refusal stays one until something is changed; and a page that was left does not wait.
      if (open.current && !isRefusal(error)) timer.current = setTimeout(() => void save(), RETRY_MS)
      return false
    }
    setId(stored.current)
    step({ kind: 'saved', at: Date.now() })
    void utils.campaigns.invalidate()
    return canSend(latest.current) ? save() : !hasUnsaved(latest.current)
  }, [update, create, step, utils])

  const change = useCallback(
    (patch: DraftPatch) => {
      setValues((before) => ({ ...before, ...patch }))
      step({ kind: 'changed', patch, errors: rules ? rules.errorsOf(patch) : {} })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void save(), PAUSE_MS)
    },
    [save, step, rules],
  )
  const store = () => change({ name: values.name })
  /** A change that also suggests a name: taken only while nobody has typed one. */
  const changeNamed = (patch: DraftPatch, suggestion: string) => {
    const name = values.name === proposed ? suggestion : values.name
    if (name === suggestion) setProposed(name)
    change(name === values.name ? patch : { ...patch, name })
  }

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

  return { id, values, saving, change, save, store, changeNamed }
}

function unreachable(): never {
  throw new Error('The server could not be reached. Check that it is running, then try again.')
}

/** The rules of the fields, null until they are there; what was typed before is checked as soon as they are. */
function useRules(latest: RefObject<Saving>, step: (next: Parameters<typeof nextSaving>[1]) => void) {
  const rules = checks.use()
  useEffect(() => {
    const { waiting } = latest.current
    if (rules) step({ kind: 'changed', patch: waiting, errors: rules.errorsOf(waiting) })
  }, [rules, latest, step])
  return rules
}

export type Draft = ReturnType<typeof useDraft>
