'use client'

import { keepPreviousData, skipToken } from '@tanstack/react-query'
import { useState } from 'react'
import { useDebounced } from '@/components/hooks/use-debounced'
import { api } from '@/trpc/react'

// Lists of choices are short in most installations: all of them at once. Of longer ones what is typed is searched for.
const AT_ONCE = 200

type Page<Row> = { rows: Row[]; total: number }
type Loaded<Row> = { data: Page<Row> | undefined; error: unknown; refetch: () => unknown }

/** What a person types to find a choice, once typing has paused. */
function useTyped() {
  const [typed, type] = useState('')
  return { search: useDebounced(typed.trim(), 200), type }
}

/** The chosen ones that the first choices leave out; none while those are on their way. */
function leftOut(first: Page<{ id: string }> | undefined, chosen: readonly string[]): string[] {
  if (!first || first.total <= first.rows.length) return []
  return chosen.filter((id) => id !== '' && !first.rows.some((row) => row.id === id)).slice(0, AT_ONCE)
}

const isLong = (first: Page<unknown> | undefined) => first !== undefined && first.total > first.rows.length
/** A short list is there as a whole: typing in it asks nobody. */
const NOTHING = () => undefined
const KEPT = { placeholderData: keepPreviousData }

function gathered<Row extends { id: string }>(
  first: Loaded<Row>,
  own: Loaded<Row>,
  found: Loaded<Row>,
  waitsForOwn: boolean,
) {
  const rows = [first, own, found].flatMap(({ data }) => data?.rows ?? [])
  const ready = first.data !== undefined && (!waitsForOwn || own.data !== undefined)
  return {
    /** Each once; undefined while they are on their way. */
    rows: ready ? rows.filter((row, index) => rows.findIndex(({ id }) => id === row.id) === index) : undefined,
    /** How many there are in all. */
    total: first.data?.total ?? 0,
    error: first.error ?? own.error ?? found.error,
    refetch: first.refetch,
  }
}

/** Batches to choose from: the first ones, those that are chosen, and those that what is typed has found. */
export function useBatchChoices(chosen: readonly string[] = [], { enabled = true } = {}) {
  const { search, type } = useTyped()
  const first = api.batches.list.useQuery(enabled ? { pageSize: AT_ONCE } : skipToken)
  const ids = leftOut(first.data, chosen)
  const own = api.batches.list.useQuery(ids.length > 0 ? { ids, pageSize: AT_ONCE } : skipToken, KEPT)
  const found = api.batches.list.useQuery(
    isLong(first.data) && search ? { search, pageSize: AT_ONCE } : skipToken,
    KEPT,
  )
  return { ...gathered(first, own, found, ids.length > 0), type: isLong(first.data) ? type : NOTHING }
}

/** Templates to choose from, as `useBatchChoices`. */
export function useTemplateChoices(chosen: readonly string[] = []) {
  const { search, type } = useTyped()
  const first = api.templates.list.useQuery({ pageSize: AT_ONCE })
  const ids = leftOut(first.data, chosen)
  const own = api.templates.list.useQuery(ids.length > 0 ? { ids, pageSize: AT_ONCE } : skipToken, KEPT)
  const found = api.templates.list.useQuery(
    isLong(first.data) && search ? { search, pageSize: AT_ONCE } : skipToken,
    KEPT,
  )
  return { ...gathered(first, own, found, ids.length > 0), type: isLong(first.data) ? type : NOTHING }
}

/** Workflows to choose from, as `useBatchChoices`. */
export function useWorkflowChoices(chosen: readonly string[] = []) {
  const { search, type } = useTyped()
  const first = api.workflows.list.useQuery({ pageSize: AT_ONCE })
  const ids = leftOut(first.data, chosen)
  const own = api.workflows.list.useQuery(ids.length > 0 ? { ids, pageSize: AT_ONCE } : skipToken, KEPT)
  const found = api.workflows.list.useQuery(
    isLong(first.data) && search ? { search, pageSize: AT_ONCE } : skipToken,
    KEPT,
  )
  return { ...gathered(first, own, found, ids.length > 0), type: isLong(first.data) ? type : NOTHING }
}
